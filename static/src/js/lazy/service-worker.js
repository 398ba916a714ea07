// Shows what is rung while no page is open; it keeps nothing and answers no request.
self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('push', event => {
  const { title, body, url, tag } = event.data.json()
  event.waitUntil(self.registration.showNotification(title, { body, tag, data: { url } }))
})

self.addEventListener('notificationclick', event => {
  event.notification.close()
  const url = new URL(event.notification.data.url, self.location.origin)
  if (url.origin === self.location.origin) event.waitUntil(open(url.href))
})

async function open(url) {
  const windows = await self.clients.matchAll({ type: 'window' })
  const page = windows.find(each => each.url === url) ?? windows[0]
  if (!page) return self.clients.openWindow(url)
  await page.focus()
  return page.url === url ? page : page.navigate(url)
}

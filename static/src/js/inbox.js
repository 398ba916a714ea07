// The bell: the count on it and in the title, and reading by opening.
import { ask } from './requests.js'

const title = () => document.title.replace(/^\(\d+\+?\) /, '')

export function unread(count) {
  for (const bell of document.querySelectorAll('[data-unread]')) {
    bell.dataset.unread = count
    bell.querySelector('[data-unread-count]').textContent = count > 99 ? '99+' : count || ''
  }
  document.title = (count ? `(${count > 99 ? '99+' : count}) ` : '') + title()
}

export async function askUnread() {
  const answer = await ask('/notifications/count', { headers: { Accept: 'application/json' } })
  if (answer.status === 401) return location.reload()
  if (answer.ok) unread((await answer.json()).unread)
}

document.addEventListener('concord:unread', event => unread(event.detail.value ?? event.detail.unread))

// Opening marks as read; the request outlives the page it leaves.
document.addEventListener('click', event => {
  const link = event.target.closest('a[data-read]')
  if (!link) return
  if (link.closest('.new')) ask(link.dataset.read, { method: 'POST', keepalive: true }).catch(() => {})
  link.closest('dialog')?.close()
})

document.addEventListener('htmx:after:settle', event => {
  const list = event.target.querySelector?.('#inbox') ?? event.target.closest?.('#inbox')
  if (list) unread(Number(list.dataset.count))
})

const shown = document.querySelector('[data-unread]')
if (shown) unread(Number(shown.dataset.unread))

// Letting this browser be rung: the worker is registered and the address handed over only when asked for.
import { ask } from '../requests.js'

const part = document.querySelector('[data-behaviour~=push]')
const able = 'serviceWorker' in navigator && 'PushManager' in window && Notification.permission !== 'denied'
part?.querySelector(able ? '[data-ring]' : '[data-cannot]')?.removeAttribute('hidden')

part?.querySelector('[data-ring-here]')?.addEventListener('click', async event => {
  event.target.closest('button').disabled = true
  try {
    await subscribe()
    location.reload()
  } catch {
    part.querySelector('[data-ring]').hidden = true
    part.querySelector('[data-cannot]').hidden = false
  }
})

async function subscribe() {
  if (await Notification.requestPermission() !== 'granted') throw new Error('not allowed')
  const { key } = await (await ask(part.dataset.key, { method: 'POST' })).json()
  const registration = await navigator.serviceWorker.register('/service-worker.js')
  await navigator.serviceWorker.ready
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  const { endpoint, keys } = subscription.toJSON()
  const answer = await ask(part.dataset.subscribe, { method: 'POST', body: new URLSearchParams({ endpoint, ...keys }) })
  if (!answer.ok) throw new Error(String(answer.status))
}

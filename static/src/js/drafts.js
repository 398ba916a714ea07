// What is being written stays on this device, per person and record: over a reload, and over a lost connection.
// A text that could not be sent goes out once when the connection is back; its idempotency key makes "once" certain.
import { sentence } from './sentences.js'
import { toast } from './toasts.js'

const PREFIX = 'concord:draft:'
const MINE = `${PREFIX}${document.body.dataset.user}:`
const place = form => MINE + form.dataset.record
const read = form => JSON.parse(localStorage.getItem(place(form)) ?? 'null')

export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')

export function forget(form) {
  localStorage.removeItem(place(form))
  say(form, '')
}

export function forgetAll(keep = '') {
  for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX) && !(keep && name.startsWith(keep))) localStorage.removeItem(name)
}

function save(form, waiting = false) {
  const { body, kind, idempotency_key: key } = form.elements
  if (!body.value.trim()) return forget(form)
  const audience = form.querySelector('[name=audience]:checked')?.value
  const mentions = [...form.querySelectorAll('[name=mentions]')].map(input => [input.value, input.dataset.name])
  localStorage.setItem(place(form), JSON.stringify({ body: body.value, kind: kind.value, audience, mentions, key: key.value, waiting }))
}

function say(form, words) {
  const line = form.querySelector('[data-kept]')
  line.textContent = words
  line.hidden = !words
}

export function restore(form) {
  const kept = read(form)
  if (!kept || form.elements.body.value) return
  const { body, kind, idempotency_key: key } = form.elements
  Object.assign(body, { value: kept.body })
  kind.value = kept.kind
  key.value = kept.key
  const side = form.querySelector(`[name=audience][value="${kept.audience}"]`)
  if (side?.type === 'radio') side.checked = true
  for (const [value, name] of kept.mentions) {
    const input = Object.assign(document.createElement('input'), { type: 'hidden', name: 'mentions', value })
    input.dataset.name = name
    form.append(input)
  }
  if (kept.waiting) say(form, sentence('offline'))
  else say(form, sentence('draft'))
}

const composers = () => document.querySelectorAll('[data-composer]')

// Files cannot be kept over a reload: what had some waits for its author.
export function sendWaiting() {
  for (const form of composers()) {
    if (!read(form)?.waiting || form.classList.contains('htmx-request')) continue
    form.addEventListener('concord:emptied', () => toast({ message: sentence('sent') }), { once: true })
    form.requestSubmit()
  }
}

document.addEventListener('input', event => {
  const form = event.target.closest('[data-composer]')
  if (form) { save(form); say(form, '') }
})

document.addEventListener('htmx:error', event => {
  const { ctx } = event.detail
  const form = ctx?.sourceElement.closest('[data-composer]')
  if (!form || ctx.response) return
  const files = form.querySelector('[data-attached] li') !== null
  save(form, !files)
  say(form, sentence(files ? 'kept' : 'offline'))
})

document.addEventListener('submit', event => event.target.matches('[data-sign-out]') && forgetAll(), true)
addEventListener('online', () => setTimeout(sendWaiting, 500))

if (document.body.dataset.user) {
  forgetAll(MINE)
  composers().forEach(restore)
  addEventListener('load', () => navigator.onLine && setTimeout(sendWaiting, 1000))
}

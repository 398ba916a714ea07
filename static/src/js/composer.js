// Posting: the answer holds what is newer than the page, and is merged into the list; the form empties only then.
import { begunBelow, catchUp, merge } from './feed.js'
import { forget, newKey } from './drafts.js'

document.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing && event.target.matches('[data-send]')) {
    event.preventDefault()
    event.target.form.requestSubmit()
  }
  if (event.key === 'Escape' && !event.isComposing) event.target.closest?.('form')?.querySelector('[data-escape]')?.click()
})

document.addEventListener('htmx:config:request', event => {
  const { ctx } = event.detail
  const form = ctx.sourceElement
  if (!form.matches('[data-composer]')) return
  const { body } = ctx.request
  body.set('after', document.getElementById('feed')?.dataset.position ?? '0')
  body.delete('mentions')
  for (const id of mentioned(form)) body.append('mentions', id)
})

// Who was picked from the list and still stands in the text.
export const mentioned = form => new Set([...form.querySelectorAll('[name=mentions]')]
  .filter(input => form.elements.body.value.includes('@' + input.dataset.name)).map(input => input.value))

document.addEventListener('htmx:before:swap', event => {
  const { ctx } = event.detail
  const form = ctx.sourceElement
  if (!form.matches('[data-composer]') || ctx.response.status >= 300) return
  event.preventDefault()
  const feed = document.getElementById('feed')
  merge(feed, ctx.text)
  if (begunBelow(feed)) catchUp(feed).catch(() => {})   // up to what was just written
  empty(form)
})

function empty(form) {
  form.reset()   // back to the readers it started with: the next note must not go outside by habit
  for (const input of form.querySelectorAll('[name=mentions]')) input.remove()
  form.elements.idempotency_key.value = newKey()
  forget(form)
  form.dispatchEvent(new Event('concord:emptied'))
}

if (/Mac|iPhone|iPad/.test(navigator.userAgent)) {
  for (const key of document.querySelectorAll('.composer .hint kbd:first-child')) key.textContent = '⌘'
}

// A form marked data-search="#list" asks for its list while one types and keeps the address in step, so that a reload shows the same.
import { htmx } from './requests.js'

const PAUSE = 250
const waiting = new WeakMap()

function address(form) {
  const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value))
  return form.getAttribute('action') + (given.size ? `?${given}` : '')
}

function ask(form) {
  clearTimeout(waiting.get(form))
  const url = address(form)
  if (url === location.pathname + location.search) return
  history.replaceState(null, '', url)
  htmx.ajax('GET', url, { source: form, target: form.dataset.search, swap: 'outerMorph' })
}

// Letters that an input method is still composing are nobody's search yet.
function soon(event) {
  const form = event.target.closest?.('form[data-search]')
  if (!form || event.isComposing) return
  clearTimeout(waiting.get(form))
  waiting.set(form, setTimeout(ask, PAUSE, form))
}

for (const name of ['input', 'compositionend']) document.addEventListener(name, soon)

// On a slow line somebody types before the scripts have come.
const typed = form => [...form.querySelectorAll('input')].some(one => one.value !== one.defaultValue || one.checked !== one.defaultChecked)
for (const form of document.querySelectorAll('form[data-search]')) if (typed(form)) ask(form)

document.addEventListener('submit', event => {
  if (!event.target.matches('form[data-search]')) return
  event.preventDefault()
  ask(event.target)
})

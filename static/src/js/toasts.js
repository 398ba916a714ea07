// Short messages with undo: from HX-Trigger "concord:toast" {message, undo, tone}, from a redirect, or from another script.
import htmx from 'htmx.org'
import { copyOf } from './sentences.js'

const SHOWN_FOR = 8000
const region = document.getElementById('toasts')

export function toast({ message, undo, tone }) {
  const box = copyOf('.toast')
  box.querySelector('span').textContent = message
  if (tone === 'risk') box.classList.add('risk')
  if (undo) withUndo(box, undo)
  region.append(box)
  start(box)
  while (region.childElementCount > 3) region.firstElementChild.remove()
}

function withUndo(box, url) {
  const button = copyOf('button.undo')
  box.querySelector('span').after(button)
  button.addEventListener('click', () => {
    box.remove()
    htmx.ajax('POST', url, { source: document.body, target: document.body, swap: 'none' })
  })
}

// The line at the foot runs down; it waits while the pointer or the focus is on the toast.
function start(box) {
  let left = SHOWN_FOR
  let since = 0
  let timer = 0
  const run = () => { since = Date.now(); timer = setTimeout(() => box.remove(), left) }
  const wait = () => { clearTimeout(timer); left -= Date.now() - since }
  box.addEventListener('pointerenter', wait)
  box.addEventListener('pointerleave', run)
  box.addEventListener('focusin', wait)
  box.addEventListener('focusout', run)
  box.dataset.running = ''
  run()
}

document.addEventListener('concord:toast', event => toast(event.detail))

region?.addEventListener('htmx:after:request', event => event.target.closest('.toast')?.remove())

document.addEventListener('click', event => {
  if (event.target.closest('[data-dismiss]')) event.target.closest('.toast').remove()
})

for (const box of region?.children ?? []) start(box)

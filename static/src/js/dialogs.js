// Links marked data-dialog or data-sheet open their page's main block in a native <dialog>; without scripts they are links.
import { htmx } from './requests.js'

const toasts = document.getElementById('toasts')
const open = () => [...document.querySelectorAll('dialog:modal')].at(-1)

document.addEventListener('click', event => {
  const link = event.target.closest('a[data-dialog], a[data-sheet]')
  if (link && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0 && link.pathname !== location.pathname) {
    event.preventDefault()
    const target = document.getElementById('sheet' in link.dataset ? 'sheet' : 'dialog')
    htmx.ajax('GET', link.href, { source: link, target, swap: 'innerHTML' })
  }
  if (event.target.closest('[data-close]')) shut(event)
  if (event.target instanceof HTMLDialogElement && outside(event)) event.target.close()
  const choose = event.target.closest('[data-choose]')
  if (choose) for (const option of choose.form.querySelectorAll(`[data-side="${choose.dataset.choose}"]`)) option.checked = true
})

function shut(event) {
  const dialog = event.target.closest('dialog')
  if (!dialog) return
  event.preventDefault()
  dialog.close()
}

function outside({ target, clientX: x, clientY: y }) {
  const box = target.getBoundingClientRect()
  return x < box.left || x > box.right || y < box.top || y > box.bottom
}

const asked = new WeakMap()
document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => asked.set(ctx, ctx.sourceElement.closest('dialog')))

document.addEventListener('htmx:before:swap', event => {
  const { ctx, tasks } = event.detail
  const from = asked.get(ctx)
  if (from && !from.open && tasks.some(task => task.target === from)) return event.preventDefault()   // closed while the answer was on its way
  if (tasks.some(task => task.target?.closest?.('dialog'))) {
    ctx.title = null
    document.body.append(toasts)
  } else if (ctx.response?.status < 300 && tasks.some(task => task.type === 'main' && task.swapSpec.style !== 'none')) {
    ctx.sourceElement.closest('dialog')?.close()   // its answer went to the page behind
  }
})

// Whatever arrives in a dialog opens it; a form of its own inside starts with its first field.
document.addEventListener('htmx:after:settle', event => {
  const dialog = event.target
  if (!(dialog instanceof HTMLDialogElement) || !dialog.childElementCount) return
  if (!dialog.open) dialog.showModal()
  ;(dialog.querySelector('[autofocus]') ?? dialog).focus()
}, true)

document.addEventListener('htmx:after:swap', () => (open() ?? document.body).append(toasts))

// Outside an open modal everything is inert, toasts too: they live in the topmost one.
document.addEventListener('close', event => {
  if (!(event.target instanceof HTMLDialogElement)) return
  ;(open() ?? document.body).append(toasts)
  event.target.replaceChildren()
}, true)

// What a dialog changed without leaving it is shown by the page behind as soon as it is there.
document.addEventListener('htmx:after:settle', event => {
  const stale = event.target.querySelector?.('[data-stale]')
  if (!stale) return
  stale.removeAttribute('data-stale')
  const main = document.getElementById('main')
  htmx.ajax('GET', location.href, { source: main, target: main, swap: 'innerMorph' })
}, true)

document.addEventListener('concord:close', () => open()?.close())

// A cell becomes its field: Enter and leaving save, Tab saves and goes on, Escape puts back what was there.
import { htmx } from '../requests.js'

const asked = () => new URL(document.getElementById('list-body').dataset.refresh, location.href).search
const list = () => document.querySelector('.lists').dataset.list

export const editable = row => [...row.querySelectorAll('[data-edit]')].filter(cell => cell.offsetParent)

export function edit(cell) {
  if (!cell || cell.classList.contains('editing')) return false
  const before = [...cell.childNodes]
  const classes = cell.className
  const row = cell.closest('[data-id]')
  const part = row.dataset.part ? `&part=${row.dataset.part}` : ''
  const revert = () => { cell.className = classes; cell.replaceChildren(...before) }
  cell.classList.add('editing')
  htmx.ajax('GET', `/lists/${list()}/${row.dataset.id}/cell/${cell.dataset.field}${asked()}${part}`, { source: row, target: cell, swap: 'innerHTML' }).then(() => {
    const form = cell.querySelector('.cell-edit')
    if (!form) return revert()
    form.revert = () => { form.done = true; revert(); row.querySelector('.open').focus({ preventScroll: true }) }
    field(form).focus()
    field(form).select?.()
  }).catch(revert)
  return true
}

const field = form => form.elements.value
const unchanged = form => field(form).value === form.elements['original.value'].value

// `then` is what follows once the row stands there anew.
function save(form, then = () => {}) {
  if (form.done || form.sent === field(form).value) return
  if (unchanged(form)) { form.revert(); return then() }
  form.sent = field(form).value
  form.closest('.editing').classList.add('busy')
  form.then = then
  form.requestSubmit()
}

document.addEventListener('keydown', event => {
  const form = event.target.closest?.('.cell-edit')
  if (!form || event.isComposing) return
  const id = form.closest('[data-id]').id
  if (event.key === 'Escape') form.revert()
  else if (event.key === 'Enter') save(form, () => document.getElementById(id)?.querySelector('.open')?.focus({ preventScroll: true }))
  else if (event.key === 'Tab') {
    const place = editable(form.closest('[data-id]')).indexOf(form.closest('.editing')) + (event.shiftKey ? -1 : 1)
    save(form, () => edit(editable(document.getElementById(id))[place]))
  } else return
  event.preventDefault()
  event.stopPropagation()
}, true)

document.addEventListener('focusout', event => {
  const form = event.target.closest?.('.cell-edit')
  if (form?.isConnected && !form.contains(event.relatedTarget) && document.hasFocus()) setTimeout(() => form.isConnected && save(form))
})

document.addEventListener('change', event => {
  const form = event.target.closest?.('.cell-edit')
  if (form && event.target.matches('select')) save(form)
})

// The row has come back: the cursor is on it again.
document.addEventListener('htmx:after:request', event => {
  const form = event.target.closest?.('.cell-edit')
  const { response } = event.detail.ctx
  if (!form || !response) return
  const id = form.closest('[data-id]')?.id
  const { then } = form
  if (response.status >= 400) return refused(form)
  form.done = true
  setTimeout(() => { document.getElementById(id)?.dispatchEvent(new CustomEvent('list:at', { bubbles: true })); then?.() }, 30)
})

// Refused with a sentence: what was typed stays, and the field says that something is wrong with it.
function refused(form) {
  form.closest('.editing')?.classList.remove('busy')
  form.sent = undefined
  field(form).setAttribute('aria-invalid', 'true')
}

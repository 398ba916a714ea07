// A list under the hands: the cursor, cells edited in place, the peek. Without it everything is links and forms.
import { htmx, ask } from '../requests.js'
import { edit, editable } from './list-cells.js'
import './list-select.js'
import './list-columns.js'

const typing = target => target.closest?.('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog, [popover]')
const root = () => document.querySelector('.lists')
const part = () => document.getElementById('list-body')
const peek = () => document.getElementById('peek')
const items = () => [...(part()?.querySelectorAll('tr[data-id], li[data-id]') ?? [])]
const current = () => part()?.querySelector('[data-id].at')
let column = 0

function go(row, focus = true) {
  if (!row) return false
  current()?.classList.remove('at')
  row.classList.add('at')
  row.scrollIntoView({ block: 'nearest' })
  if (focus) row.querySelector('.open')?.focus({ preventScroll: true })
  if (peek() && !peek().hidden) show(row)
  mark(row)
  return true
}

function step(by) {
  const all = items()
  const at = all.indexOf(current())
  return go(all[Math.min(Math.max(at + by, 0), all.length - 1)])
}

// The cell that Enter edits: left and right go through those that can be edited; the first place is the record itself.
function mark(row) {
  part().querySelector('.cell-on')?.classList.remove('cell-on')
  if (column > 0) editable(row)[column - 1]?.classList.add('cell-on')
}

function aside(by) {
  const row = current()
  if (!row?.matches('tr')) return false
  column = Math.min(Math.max(column + by, 0), editable(row).length)
  mark(row)
  return true
}

function enter(event) {
  const row = current()
  if (!row || event.target.closest('button, input, summary, .bar, .tools, .side, thead')) return false
  if (column && row.matches('tr')) return edit(editable(row)[column - 1])
  if (event.target.closest('a')) return false
  row.querySelector('.open').click()
  return true
}

function show(row) {
  if (!row || !peek()) return false
  if (matchMedia('(width < 720px)').matches) { row.querySelector('.open').click(); return true }
  peek().hidden = false
  const asked = new URL(part().dataset.refresh, location.href).search
  htmx.ajax('GET', `/lists/${root().dataset.list}/${row.dataset.id}/peek${asked}`, { source: root(), target: peek(), swap: 'innerHTML' })
  return true
}

function unpeek() {
  if (!peek() || peek().hidden) return false
  peek().hidden = true
  peek().replaceChildren()
  return true
}

function select(event) {
  const box = current()?.querySelector('[data-pick]')
  box?.dispatchEvent(new CustomEvent('list:pick', { bubbles: true, detail: { range: event.shiftKey } }))
  return box
}

const keys = {
  ArrowDown: () => step(1), ArrowUp: () => step(-1), j: () => step(1), k: () => step(-1),
  ArrowRight: () => aside(1), ArrowLeft: () => aside(-1),
  Enter: enter, x: select, X: select,
  e: () => current() && edit(editable(current())[Math.max(column - 1, 0)]),
  ' ': event => !event.target.closest('button, input') && (peek()?.hidden ? show(current()) : unpeek()),
  Escape: () => unpeek() || (document.querySelector('#bulk:not([hidden]) [data-unselect]')?.click(), false),
}

document.addEventListener('keydown', event => {
  if (!part() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return
  if (keys[event.key]?.(event)) { event.preventDefault(); event.stopImmediatePropagation() }
}, true)

document.addEventListener('click', event => {
  const by = event.target.closest('#peek [data-step]')
  if (by) return step(Number(by.dataset.step))
  if (event.target.closest('[data-unpeek]')) return unpeek()
  const row = event.target.closest('.sheet-of-rows tr[data-id]')
  if (!row || event.target.closest('a, button, input, select, label')) return
  const cell = event.target.closest('[data-edit]')
  column = cell ? editable(row).indexOf(cell) + 1 : 0
  go(row, !cell)
  if (cell) edit(cell)
})

// The record's page leads on through this list in its order.
document.addEventListener('click', event => {
  if (!event.target.closest('#list-body .open')) return
  const urls = items().map(item => item.querySelector('.open').getAttribute('href'))
  sessionStorage.setItem('list', JSON.stringify({ back: location.pathname + location.search, urls }))
}, true)

// A list that has grown by its pages is loaded again as long as it is; one answer holds 200 rows at most.
async function anew() {
  const long = part().querySelectorAll('tr[data-id]').length
  const made = await fetched(part().dataset.refresh, Math.max(long, 50))
  const rows = made.getElementById('rows')
  for (let more; (more = rows?.querySelector(':scope > .more')) && rows.querySelectorAll('tr[data-id]').length < long;) {
    const next = await fetched(more.getAttribute('hx-get'), long, text => `<table><tbody>${text}</tbody></table>`)
    more.replaceWith(...next.querySelectorAll('tbody > tr'))
  }
  await htmx.swap({ text: made.getElementById('list-body').outerHTML, sourceElement: part(), target: part(), swap: 'outerMorph' })
}

async function fetched(address, limit, whole = text => text) {
  const url = new URL(address, location.href)
  url.searchParams.set('limit', Math.min(limit, 200))
  const answer = await ask(url)
  if (!answer.ok) throw new Error(answer.status)
  return new DOMParser().parseFromString(whole(await answer.text()), 'text/html')
}

document.addEventListener('concord:refresh', event => {
  if (event.target !== part()) return
  event.preventDefault()
  event.detail.done = anew()
})

// After an undo the part shows what is so now.
document.addEventListener('concord:list', () => part() && anew().catch(() => {}))
document.addEventListener('list:at', event => go(event.target, false))

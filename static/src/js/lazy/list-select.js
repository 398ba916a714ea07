// Rows that are selected, one by one, by a range with Shift, or all that the filter leaves; and the bar of what is done with them.
import { htmx } from '../requests.js'

const picked = new Set()
let all = false
let last = null

const bar = () => document.getElementById('bulk')
const boxes = () => [...document.querySelectorAll('#list-body [data-pick]')]
const total = () => Number(document.getElementById('foot')?.dataset.total ?? 0)
const said = number => (number > 10000 ? '10,000+' : number.toLocaleString(document.documentElement.lang))

function draw() {
  const shown = boxes()
  for (const box of shown) {
    box.checked = all || picked.has(box.value)
    box.closest('tr').setAttribute('aria-selected', box.checked)
  }
  const everyone = document.querySelector('[data-pick-all]')
  if (everyone) {
    everyone.checked = shown.length > 0 && shown.every(box => box.checked)
    everyone.indeterminate = !everyone.checked && picked.size > 0
  }
  if (bar()) drawBar(shown, everyone?.checked)
}

function drawBar(shown, whole) {
  const many = all ? total() : picked.size
  bar().hidden = !many
  const count = bar().querySelector('[data-count]')
  count.textContent = count.dataset.count.replace('#', said(many))
  const more = bar().querySelector('[data-select-all]')
  more.hidden = all || !whole || total() <= shown.length
  more.textContent = total() > 10000 ? more.dataset.many : more.dataset.label.replace('#', said(total()))
}

function pick(box, on, range) {
  const shown = boxes()
  const from = range && last ? shown.findIndex(other => other.value === last) : -1
  const to = shown.indexOf(box)
  if (all && !on) for (const other of shown) picked.add(other.value)
  if (!on) all = false
  for (const other of from < 0 ? [box] : shown.slice(Math.min(from, to), Math.max(from, to) + 1)) picked[on ? 'add' : 'delete'](other.value)
  last = box.value
  draw()
}

function everyone(on) {
  all = false
  for (const box of boxes()) picked[on ? 'add' : 'delete'](box.value)
  draw()
}

function clear() {
  picked.clear()
  all = false
  draw()
}

// The dialog of a verb, for the selected ids or for everything that the list's own query leaves.
function chosen(verb) {
  const asked = new URLSearchParams(bar().dataset.query)
  if (all) asked.set('all', '1')
  else for (const id of picked) asked.append('ids', id)
  return `${bar().dataset.url}${verb}?${asked}`
}

document.addEventListener('click', event => {
  const { target } = event
  if (target.matches?.('[data-pick]')) pick(target, target.checked, event.shiftKey)
  else if (target.matches?.('[data-pick-all]')) everyone(target.checked)
  else if (target.closest?.('[data-select-all]')) { all = true; draw() }
  else if (target.closest?.('[data-unselect]')) clear()
  const verb = target.closest?.('#bulk [data-verb]')
  if (verb) htmx.ajax('GET', chosen(verb.dataset.verb), { source: verb, target: document.getElementById('dialog'), swap: 'innerHTML' })
})

document.addEventListener('list:pick', ({ target, detail }) => pick(target, !target.checked, detail.range))
document.addEventListener('htmx:after:swap', draw)
document.addEventListener('concord:selected', clear)

// Columns drawn wider, more than one order with Shift, and lines of a dialog moved up and down.
import { ask } from '../requests.js'

const NARROWEST = 48
const WIDEST = 800

document.addEventListener('pointerdown', event => {
  const grip = event.target.closest('.grip')
  if (!grip) return
  event.preventDefault()
  const head = grip.closest('th')
  const column = grip.closest('table').querySelectorAll('col')[head.cellIndex]
  const start = event.clientX - head.offsetWidth
  const draw = moved => { column.width = Math.round(Math.min(Math.max(moved.clientX - start, NARROWEST), WIDEST)) }
  const stop = () => { grip.removeEventListener('pointermove', draw); grip.classList.remove('drawn'); keep(head.dataset.column, column.width) }
  grip.classList.add('drawn')
  grip.setPointerCapture(event.pointerId)
  grip.addEventListener('pointermove', draw)
  grip.addEventListener('pointerup', stop, { once: true })
})

// A saved view of one's own keeps the width; others forget it with the page.
function keep(column, width) {
  const view = document.querySelector('[data-view-id]')?.dataset.viewId
  if (view) ask(`/lists/views/${view}/widths`, { method: 'POST', body: new URLSearchParams({ column, width }) }).catch(() => {})
}

document.addEventListener('click', event => {
  const sort = event.target.closest('a[data-sort]')
  if (sort && event.shiftKey) return also(event, sort)
  const up = event.target.closest('[data-up]')
  const button = up ?? event.target.closest('[data-down]')
  const line = button?.closest('[data-item]')
  if (!line) return
  if (up) line.previousElementSibling?.before(line)
  else line.nextElementSibling?.after(line)
  button.focus()
})

// Shift adds a column to the order instead of replacing it.
function also(event, link) {
  event.preventDefault()
  const url = new URL(link.href)
  const wanted = url.searchParams.get('sort')
  const standing = link.closest('table').dataset.sorts.split(',').filter(name => name && name.replace('-', '') !== link.dataset.sort)
  url.searchParams.set('sort', [...standing, wanted].join())
  location.assign(url)
}

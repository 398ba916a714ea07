// Cards and days by drag, and cards by their menu: a drop changes one field, as the noun's own form would.
import Sortable from 'sortablejs'
import { htmx } from '../requests.js'

const part = () => document.getElementById('list-body')
const made = new WeakSet()

function look() {
  for (const lane of document.querySelectorAll('#list-body [data-drop]')) {
    if (made.has(lane)) continue
    made.add(lane)
    Sortable.create(lane, {
      group: 'cards', sort: false, draggable: '[data-movable]', filter: 'button', preventOnFilter: false,
      animation: 120, delay: 150, delayOnTouchOnly: true,
      onMove: ({ to }) => { over(to) },
      onEnd: ({ item, from, to }) => { over(null); if (from !== to) move(item, from.dataset.lane, to.dataset.lane) },
    })
  }
}

function over(lane) {
  document.querySelector('.over-here')?.classList.remove('over-here')
  lane?.classList.add('over-here')
}

// Whatever the answer, the part is loaded again: it knows the order, the counts, and what others did meanwhile.
async function move(card, from, to) {
  const asked = new URL(part().dataset.refresh, location.href).search
  const values = { field: part().dataset.by, value: to, 'original.value': from }
  const url = `/lists/${document.querySelector('.lists').dataset.list}/${card.dataset.id}${asked}`
  await htmx.ajax('PATCH', url, { source: part(), target: part(), swap: 'none', values }).catch(() => {})
  htmx.ajax('GET', part().dataset.refresh, { source: part(), target: part(), swap: 'outerMorph' })
}

document.addEventListener('click', event => {
  const choice = event.target.closest('[data-move]')
  if (choice) move(choice.closest('[data-id]'), choice.closest('[data-lane]').dataset.lane, choice.dataset.move)
})

look()
document.addEventListener('htmx:after:swap', look)

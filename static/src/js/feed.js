// Lists of entries: what arrives is merged by entry id, so nothing shows twice; days are drawn anew from the entries.
import { htmx, ask } from './requests.js'

const position = item => Number(item.dataset.position)
const OLDER = ':scope > .more:not(.newer)'
const entries = feed => [...feed.querySelectorAll(':scope > [data-position]')]

// Merges a rendered list into the one on the page; answers how many entries it held.
export function merge(feed, text, { older = false } = {}) {
  const sent = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-feed]')
  if (!feed || !sent) return 0
  const away = scrolledDown(feed)
  const count = entries(sent).length
  if (!older && !sent.querySelector(':scope > .more')) feed.querySelector(':scope > .newer')?.remove()   // its newest end is reached
  for (const item of entries(sent)) put(feed, document.adoptNode(item), older)
  if (older) passOn(feed, sent)
  feed.dataset.position = Math.max(feed.dataset.position, sent.dataset.position)
  days(feed)
  feed.parentElement.querySelector(':scope > .nothing')?.remove()
  if (!older && away) feed.lastElementChild.scrollIntoView({ block: 'nearest' })
  feed.dispatchEvent(new Event('concord:merged', { bubbles: true }))
  return count
}

function put(feed, item, older) {
  const known = document.getElementById(item.id)
  if (known?.querySelector('form.stack')) return
  if (known) known.replaceWith(item)
  else {
    const all = entries(feed)
    const upward = feed.dataset.feed === 'oldest'
    const more = feed.querySelector(OLDER)
    if (!older && more && all.every(other => position(other) > position(item))) return   // belongs to a page not fetched yet
    const next = all.find(other => (upward ? position(other) > position(item) : position(other) < position(item)))
    feed.insertBefore(item, next ?? (upward ? feed.querySelector(':scope > .newer') : more))
    if (!older) item.classList.add('arrived')
  }
  item.classList.remove('fresh')
  htmx.process(item)
}

// The newest end of a conversation is below; who reads there stays there.
function scrolledDown(feed) {
  const last = feed.dataset.feed === 'oldest' && entries(feed).at(-1)
  return last && last.getBoundingClientRect().bottom < innerHeight + 80
}

function passOn(feed, sent) {
  const [mine, theirs] = [feed.querySelector(OLDER), sent.querySelector(OLDER)]
  if (theirs) mine?.replaceWith(document.adoptNode(theirs))
  else mine?.remove()
}

function days(feed) {
  for (const line of feed.querySelectorAll(':scope > .day')) line.remove()
  let current
  for (const item of entries(feed)) {
    if (item.dataset.day !== current) item.before(dayLine(item.dataset.day))
    current = item.dataset.day
  }
}

function dayLine(label) {
  const line = document.createElement('li')
  line.className = 'day'
  line.append(Object.assign(document.createElement('h3'), { textContent: label }))
  return line
}

document.addEventListener('click', async event => {
  const link = event.target.closest('[data-older], [data-newer]')
  if (!link || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  const feed = link.closest('[data-feed]')
  const older = 'older' in link.dataset
  const answer = await ask(older ? link.href : above(feed)).catch(() => null)
  if (answer?.ok) merge(feed, await answer.text(), { older })
})

// A list that was opened at an entry further down: what is above is read when it is asked for.
export const begunBelow = feed => feed.querySelector(':scope > .newer') !== null

function above(feed) {
  const url = new URL(feed.dataset.refresh, location.href)
  url.searchParams.set('after', feed.dataset.position)
  return url
}

for (const feed of document.querySelectorAll('.talk-page [data-feed=oldest]')) feed.parentElement.scrollIntoView({ block: 'end' })

// The entry that the address names is in view, also where a phone shows one part of the page at a time.
const named = location.hash.startsWith('#entry-') && document.getElementById(location.hash.slice(1))
if (named) {
  const part = document.querySelector('.views [value=timeline]')
  if (part) part.checked = true
  named.scrollIntoView({ block: 'center' })
}

// Everything above the position on the page, page by page, up to where a ring said it goes.
export async function catchUp(feed, goal = Infinity) {
  let arrived
  do {
    const answer = await ask(above(feed))
    if (!answer.ok) throw new Error(String(answer.status))
    arrived = merge(feed, await answer.text())
  } while (arrived && feed.dataset.position < goal)
}

// The socket is a doorbell: it carries positions, and the page fetches what is new through ordinary requests.
// Rings may be lost; the catch-up on connect, on return to the page and every 45 s is what makes nothing lost.
import { io } from 'socket.io-client'
import { htmx } from './requests.js'
import { begunBelow, catchUp } from './feed.js'
import { askUnread, unread } from './inbox.js'
import { sendWaiting } from './drafts.js'

const PAUSE = 45_000
const listening = () => [...document.querySelectorAll('[data-topic]')].filter(part => !begunBelow(part))
// Everybody's own inbox rings without being asked.
const topics = () => [...new Set(listening().map(part => part.dataset.topic))].filter(topic => topic !== 'inbox')
const idle = () => listening().length && !document.querySelector('dialog[open], inline-edit form:not([hidden])')
const today = () => new Date().toDateString()
const day = today()
const running = new WeakMap()
const reached = new WeakMap()
const heard = new Set()
let subscribed = ''

// A part without a position of its own remembers the one it was last fetched for.
const at = part => Number(part.dataset.position ?? reached.get(part) ?? -1)

// One fetch at a time for each part; a ring meanwhile means one more round.
async function refresh(part, goal) {
  if (running.has(part)) return running.set(part, true)
  do {
    running.set(part, false)
    while (!('feed' in part.dataset) && part.isConnected && written(part)) await ended(part)
    await fetchInto(part, goal).then(() => goal && reached.set(part, goal)).catch(() => {})
  } while (running.get(part) && part.isConnected)
  running.delete(part)
}

// What is being written in stays as it is; the part is fetched when the writing ends.
const written = part => part.querySelector('inline-edit form:not([hidden]), .cell-edit') ?? (part.contains(document.activeElement) && document.activeElement.matches('input:not([type=checkbox], [type=radio]), textarea'))
const ended = part => new Promise(resolve => { part.addEventListener('focusout', () => setTimeout(resolve, 500), { once: true }); setTimeout(resolve, 3000) })

function fetchInto(part, goal) {
  if ('feed' in part.dataset) return catchUp(part, goal)
  // A part that knows better how it is fetched says so.
  const asked = new CustomEvent('concord:refresh', { bubbles: true, cancelable: true, detail: {} })
  if (!part.dispatchEvent(asked)) return asked.detail.done
  return htmx.ajax('GET', part.dataset.refresh, { source: part, target: part, swap: 'outerMorph' })
}

// Topics of a kind carry no position; their parts are fetched at most once a second.
function rung(topic, position) {
  const parts = listening().filter(part => part.dataset.topic === topic && (!position || at(part) < position))
  if (position) parts.forEach(part => refresh(part, position))
  else setTimeout(() => parts.forEach(part => refresh(part)), 1000)
}

// What a page was made with is as new as its first subscription, where there is no position to compare.
function answered(topic, position) {
  if (position || heard.has(topic)) rung(topic, position)
  heard.add(topic)
}

const socket = document.body.dataset.user && io({ path: '/socket.io', transports: ['websocket'], reconnectionDelayMax: 8000 })

// The answer to a subscription says how far each topic is.
function subscribe() {
  subscribed = topics().join()
  if (!subscribed) return
  socket.timeout(5000).emit('subscribe', { topics: topics() }, (failed, answer) => {
    // Where the server could not look, it answers with nothing.
    if (failed || !answer) return listening().forEach(part => refresh(part))
    for (const [topic, { ok, position }] of Object.entries(answer)) if (ok) answered(topic, position)
  })
}

function everything() {
  if (document.visibilityState !== 'visible') return
  if (day !== today() && idle()) return location.reload()   // “Today” is yesterday
  askUnread().catch(() => {})
  if (socket.connected) return subscribe()
  if (!socket.active) socket.connect()   // there was no room for us before
  listening().forEach(part => refresh(part))
}

if (socket) {
  socket.on('connect', () => { subscribe(); sendWaiting() })
  socket.on('changed', ({ topic, position }) => rung(topic, position))
  socket.on('inbox', message => { unread(message.unread); rung('inbox', message.position) })
  socket.on('disconnect', reason => reason === 'io server disconnect' && askUnread().catch(() => {}))
  socket.io.on('reconnect', () => askUnread().catch(() => {}))
  document.addEventListener('visibilitychange', everything)
  addEventListener('online', everything)
  for (const name of ['htmx:after:swap', 'concord:merged']) document.addEventListener(name, () => socket.connected && subscribed !== topics().join() && subscribe())
  setInterval(everything, PAUSE)
}

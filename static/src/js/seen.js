// How far somebody has read: told to the server once the list has been in view for a moment.
import { ask } from './requests.js'
import { begunBelow } from './feed.js'

const MOMENT = 1500
const told = new Map()

function tell(feed) {
  const { seen, position } = feed.dataset
  if (!seen || begunBelow(feed) || document.visibilityState !== 'visible' || !feed.checkVisibility() || Number(position) <= (told.get(seen) ?? 0)) return
  told.set(seen, Number(position))
  ask(seen, { method: 'POST', body: new URLSearchParams({ position }) }).catch(() => told.delete(seen))
}

const look = () => setTimeout(() => document.querySelectorAll('[data-seen]').forEach(tell), MOMENT)

document.addEventListener('concord:merged', look)
document.addEventListener('visibilitychange', look)
document.addEventListener('change', event => event.target.matches('.views input') && look())
look()

// "/" opens the palette, or goes to the search field where there is none; "?" shows every key. In a list of li[data-row]: J and K move, Enter opens, E ticks, as the hint below the list says.
const typing = target => target.closest?.('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog, [popover]')
const rows = () => [...document.querySelectorAll('li[data-row]')].filter(row => row.offsetParent)

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return
  const done = { '/': find, '?': keys, j: () => step(1), k: () => step(-1), e: tick, Enter: open }[event.key]?.(event)
  if (done) event.preventDefault()
})

function find() {
  const palette = document.querySelector('concord-palette')
  if (palette?.open) return palette.open() ?? true
  const field = document.querySelector('[type=search]')
  field?.select()
  return field
}

// The sheet is written by the server, in the reader's language.
function keys() {
  const link = document.querySelector('[data-keys]')
  link?.click()
  return link
}

function step(by) {
  const all = rows()
  if (!all.length) return false
  const at = all.findIndex(row => row.classList.contains('at'))
  all[at]?.classList.remove('at')
  const row = all.at(Math.min(Math.max(at + by, 0), all.length - 1))
  row.classList.add('at')
  row.scrollIntoView({ block: 'nearest' })
  row.querySelector('a.open')?.focus()
  return true
}

const current = () => document.querySelector('li[data-row].at')

function tick() {
  const box = current()?.querySelector('[data-check]')
  box?.click()
  return box
}

function open(event) {
  if (event.target.closest('a, button, input, summary')) return false
  const link = current()?.querySelector('a.open')
  link?.click()
  return link
}

// In the inbox J and K move from line to line, Enter opens, E marks as read or unread again.
const typing = target => target.closest?.('input, textarea, select, [contenteditable], .menu')
const lines = inbox => [...inbox.querySelectorAll('.notes > li:not(.more)')]

document.addEventListener('keydown', event => {
  const inbox = document.getElementById('inbox')
  if (!inbox || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return
  if (document.querySelector('dialog:modal') && !inbox.closest('dialog')) return
  const done = { j: () => step(inbox, 1), k: () => step(inbox, -1), e: () => toggle(inbox) }[event.key.toLowerCase()]?.()
  if (done) event.preventDefault()
})

const current = inbox => lines(inbox).find(line => line.contains(document.activeElement))

const mark = line => line?.querySelector('.what').focus({ focusVisible: true })

// The line at hand keeps the focus when the list is loaded again, whoever asked for that.
let at
document.addEventListener('focusin', event => { at = event.target.closest('#inbox .notes > li')?.id })
document.addEventListener('htmx:after:settle', () => document.activeElement?.matches('body, dialog') && at && mark(document.getElementById(at)))

function step(inbox, by) {
  const all = lines(inbox)
  const before = all.indexOf(current(inbox))
  const line = all[before < 0 ? 0 : Math.min(Math.max(before + by, 0), all.length - 1)]
  mark(line)
  line?.scrollIntoView({ block: 'nearest' })
  return line
}

function toggle(inbox) {
  const line = current(inbox)
  line?.querySelector('[data-toggle-read]').form.requestSubmit()
  return line
}

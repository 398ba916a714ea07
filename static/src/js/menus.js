// Menus are popovers and open without us; arrows move through them, a choice closes them.
const items = menu => [...menu.querySelectorAll('a, button')].filter(item => item.offsetParent)

document.addEventListener('keydown', event => {
  const menu = event.target.closest?.('.menu')
  const opener = event.target.closest?.('[popovertarget]')
  if (opener && event.key === 'ArrowDown') {
    event.preventDefault()
    opener.popoverTargetElement.showPopover({ source: opener })
    items(opener.popoverTargetElement)[0]?.focus()
  } else if (menu) move(event, items(menu))
})

function move(event, list) {
  const at = list.indexOf(document.activeElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  list.at(to % list.length)?.focus()
}

document.addEventListener('click', event => {
  const item = event.target.closest('.menu .item')
  if (item) setTimeout(() => item.closest('.menu')?.hidePopover())
})

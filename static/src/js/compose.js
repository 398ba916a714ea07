// "Log call" and the like: a button [data-compose=call] leads to the composer with that kind chosen.
document.addEventListener('click', event => {
  const button = event.target.closest('[data-compose]')
  const form = button && document.querySelector('.composer[data-composer]')
  if (!form) return
  const part = document.querySelector('.views [value=timeline]')
  if (part) part.checked = true
  const { kind, body } = form.elements
  if (kind?.options && [...kind.options].some(option => option.value === button.dataset.compose)) kind.value = button.dataset.compose
  form.scrollIntoView({ block: 'nearest' })
  body.focus()
})

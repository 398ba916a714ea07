// "Log call" and the like: a button [data-compose=call], or #compose-call in the address, leads to the composer with that kind chosen.
document.addEventListener('click', event => {
  const button = event.target.closest('[data-compose]')
  if (button) compose(button.dataset.compose)
})

function compose(wanted) {
  const form = document.querySelector('.composer[data-composer]')
  if (!form) return
  const part = document.querySelector('.views [value=timeline]')
  if (part) part.checked = true
  const { kind, body } = form.elements
  if (kind?.options && [...kind.options].some(option => option.value === wanted)) kind.value = wanted
  form.scrollIntoView({ block: 'nearest' })
  body.focus()
}

function asked() {
  const wanted = location.hash.match(/^#compose-(\w+)$/)?.[1]
  if (!wanted) return
  history.replaceState(history.state, '', location.pathname + location.search)
  compose(wanted)
}

addEventListener('hashchange', asked)
asked()

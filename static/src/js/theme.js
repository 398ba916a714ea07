// The theme changes at once; the form tells the server, so that the next page starts with it.
import { ask } from './requests.js'

document.addEventListener('submit', event => {
  if (!event.target.matches('[data-theme-form]')) return
  event.preventDefault()
  const { value } = event.submitter
  document.documentElement.dataset.theme = value
  for (const button of event.target.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button === event.submitter))
  const body = new FormData(event.target)
  body.set('theme', value)
  ask(event.target.action, { method: 'POST', body, redirect: 'manual' }).catch(() => {})
})

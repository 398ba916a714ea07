// Passkeys: a button asks the server what to ask the device, and sends its answer with the form it stands in.
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { ask } from '../requests.js'
import { sentence } from '../sentences.js'

const START = { make: startRegistration, use: startAuthentication }

const show = () => {
  if (!browserSupportsWebAuthn()) return
  for (const button of document.querySelectorAll('[data-passkey][hidden]')) button.hidden = false
}

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-passkey]')
  if (!button) return
  const { form } = button
  if (button.dataset.passkey === 'make' && !form.reportValidity()) return
  say(form, '')
  button.disabled = true
  try {
    const answer = await ask(button.dataset.options, { method: 'POST', headers: { Accept: 'application/json' } })
    if (!answer.ok) throw new Refused((await answer.json().catch(() => ({}))).title)
    form.elements.credential.value = JSON.stringify(await START[button.dataset.passkey]({ optionsJSON: await answer.json() }))
  } catch (error) {
    say(form, error instanceof Refused ? error.message : sentence(error.name === 'InvalidStateError' ? 'passkey-known' : 'passkey'))
    return
  } finally {
    button.disabled = false
  }
  if (button.hasAttribute('formaction')) form.action = button.formAction
  form.noValidate = true
  form.requestSubmit()
})

class Refused extends Error {}

function say(form, text) {
  const place = form.querySelector('[data-passkey-error]')
  place.querySelector('span').textContent = text || ''
  place.hidden = !text
  if (text) place.setAttribute('role', 'alert')
}

show()
document.addEventListener('htmx:after:swap', show)

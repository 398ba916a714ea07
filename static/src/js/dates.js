// A supplier's dates: one tap confirms, another date opens in its line, nothing leaves before Send.
// What is chosen stays on this device until it is sent, over a reload and over a lost connection.
import { sentence } from './sentences.js'

const DAY = 86_400_000
const form = () => document.querySelector('[data-dates]')
const lines = () => [...form().querySelectorAll('[data-line]')]
const chosen = line => line.querySelector('.ans :checked')
const place = () => `concord:draft:${document.body.dataset.user}:dates-${form().dataset.dates}`

function show() {
  const { dataset } = form()
  const answered = lines().filter(line => 'done' in line.dataset || chosen(line)).length
  const count = dataset.answeredText.replace('{answered}', answered).replace('{lines}', dataset.lines)
  for (const place of document.querySelectorAll('[data-answered]')) place.textContent = count
  for (const place of document.querySelectorAll('[data-answered-count]')) place.textContent = answered
  for (const button of document.querySelectorAll('[data-confirm-rest]')) button.hidden = answered === lines().length
  for (const button of document.querySelectorAll('[data-send-dates]')) button.disabled = !lines().some(chosen)
  lines().forEach(showLine)
}

// How late the other date is, and the question why only where it is.
function showLine(line) {
  const day = line.querySelector('[data-day]')
  if (!day) return
  const { lateOne, lateMany, early } = form().dataset
  const days = day.value ? Math.round((Date.parse(day.value) - Date.parse(line.dataset.wanted)) / DAY) : 0
  const words = days > 0 ? (days === 1 ? lateOne : lateMany.replace('{days}', days)) : days < 0 ? early : ''
  const says = line.querySelector('[data-late]')
  if (says.textContent !== words) says.textContent = words
  says.parentElement.classList.toggle('good', days < 0)
  line.querySelector('[data-why]').hidden = days <= 0
  line.querySelector('[data-cancel-line]').hidden = false
}

function save() {
  const kept = [...new FormData(form())].filter(([name]) => /^(answer|date|reason|remark)\./.test(name))
  if (!lines().some(chosen)) localStorage.removeItem(place())
  else localStorage.setItem(place(), JSON.stringify(kept))
}

function restore() {
  const kept = JSON.parse(localStorage.getItem(place()) ?? 'null')
  if (!kept || lines().some(chosen)) return
  for (const [name, value] of kept) {
    const field = form().elements[name]
    if (field) field.value = value
  }
  if (lines().some(chosen)) say(sentence('draft'))
}

function say(words) {
  const line = form().querySelector('[data-kept]')
  line.textContent = words
  line.hidden = !words
}

function cancel(line) {
  for (const input of line.querySelectorAll('input[type=radio]')) input.checked = input.defaultChecked && input.name.startsWith('reason')
  line.querySelector('[data-day]').value = line.querySelector('[data-day]').defaultValue
  line.querySelector('textarea').value = line.querySelector('textarea').defaultValue
}

document.addEventListener('input', event => {
  if (!event.target.closest('[data-dates]')) return
  say('')
  show()
  save()
  const line = event.target.closest('[data-line]')
  if (event.target.matches('.ans [value=other]')) line.querySelector('[data-day]').focus()
})

document.addEventListener('click', event => {
  const rest = event.target.closest('[data-confirm-rest]')
  const back = event.target.closest('[data-cancel-line]')
  if (!rest && !back) return
  if (back) cancel(back.closest('[data-line]'))
  else for (const line of lines()) if (!chosen(line)) line.querySelector('[value=wanted]')?.click()
  show()
  save()
})

document.addEventListener('htmx:error', event => {
  const { ctx } = event.detail
  if (ctx && !ctx.response && ctx.sourceElement.matches('[data-dates]')) say(sentence('kept'))
})

document.addEventListener('htmx:before:response', event => {
  const { ctx } = event.detail
  if (ctx.sourceElement.matches('[data-dates]') && ctx.response.status < 300) localStorage.removeItem(place())
})

document.addEventListener('htmx:after:settle', () => form() && show())

if (form()) { restore(); show() }

// A refused form (errors/fragment.html) is not swapped in: its sentences go beside the fields, and nothing typed is lost.
import { copyOf } from './sentences.js'
import { toast } from './toasts.js'

document.addEventListener('htmx:before:swap', event => {
  const { ctx } = event.detail
  if (ctx.response?.status !== 422 && ctx.response?.status !== 409) return
  const problem = new DOMParser().parseFromString(ctx.text, 'text/html').querySelector('[data-error]')
  if (!problem) return
  event.preventDefault()
  const form = ctx.sourceElement.closest('form')
  const rest = form ? placed(form, problem) : [problem.firstElementChild.textContent]
  if (rest.length) toast({ message: rest.join(' '), tone: 'risk' })
})

document.addEventListener('htmx:config:request', event => clear(event.detail.ctx.sourceElement.closest('form')))

document.addEventListener('input', event => {
  if (event.target.getAttribute('aria-invalid')) clear(event.target.closest('.field, form'))
})

// Puts each sentence under its field; returns those that belong to no visible field.
function placed(form, problem) {
  const said = [...problem.querySelectorAll('[data-field]')]
  const rest = said.filter(item => !place(form, item.dataset.field, item.textContent)).map(item => item.textContent)
  form.querySelector('[aria-invalid]')?.focus()
  return said.length ? rest : [problem.firstElementChild.textContent]
}

function place(form, name, words) {
  const field = form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`)
  if (!field) return false
  const line = copyOf('.error')
  line.dataset.said = ''
  line.id = `${field.id || name}-said`
  line.lastElementChild.textContent = words
  field.setAttribute('aria-invalid', 'true')
  field.setAttribute('aria-describedby', line.id)
  const block = field.closest('.field')
  if (block) block.append(line)
  else field.after(line)
  return true
}

function clear(scope) {
  for (const line of scope?.querySelectorAll('[data-said]') ?? []) line.remove()
  for (const field of scope?.querySelectorAll('[aria-invalid]') ?? []) field.removeAttribute('aria-invalid')
}

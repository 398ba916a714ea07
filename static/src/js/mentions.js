// "@" and a few letters offer those who may see this record; the chosen ones travel as ids beside the text.
import { ask } from './requests.js'
import { sentence } from './sentences.js'

const WORD = /(?:^|[\s（(，。,])@([\p{L}\p{N}._·-]{0,30})$/u
let box = null
let field = null
let asked = 0

const options = () => [...(box?.children ?? [])].filter(item => item.role === 'option')
const query = () => field.value.slice(0, field.selectionStart).match(WORD)?.[1]

document.addEventListener('input', event => event.isComposing || event.target.matches('[data-mention]') && look(event.target))
document.addEventListener('compositionend', event => event.target.matches('[data-mention]') && look(event.target))
document.addEventListener('focusout', () => setTimeout(() => field && document.activeElement !== field && close()))

async function look(target) {
  field = target
  const words = query()
  if (words === undefined) return close()
  const turn = ++asked
  const side = field.form.querySelector('[name=audience]:checked')?.value ?? field.form.dataset.audience ?? 'internal'
  const answer = await ask(`${field.dataset.mention}?${new URLSearchParams({ q: words, audience: side })}`, { headers: { Accept: 'application/json' } }).catch(() => null)
  if (turn !== asked || !answer?.ok) return
  show(await answer.json())
}

function show(people) {
  close()
  box = document.createElement('div')
  box.className = 'mentions'
  box.role = 'listbox'
  box.id = 'mentions'
  box.ariaLabel = sentence('people')
  box.append(...people.map(option))
  if (!people.length) box.append(Object.assign(document.createElement('p'), { textContent: sentence('nobody') }))
  field.after(box)
  field.setAttribute('aria-controls', 'mentions')
  select(0)
}

function option(person, index) {
  const item = document.createElement('div')
  item.role = 'option'
  item.id = `mention-${index}`
  item.innerHTML = '<span class="avatar s" aria-hidden="true"></span><b></b><small></small>'
  const [face, name, note] = item.children
  face.classList.add(`h${(person.id * 7) % 24}`)
  face.textContent = initials(person.name)
  name.textContent = person.name
  note.textContent = person.title ?? ''
  item.addEventListener('pointerdown', event => { event.preventDefault(); choose(person) })
  item.choose = () => choose(person)
  return item
}

const initials = name => (/\p{Script=Han}/u.test(name) ? name.slice(-2) : name.split(/\s+/).slice(0, 2).map(word => word[0]).join('').toUpperCase())

function select(index) {
  options().forEach((item, at) => item.setAttribute('aria-selected', String(at === index)))
  field.setAttribute('aria-activedescendant', options()[index]?.id ?? '')
}

function choose({ id, name }) {
  const end = field.selectionStart
  field.setRangeText(`@${name} `, end - query().length - 1, end, 'end')
  const input = Object.assign(document.createElement('input'), { type: 'hidden', name: 'mentions', value: id })
  input.dataset.name = name
  field.form.append(input)
  close()
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function close() {
  box?.remove()
  box = null
  field?.removeAttribute('aria-activedescendant')
  field?.removeAttribute('aria-controls')
}

document.addEventListener('keydown', event => {
  if (!box || event.target !== field || event.isComposing) return
  const at = options().findIndex(item => item.ariaSelected === 'true')
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step) select((at + step + options().length) % options().length)
  else if ((event.key === 'Enter' || event.key === 'Tab') && at >= 0) options()[at].choose()
  else if (event.key === 'Escape') close()
  else return
  event.preventDefault()
  event.stopImmediatePropagation()
}, true)

// Files chosen, pasted or dropped are listed and can be taken out again before sending.
import { copyOf, sentence } from './sentences.js'

const list = form => form.querySelector('[data-attached]')

document.addEventListener('change', event => {
  if (event.target.matches('[data-attach]')) show(event.target.form)
})

document.addEventListener('concord:emptied', event => show(event.target), true)

document.addEventListener('paste', event => {
  const form = event.target.closest?.('[data-composer]')
  if (form && event.clipboardData.files.length) { event.preventDefault(); add(form, event.clipboardData.files) }
})

for (const kind of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, event => {
    const form = event.target.closest?.('[data-composer]')
    if (!form || !event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    form.classList.toggle('over', kind === 'dragover')
    if (kind === 'drop') add(form, event.dataTransfer.files)
  })
}

function add(form, files) {
  keep(form.querySelector('[data-attach]'), [...form.querySelector('[data-attach]').files, ...files])
}

function keep(input, files) {
  const kept = new DataTransfer()
  for (const file of files) kept.items.add(file)
  input.files = kept.files
  show(input.form)
}

function show(form) {
  const lines = [...form.querySelectorAll('[data-attach]')].flatMap(input => [...input.files].map(file => line(input, file)))
  list(form).replaceChildren(...lines)
  list(form).hidden = !lines.length
}

function line(input, file) {
  const item = document.createElement('li')
  const name = document.createElement('span')
  name.className = 'truncate'
  name.textContent = file.name
  const size = document.createElement('span')
  size.className = 'muted num'
  size.textContent = `${Math.max(1, Math.round(file.size / 1024))} KB`
  const out = copyOf('.shut')
  out.removeAttribute('data-dismiss')
  out.setAttribute('aria-label', `${sentence('remove')} ${file.name}`)
  out.addEventListener('click', () => keep(input, [...input.files].filter(other => other !== file)))
  item.append(name, size, out)
  return item
}

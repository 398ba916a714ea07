// Files chosen, pasted or dropped anywhere on the page are uploaded at once, each with its progress; posting names their ids.
import { token } from '../requests.js'
import { copyOf, sentence } from '../sentences.js'

const list = form => form.querySelector('[data-attached]')
const lines = (form, state) => list(form).querySelectorAll(`li[data-state=${state}]`)
const composer = () => document.querySelector('dialog:modal') ? null : document.querySelector('[data-composer]')
const holdsFiles = event => event.dataTransfer?.types.includes('Files')

document.addEventListener('change', event => {
  if (!event.target.matches('[data-composer] [data-attach]')) return
  add(event.target.form, event.target.files)
  event.target.value = ''
})

document.addEventListener('paste', event => {
  const form = event.target.closest?.('[data-composer]') ?? (event.target.matches?.('input, textarea, [contenteditable]') ? null : composer())
  if (!form || !event.clipboardData?.files.length) return
  event.preventDefault()
  add(form, [...event.clipboardData.files].map(named))
})

// What was pasted is called image.png by every system: it gets a name and the time.
function named(file) {
  if (!/^image\.\w+$/.test(file.name)) return file
  const now = new Date()
  const stamp = new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16).replace('T', ' ').replace(':', '.')
  return new File([file], `${sentence('pasted')} ${stamp}.${file.name.split('.').pop()}`, { type: file.type })
}

// The veil over the page names who will read what is dropped.
let veil = null
function cover(form) {
  const side = form.querySelector('[name=audience]:checked')?.value
  const readers = form.querySelector(`.reads[data-for="${side}"] span`) ?? form.querySelector('.reads span')
  veil ??= Object.assign(document.createElement('div'), { className: 'veil' })
  veil.dataset.audience = side ?? form.dataset.audience
  veil.replaceChildren(...[sentence('drop'), readers.textContent].map(words => Object.assign(document.createElement('p'), { textContent: words })))
  document.body.append(veil)
}
const uncover = () => veil?.remove()

document.addEventListener('dragover', event => {
  const form = holdsFiles(event) && composer()
  if (!form) return
  event.preventDefault()
  if (!veil?.isConnected) cover(form)
})
document.addEventListener('dragleave', event => event.relatedTarget || uncover())
document.addEventListener('drop', event => {
  uncover()
  const form = holdsFiles(event) && composer()
  if (!form) return
  event.preventDefault()
  add(form, event.dataTransfer.files)
  form.scrollIntoView({ block: 'nearest' })
})

function add(form, files) {
  for (const file of files) {
    const item = line(form, file)
    list(form).append(item)
    upload(form, item, file)
  }
  list(form).hidden = !list(form).childElementCount
}

function line(form, file) {
  const item = document.createElement('li')
  const make = (tag, more) => Object.assign(document.createElement(tag), more)
  const name = make('span', { className: 'truncate', textContent: file.name })
  const size = make('span', { className: 'muted num', textContent: `${Math.max(1, Math.round(file.size / 1024))} KB` })
  const meter = make('progress', { className: 'meter', max: 100, value: 0 })
  meter.setAttribute('aria-label', `${sentence('uploading')} ${file.name}`)
  const again = make('button', { type: 'button', className: 'again', textContent: sentence('retry'), hidden: true })
  again.addEventListener('click', () => upload(form, item, file))
  const out = copyOf('.shut')
  out.removeAttribute('data-dismiss')
  out.setAttribute('aria-label', `${sentence('remove')} ${file.name}`)
  out.addEventListener('click', () => { item.request?.abort(); take(form, item) })
  item.append(name, size, meter, make('span', { className: 'why', role: 'status' }), again, out)
  return item
}

function take(form, item) {
  item.remove()
  list(form).hidden = !list(form).childElementCount
  goOn(form)
}

function upload(form, item, file) {
  const request = item.request = new XMLHttpRequest()
  const meter = item.querySelector('.meter')
  state(item, 'going')
  request.upload.addEventListener('progress', event => { meter.value = 100 * event.loaded / event.total })
  request.addEventListener('load', () => {
    if (request.status === 200) done(item, JSON.parse(request.responseText))
    else state(item, 'failed', words(request))
    goOn(form)
  })
  request.addEventListener('error', () => { state(item, 'failed', sentence('not-uploaded')); goOn(form) })
  request.open('POST', '/files')
  request.setRequestHeader('X-CSRF-Token', token())
  request.setRequestHeader('HX-Request', 'true')
  const body = new FormData()
  body.append('file', file, file.name)
  request.send(body)
}

function done(item, file) {
  state(item, 'done')
  item.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'file_ids', value: file.id }))
}

function state(item, now, why = '') {
  item.dataset.state = now
  item.querySelector('.meter').hidden = now !== 'going'
  item.querySelector('.again').hidden = now !== 'failed'
  item.querySelector('.why').textContent = why
}

// The server's own words, where it sent some.
function words(request) {
  const page = new DOMParser().parseFromString(request.responseText, 'text/html')
  const said = page.querySelector('[data-error] > p, .error span')?.textContent.trim()
  return said || sentence(request.status === 413 ? 'too-large' : 'failed')
}

// Posting waits for uploads that are under way, and stops at one that failed.
document.addEventListener('submit', event => {
  const form = event.target
  if (!form.matches('[data-composer]')) return
  const going = lines(form, 'going').length
  const failed = lines(form, 'failed')
  form.toggleAttribute('data-waits', going > 0)
  if (!going && !failed.length) return
  event.preventDefault()
  event.stopImmediatePropagation()
  if (!going) { say(form, sentence('unsent-files')); failed[0].querySelector('.again').focus() }
}, true)

function goOn(form) {
  if (!lines(form, 'failed').length) say(form, '')
  if (form.hasAttribute('data-waits') && !lines(form, 'going').length) form.requestSubmit()
}

function say(form, what) {
  const kept = form.querySelector('[data-kept]')
  kept.textContent = what
  kept.hidden = !what
}

document.addEventListener('concord:emptied', event => {
  list(event.target).replaceChildren()
  list(event.target).hidden = true
}, true)

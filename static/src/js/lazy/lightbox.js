// Pictures open large above the page: arrows lead to the others, Escape back. Without scripts they are downloads.
import { sentence } from '../sentences.js'

let box = null
let shown = null
const all = () => [...document.querySelectorAll('[data-picture]')].filter(link => link.checkVisibility())

document.addEventListener('click', event => {
  const link = event.target.closest('[data-picture]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
  event.preventDefault()
  open(link)
})

function open(link) {
  box ??= made()
  show(link)
  ;(document.querySelector('dialog:modal') ?? document.body).append(box)
  box.showModal()
}

function made() {
  const dialog = Object.assign(document.createElement('dialog'), { className: 'lightbox' })
  const picture = Object.assign(document.createElement('img'), { decoding: 'async' })
  const bar = document.createElement('footer')
  const name = Object.assign(document.createElement('span'), { className: 'truncate' })
  const load = Object.assign(document.createElement('a'), { className: 'btn', download: '', textContent: sentence('download') })
  const [back, on] = [button('←', 'previous', () => step(-1)), button('→', 'next', () => step(1))]
  back.dataset.step = on.dataset.step = ''
  bar.append(back, name, on, load, button('×', 'close', () => dialog.close()))
  dialog.append(picture, bar)
  dialog.addEventListener('click', event => event.target === dialog && dialog.close())
  dialog.addEventListener('close', () => shown?.focus())
  dialog.addEventListener('keydown', event => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!by) return
    event.preventDefault()
    event.stopPropagation()
    step(by)
  })
  return dialog
}

function button(words, label, act) {
  const made = Object.assign(document.createElement('button'), { type: 'button', className: 'btn', textContent: words, title: sentence(label) })
  made.setAttribute('aria-label', sentence(label))
  made.addEventListener('click', act)
  return made
}

function show(link) {
  shown = link
  const name = link.title || link.parentElement.querySelector('.truncate')?.textContent || ''
  Object.assign(box.querySelector('img'), { src: link.dataset.picture, alt: name })
  box.querySelector('footer span').textContent = name
  box.querySelector('footer a').href = link.href
  box.setAttribute('aria-label', name)
  for (const arrow of box.querySelectorAll('[data-step]')) arrow.hidden = all().length < 2
}

function step(by) {
  const others = all()
  show(others.at((others.indexOf(shown) + by + others.length) % others.length))
}

// What cannot be shown after all is offered by its name.
const broken = picture => picture.closest('.shot, .thumb')?.classList.add('broken')
document.addEventListener('error', event => event.target.matches?.('[data-picture] img') && broken(event.target), true)
for (const picture of document.querySelectorAll('[data-picture] img')) if (picture.complete && !picture.naturalWidth && picture.currentSrc) broken(picture)

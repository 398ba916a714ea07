// The palette: Ctrl/⌘ K or "/" opens it, arrows choose, Enter goes there. Letters that an input method is still composing are nobody's words yet.
import { ask, htmx, token } from '../requests.js'

const PAUSE = 90
const mac = /Mac|iPhone|iPad/.test(navigator.userAgent)

class Palette extends HTMLElement {
  connectedCallback() {
    const idle = window.requestIdleCallback ?? setTimeout
    idle(() => this.dressed())
  }

  open() {
    if (this.dialog) return
    this.append(this.querySelector('template').content.cloneNode(true))
    this.dialog = this.querySelector('dialog')
    this.input = this.dialog.querySelector('input')
    this.found = this.dialog.querySelector('.found')
    this.was = document.activeElement
    if (mac) this.dialog.querySelector('[data-ctrl]').textContent = '⌘'
    this.dialog.addEventListener('close', () => this.closed())
    this.dialog.addEventListener('keydown', event => this.pressed(event))
    this.dialog.addEventListener('click', event => this.clicked(event))
    for (const name of ['input', 'compositionend']) this.input.addEventListener(name, event => event.isComposing || this.soon())
    this.dressed().then(() => { this.dialog?.showModal(); this.input.focus() })
    this.look()
  }

  // Its style sheet comes when the page is quiet, or when it is first needed: what is typed meanwhile would be lost.
  dressed() {
    this.dressing ??= new Promise(done => {
      const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: this.dataset.sheet, onload: done, onerror: done })
      document.head.append(link)
    })
    return this.dressing
  }

  closed() {
    this.asking?.abort()
    clearTimeout(this.waiting)
    this.dialog.remove()
    this.dialog = undefined
    if (this.was?.isConnected) this.was.focus()
  }

  soon() {
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.look(), PAUSE)
  }

  async look() {
    this.asking?.abort()
    const asking = this.asking = new AbortController()
    const { dialog } = this
    dialog.ariaBusy = 'true'
    const answer = await ask(`${this.dataset.url}?q=${encodeURIComponent(this.input.value)}`, { signal: asking.signal }).catch(() => null)
    const text = answer?.ok ? await answer.text().catch(() => null) : null
    if (asking.signal.aborted || dialog !== this.dialog) return
    dialog.ariaBusy = 'false'
    if (answer?.status === 401) return location.reload()
    dialog.querySelector('[data-failed]').hidden = text !== null
    if (text === null) return
    this.found.innerHTML = text
    const { mode } = this.found.querySelector('[data-found]').dataset
    dialog.querySelector('[data-mode]').textContent = mode
    this.input.ariaExpanded = String(this.options.length > 0)
    const said = dialog.querySelector('[data-said]')
    said.textContent = this.options.length ? said.dataset.some : this.found.textContent.trim()
    this.choose(0)
  }

  get options() { return [...this.found.querySelectorAll('[role=option]')] }

  choose(at) {
    const { options } = this
    const chosen = options.at(at % (options.length || 1))
    for (const option of options) option.ariaSelected = String(option === chosen)
    if (chosen) this.input.setAttribute('aria-activedescendant', chosen.id)
    else this.input.removeAttribute('aria-activedescendant')
    if (at) chosen?.scrollIntoView({ block: 'nearest' })
    else this.found.scrollTop = 0
  }

  pressed(event) {
    if (event.isComposing || event.keyCode === 229) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const at = this.options.findIndex(option => option.ariaSelected === 'true')
    if (step) this.choose(at + step)
    else if (event.key === 'Enter' && event.target === this.input) this.go(this.options[at], event.ctrlKey || event.metaKey)
    else return
    event.preventDefault()
  }

  clicked(event) {
    const option = event.target.closest('[role=option]')
    if (!option || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    this.go(option)
  }

  go(option, aside = false) {
    if (!option) return
    const { href, dataset } = option
    if ('types' in dataset) return this.type(dataset.types)
    if (aside && 'peek' in dataset) return this.peek(dataset.peek)
    if (aside && !('sends' in dataset)) return window.open(href, '_blank', 'noopener')
    this.was = null
    this.dialog.close()
    if ('sends' in dataset) send(href, new URLSearchParams(dataset.sends))
    else if ('inDialog' in dataset) within('dialog', href)
    else location.assign(href)
  }

  // A tag is typed to its end: its records follow.
  type(words) {
    this.input.value = words
    this.input.focus()
    this.look()
  }

  peek(url) {
    this.dialog.close()
    within('sheet', url)
  }
}

function within(dialog, url) {
  htmx.ajax('GET', url, { source: document.body, target: document.getElementById(dialog), swap: 'innerHTML' })
}

function send(action, values) {
  const form = Object.assign(document.createElement('form'), { method: 'post', action, hidden: true })
  for (const [name, value] of [...values, ['next', location.pathname + location.search], ['csrf_token', token()]]) {
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  }
  document.body.append(form)
  form.submit()
}

customElements.define('concord-palette', Palette)
const palette = document.querySelector('concord-palette')

document.addEventListener('keydown', event => {
  if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return
  event.preventDefault()
  palette.open()
})

document.addEventListener('click', event => {
  const opener = event.target.closest('[data-palette]')
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  palette.open()
})

if (mac) for (const key of document.querySelectorAll('kbd[data-ctrl=K]')) key.textContent = '⌘K'

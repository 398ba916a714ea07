// A value that turns into its field on click or Enter, saves on Enter or leaving, and reverts on Escape.
customElements.define('inline-edit', class extends HTMLElement {
  static observedAttributes = ['open']

  connectedCallback() {
    if (this.ready) return
    this.ready = true
    this.addEventListener('click', event => event.target.closest('.value') && this.edit())
    this.addEventListener('keydown', event => this.key(event))
    this.addEventListener('focusout', event => this.contains(event.relatedTarget) || this.save())
    this.addEventListener('change', event => event.target.matches('select') && this.save())
    this.addEventListener('htmx:before:request', () => this.classList.add('busy'))
    this.addEventListener('htmx:finally:request', () => { this.classList.remove('busy'); this.sent = undefined; this.keep() })
    this.addEventListener('submit', () => { this.sent = this.field.value })
    this.addEventListener('htmx:before:swap', () => this.removeAttribute('hx-morph-skip'))
  }

  // Came back with a sentence beside the field: the answer is rendered open.
  attributeChangedCallback(name, before, now) { if (now !== null) queueMicrotask(() => this.field?.focus()) }

  get value() { return this.querySelector('.value') }
  get form() { return this.querySelector('form') }
  get field() { return this.form.querySelector('.input') }
  get original() { return this.form.querySelector('[name^="original."]').value }

  // What is being written stays when the part around it is loaded again; only its own answer replaces it.
  keep() { this.toggleAttribute('hx-morph-skip', !this.form.hidden) }

  edit() {
    this.form.reset()
    this.form.hidden = false
    this.keep()
    this.field.focus()
    this.value.hidden = true
    if (this.field.matches('input[type=text], input[type=tel], input[type=url], input[type=email], input[type=number]')) this.field.select()
  }

  revert() {
    this.form.reset()
    this.form.hidden = true
    this.value.hidden = false
    this.keep()
  }

  key(event) {
    if (event.isComposing || this.form.hidden) return
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); this.revert(); this.value.focus() }
    if (event.key === 'Enter' && (!this.field.matches('textarea') || event.ctrlKey || event.metaKey)) { event.preventDefault(); this.save() }
  }

  save() {
    if (this.form.hidden || this.sent === this.field.value) return
    if (this.field.value === this.original) return this.revert()
    this.form.requestSubmit()
  }
})

// htmx is set up in the layout's meta tag; here: the CSRF token, and what happens when no useful answer comes.
import htmx from 'htmx.org'
import { sentence } from './sentences.js'
import { toast } from './toasts.js'

export const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? ''

// An address of ours, asked for outside htmx; rejects only without a network.
export const ask = (url, options = {}) => fetch(url, {
  credentials: 'same-origin', ...options,
  headers: { 'HX-Request': 'true', 'X-CSRF-Token': token(), ...options.headers },
})

const BY_STATUS = { 401: 'signed-out', 403: 'forbidden', 404: 'gone', 410: 'gone', 413: 'too-large', 429: 'too-many' }

document.addEventListener('htmx:config:request', event => {
  const { request } = event.detail.ctx
  if (request.method !== 'GET') request.headers['X-CSRF-Token'] = token()
})

// A plain redirect after a change leads to a page; it must not end up inside a part of this one.
document.addEventListener('htmx:before:response', event => {
  const { raw } = event.detail.ctx.response
  if (!raw.redirected) return
  event.preventDefault()
  location.assign(raw.url)
})

document.addEventListener('htmx:error', event => {
  const { ctx } = event.detail
  if (ctx && !ctx.response && !ctx.sourceElement.closest('[data-composer]')) toast({ message: sentence('network'), tone: 'risk' })
})

// What is neither swapped nor a form's problem is said in a toast, in the server's own words where it sent some.
document.addEventListener('htmx:response:error', event => {
  const { ctx } = event.detail
  const { status, headers } = ctx.response
  if (status === 409 || status === 422 || headers.has('HX-Trigger') || headers.has('HX-Redirect')) return
  const said = new DOMParser().parseFromString(ctx.text, 'text/html').querySelector('[data-error] > p')?.textContent
  toast({ message: said || sentence(BY_STATUS[status] ?? 'failed'), tone: 'risk' })
})

export { htmx }

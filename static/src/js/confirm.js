// Questions of hx-confirm in a dialog of our own; what can be undone should not ask at all.
import { copyOf } from './sentences.js'

document.addEventListener('htmx:confirm', event => {
  const { ctx, issueRequest, dropRequest } = event.detail
  if (!ctx.confirm) return
  event.preventDefault()
  const box = copyOf('dialog')
  box.querySelector('p').textContent = ctx.confirm
  document.body.append(box)
  box.addEventListener('close', () => {
    if (box.returnValue === 'yes') issueRequest()
    else dropRequest()
    box.remove()
  })
  box.showModal()
})

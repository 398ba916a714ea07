// Recovery codes: copied and printed where the browser can.
import { toast } from '../toasts.js'

const show = () => {
  for (const button of document.querySelectorAll('[data-copy][hidden], [data-print][hidden]')) button.hidden = false
}

document.addEventListener('click', async event => {
  const copy = event.target.closest('[data-copy]')
  if (copy) {
    const lines = [...copy.form.querySelectorAll(`${copy.dataset.copy} li`)].map(line => line.textContent)
    await navigator.clipboard.writeText(lines.join('\n'))
    toast({ message: copy.dataset.done })
  }
  if (event.target.closest('[data-print]')) {
    document.body.classList.add('printing-codes')
    window.print()
    document.body.classList.remove('printing-codes')
  }
})

show()
document.addEventListener('htmx:after:swap', show)

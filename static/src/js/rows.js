// Rows of a form that can be added and taken out: the last one is the pattern of the next.
document.addEventListener('click', event => {
  const add = event.target.closest('[data-add-row]')
  const out = event.target.closest('[data-remove-row]')
  const rows = (add ?? out)?.closest('[data-rows]')
  if (!rows) return
  const all = [...rows.querySelectorAll('[data-row]')]
  if (add) append(rows, all.at(-1))
  else if (all.length > 1) out.closest('[data-row]').remove()
  else for (const field of all[0].querySelectorAll('input')) field.value = ''
})

function append(rows, last) {
  const row = last.cloneNode(true)
  const next = Number(last.dataset.row) + 1
  row.dataset.row = next
  for (const field of row.querySelectorAll('input')) {
    field.name = field.name.replace(/\.\d+\./, `.${next}.`)
    field.removeAttribute('aria-invalid')
    if (field.type !== 'date') field.value = ''
  }
  for (const line of row.querySelectorAll('[data-said]')) line.remove()
  last.after(row)
  row.querySelector('input').focus()
}

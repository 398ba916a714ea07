// Marks the words in which the two values differ from the original.
document.addEventListener('htmx:after:settle', event => {
  for (const row of event.target.querySelectorAll?.('.merge tbody tr') ?? []) {
    const texts = [...row.querySelectorAll('.opt > span')].map(span => span.lastChild)
    if (texts.length === 3 && texts.every(node => node.nodeType === Node.TEXT_NODE)) texts.slice(1).forEach(node => mark(node, texts[0].data))
  }
})

function mark(node, original) {
  const words = node.data.match(/[\p{Script=Han}]|[^\s\p{Script=Han}]+|\s+/gu) ?? []
  const before = original.match(/[\p{Script=Han}]|[^\s\p{Script=Han}]+|\s+/gu) ?? []
  let start = 0
  while (start < words.length && words[start] === before[start]) start++
  let end = 0
  while (end < words.length - start && end < before.length - start && words.at(-1 - end) === before.at(-1 - end)) end++
  const changed = words.slice(start, words.length - end).join('')
  if (!changed.trim()) return
  const ins = Object.assign(document.createElement('ins'), { textContent: changed })
  node.replaceWith(words.slice(0, start).join(''), ins, words.slice(words.length - end).join(''))
}

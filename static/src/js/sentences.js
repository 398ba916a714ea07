// What scripts say, in the reader's language: the layout carries the sentences in a template.
const template = document.getElementById('sentences')

export const sentence = name => template?.content.querySelector(`[data-sentence="${name}"]`)?.textContent ?? ''

export const copyOf = selector => template.content.querySelector(selector).cloneNode(true)

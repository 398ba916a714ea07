// A record opened from a list: previous and next go through that list in its order, with buttons and with J and K.
const typing = target => target.closest?.('input, textarea, select, [contenteditable], dialog, [popover]')
const place = document.querySelector('[data-behaviour~=along]')
const list = JSON.parse(sessionStorage.getItem('list') ?? 'null')
const at = list?.urls.indexOf(location.pathname) ?? -1

if (place && at >= 0) {
  place.hidden = false
  for (const [name, by] of [['[data-earlier]', -1], ['[data-later]', 1]]) {
    const link = place.querySelector(name)
    const url = list.urls[at + by]
    if (url) link.href = url
    else link.setAttribute('aria-disabled', 'true')
  }
  document.querySelector('.crumb a')?.setAttribute('href', list.back)
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return
    const url = list.urls[at + ({ j: 1, k: -1 }[event.key] ?? NaN)]
    if (url) location.assign(url)
  })
}

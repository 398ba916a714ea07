// Behaviours that few pages need, each loaded when something on the page asks for it: data-behaviour="name".
const parts = {
  account: () => import('./lazy/account.js'),
  onward: () => import('./lazy/onward.js'),
  passkeys: () => import('./lazy/passkeys.js'),
  inbox: () => import('./lazy/inbox.js'),
  push: () => import('./lazy/push.js'),
  palette: () => import('./lazy/palette.js'),
  uploads: () => import('./lazy/uploads.js'),
  lightbox: () => import('./lazy/lightbox.js'),
  along: () => import('./lazy/along.js'),
  board: () => import('./lazy/board.js'),
  lists: () => import('./lazy/lists.js'),
}
const loaded = new Set()

function look() {
  for (const element of document.querySelectorAll('[data-behaviour]')) {
    for (const name of element.dataset.behaviour.split(' ')) {
      if (loaded.has(name)) continue
      loaded.add(name)
      parts[name]?.()
    }
  }
}

look()
for (const name of ['htmx:after:swap', 'concord:merged']) document.addEventListener(name, look)

// A small app that does what the conformance specs ask of Electron, on the double as on the real one.
import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  nativeImage,
  Notification,
  powerMonitor,
  protocol,
  session,
  Tray,
} from 'electron'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

const env = process.env
/** What it refuses. */
const stays = (env['STAY'] ?? '').split(' ')
const say = (/** @type {unknown[]} */ ...words) =>
  appendFileSync(env['SAID'] ?? '', `${JSON.stringify(words)}\n`)

app.setPath('userData', env['USER_DATA'] ?? '')
if (!app.requestSingleInstanceLock()) {
  say('not the first')
  app.exit(0)
} else {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
  say('loaded', app.isReady())
  void app.whenReady().then(start)
}

for (const name of /** @type {const} */ (['before-quit', 'will-quit', 'quit'])) {
  app.on(/** @type {any} */ (name), (/** @type {any} */ event) => {
    say(name)
    if (stays.includes(name)) event.preventDefault()
  })
}
app.on('second-instance', (_event, argv) => say('second-instance', argv.includes('--again')))
app.on('web-contents-created', (_event, contents) => {
  contents.on('will-navigate', event => {
    say('will-navigate', event.url)
    event.preventDefault()
  })
  contents.setWindowOpenHandler(({ url }) => {
    say('window-open', url)
    return { action: 'deny' }
  })
})
if (stays.includes('window-all-closed')) app.on('window-all-closed', () => say('window-all-closed'))

const page = `<!doctype html><title>conformance</title><link rel="icon" href="data:,"><p>here</p>
<a id="away" href="https://away.example/">away</a><a id="tab" href="https://tab.example/" target="_blank">tab</a>
<script>window.inlineRan = true</script><script src="outside.js"></script>`

function start() {
  say('ready')
  protocol.handle('app', request => {
    const { pathname } = new URL(request.url)
    say('asked', request.method, request.url)
    if (pathname === '/outside.js') {
      return new globalThis.Response('window.outsideRan = true', {
        headers: { 'content-type': 'text/javascript' },
      })
    }
    if (pathname !== '/index.html') return new globalThis.Response('none', { status: 404 })
    const policy = "default-src 'none'; script-src 'self'"
    return new globalThis.Response(page, {
      headers: { 'content-type': 'text/html', 'content-security-policy': policy },
    })
  })
  if (env['PERMISSIONS'] === 'denied') {
    session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
    session.defaultSession.setPermissionCheckHandler(() => false)
  }
  ipcMain.handle('echo', (event, value) => {
    say('from', event.senderFrame?.url, event.senderFrame?.parent === null)
    return value
  })
  ipcMain.handle('fail', () => {
    throw new TypeError('no such thing')
  })
  powerMonitor.on('resume', () => say('resume'))
  const preload = join(import.meta.dirname, 'preload.cjs')
  const window = new BrowserWindow({
    width: 700,
    height: 500,
    x: 40,
    y: 30,
    show: false,
    webPreferences: { preload },
  })
  window.on('ready-to-show', () => say('ready-to-show'))
  window.on('close', event => {
    say('close')
    if (stays.includes('close')) event.preventDefault()
  })
  window.on('closed', () => say('closed'))
  window.webContents.on('render-process-gone', (_event, { reason }) =>
    say('gone', reason, window.isDestroyed()),
  )
  ipcMain.handle('tell', () => window.webContents.send('told', { at: 1 }))
  window.loadURL('app://musette/index.html').then(
    () => say('page loaded'),
    () => say('page not loaded'),
  )
  const tray = new Tray(nativeImage.createFromPath(env['TRAY_IMAGE'] ?? ''))
  tray.setToolTip('In sync')
  tray.on('click', () => say('tray clicked'))
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'First', click: () => say('first clicked') },
      { label: 'Second', enabled: false },
    ]),
  )
  const notification = new Notification({ title: 'Up', body: 'One ride' })
  notification.on('click', () => say('notification clicked'))
  notification.show()
}

// The main script that Electron gets in place of the app's: records what the app does, then loads it. Its counterpart
// for the double is double-controls.ts.
import electron, {
  app,
  BrowserWindow,
  dialog,
  Menu,
  nativeImage,
  Notification,
  powerMonitor,
  screen,
  shell,
  Tray,
} from 'electron'
import { basename } from 'node:path'
import { setImmediate } from 'node:timers'
import { pathToFileURL } from 'node:url'

/** @typedef {any} Any Electron's objects are reached around their types here. */
/** @typedef {import('./controls.ts').DesktopState} DesktopState */

/** @type {Any} */
const recorded = { opened: [], dialogs: [], outgoing: [], navigations: [], windowsAsked: [], calls: [] }
/** @type {import('./controls.ts').DialogAnswer[]} */
const answers = []
/** @type {Notification[]} */
const notifications = []
/** @type {Map<Tray, { image: string | null, toolTip: string, menu: Menu | null }>} */
const trays = new Map()
let lastImage = ''

/** @param {Any} object @param {string} name @param {(original: (...args: Any[]) => Any, self: Any, args: Any[]) => Any} change */
function wrap(object, name, change) {
  const original = object[name]
  object[name] = function (/** @type {Any[]} */ ...args) {
    return change(original.bind(this), this, args)
  }
}

/** @param {Tray} tray */
function seen(tray) {
  const known = trays.get(tray) ?? { image: lastImage, toolTip: '', menu: null }
  trays.set(tray, known)
  return known
}

wrap(nativeImage, 'createFromPath', (original, _self, [path]) => {
  lastImage = basename(path)
  return original(path)
})
wrap(Tray.prototype, 'setImage', (original, self, [image]) => {
  seen(self).image = lastImage
  return original(image)
})
wrap(Tray.prototype, 'setToolTip', (original, self, [text]) => {
  seen(self).toolTip = text
  return original(text)
})
wrap(Tray.prototype, 'setContextMenu', (original, self, [menu]) => {
  seen(self).menu = menu
  return original(menu)
})
wrap(Notification.prototype, 'show', (original, self) => {
  notifications.push(self)
  return original()
})
for (const name of ['openExternal', 'openPath', 'showItemInFolder']) {
  wrap(shell, name, (_original, _self, [target]) => {
    recorded.opened.push(`${name} ${target}`)
    return name === 'openPath' ? Promise.resolve('') : Promise.resolve()
  })
}
/** @param {string} kind @param {Any[]} args */
function show(kind, args) {
  recorded.dialogs.push({ kind, options: args.at(-1) })
  const place = answers.findIndex(answer => answer.kind === kind)
  return place === -1 ? null : (answers.splice(place, 1)[0] ?? null)
}
wrap(dialog, 'showOpenDialog', (_original, _self, args) => {
  const answer = show('open', args)
  return Promise.resolve({ canceled: answer === null, filePaths: answer?.paths ?? [] })
})
wrap(dialog, 'showSaveDialog', (_original, _self, args) => {
  const answer = show('save', args)
  return Promise.resolve({ canceled: answer === null, filePath: answer?.paths[0] ?? '' })
})
wrap(dialog, 'showMessageBox', (_original, _self, args) =>
  Promise.resolve({
    response: show('message', args)?.button ?? args.at(-1).cancelId ?? 0,
    checkboxChecked: false,
  }),
)
wrap(
  dialog,
  'showErrorBox',
  (_original, _self, [message, detail]) => void show('error', [{ message, detail }]),
)

app.on('web-contents-created', (_event, contents) => {
  contents.on('will-navigate', event => {
    setImmediate(() => recorded.navigations.push({ url: event.url, isPrevented: event.defaultPrevented }))
  })
  wrap(contents, 'setWindowOpenHandler', (original, _self, [handler]) =>
    original((/** @type {Any} */ details) => {
      const answer = handler(details)
      recorded.windowsAsked.push({ url: details.url, action: answer.action })
      return answer
    }),
  )
  contents.session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] },
    (details, answer) => {
      recorded.outgoing.push(details.url)
      answer({ cancel: true })
    },
  )
})

/** @param {Menu | null} menu @returns {import('./controls.ts').MenuLine[]} */
const lines = menu =>
  (menu?.items ?? []).map(item => ({
    label: item.label,
    isEnabled: item.enabled,
    isSeparator: item.type === 'separator',
    below: lines(item.submenu ?? null),
  }))

/** @returns {DesktopState} */
function state() {
  return {
    windows: BrowserWindow.getAllWindows().map(window => ({
      isVisible: window.isVisible(),
      isMinimized: window.isMinimized(),
      isMaximized: window.isMaximized(),
      isFocused: window.isFocused(),
      bounds: window.getNormalBounds(),
      url: window.webContents.getURL(),
      title: window.getTitle(),
      webPreferences: /** @type {Any} */ (window.webContents).getLastWebPreferences(),
    })),
    trays: [...trays.values()].map(({ image, toolTip, menu }) => ({ image, toolTip, menu: lines(menu) })),
    applicationMenu: lines(Menu.getApplicationMenu()),
    notifications: notifications.map(({ title, body }) => ({ title, body })),
    ...recorded,
  }
}

const window = () => {
  const [first] = BrowserWindow.getAllWindows()
  if (first === undefined) throw new Error('there is no window 0')
  return first
}
/** @type {import('./controls.ts').Controls & { readonly state: () => DesktopState }} */
const controls = {
  state,
  clickTray: () => void [...trays.keys()][0]?.emit('click'),
  clickTrayMenu(label) {
    const items = [...trays.values()].flatMap(({ menu }) => menu?.items ?? [])
    const item = items.flatMap(one => [one, ...(one.submenu?.items ?? [])]).find(one => one.label === label)
    if (item === undefined) throw new Error(`no "${label}" in the tray`)
    if (!item.enabled) throw new Error(`"${label}" cannot be clicked`)
    item.click()
  },
  clickNotification: place => void notifications[place]?.emit('click'),
  power: event => void powerMonitor.emit(event),
  setOnline: isOnline => void (electron.net.isOnline = () => isOnline),
  setDark: isDark => void (electron.nativeTheme.themeSource = isDark ? 'dark' : 'light'),
  setScreens(areas) {
    /** @type {Any} */
    const anyScreen = screen
    anyScreen.getAllDisplays = () => areas.map(workArea => ({ workArea }))
  },
  answerDialog: answer => void answers.push(answer),
  closeWindow: () => window().close(),
  moveWindow: bounds => window().setBounds(bounds),
  crashPage: () => window().webContents.forcefullyCrashRenderer(),
  loadPage: url => void window().loadURL(url),
  quit: () => app.quit(),
}
/** @type {Any} */
const holder = globalThis
holder.desktopControl = (/** @type {keyof typeof controls} */ name, /** @type {Any[]} */ args) => {
  try {
    return { id: 0, value: /** @type {Any} */ (controls[name])(...args) }
  } catch (error) {
    return { id: 0, failure: String(error) }
  }
}

await import(pathToFileURL(process.env['MUSETTE_MAIN'] ?? '').href)

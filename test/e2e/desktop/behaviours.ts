/** What the double imitates, and where Electron's documentation says so. conformance.test.ts has one spec for each. */
export const behaviours = {
  schemesBeforeReady: {
    says: 'registerSchemesAsPrivileged must come before `ready`, which comes after the whole main script',
    docs: 'https://www.electronjs.org/docs/latest/api/protocol#protocolregisterschemesasprivilegedcustomschemes',
  },
  schemeHandler: {
    says: 'protocol.handle answers a web Request with a web Response, and its headers count',
    docs: 'https://www.electronjs.org/docs/latest/api/protocol#protocolhandlescheme-handler',
  },
  readyToShow: {
    says: 'a window made with `show: false` stays hidden and tells `ready-to-show`',
    docs: 'https://www.electronjs.org/docs/latest/api/browser-window#showing-the-window-gracefully',
  },
  bounds: {
    says: 'a window lies where its options say',
    docs: 'https://www.electronjs.org/docs/latest/api/browser-window#new-browserwindowoptions',
  },
  isolation: {
    says: 'the page sees neither the preload script’s world, nor `require`, nor `process`',
    docs: 'https://www.electronjs.org/docs/latest/tutorial/context-isolation',
  },
  bridge: {
    says: 'exposeInMainWorld copies and freezes data, and passes functions and promises on',
    docs: 'https://www.electronjs.org/docs/latest/api/context-bridge#api',
  },
  invoke: {
    says: 'ipcRenderer.invoke carries structured clones, and refuses what cannot be cloned',
    docs: 'https://www.electronjs.org/docs/latest/api/ipc-renderer#ipcrendererinvokechannel-args',
  },
  invokeFailure: {
    says: 'a handler’s error arrives as its message only; a channel without handler rejects',
    docs: 'https://www.electronjs.org/docs/latest/api/ipc-main#ipcmainhandlechannel-listener',
  },
  senderFrame: {
    says: 'a request names the frame it comes from, with its address, whatever page is loaded',
    docs: 'https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages',
  },
  send: {
    says: 'webContents.send reaches listeners in the page until they are removed',
    docs: 'https://www.electronjs.org/docs/latest/api/web-contents#contentssendchannel-args',
  },
  willNavigate: {
    says: 'will-navigate tells of a link in the page and can refuse it; loadURL does not raise it',
    docs: 'https://www.electronjs.org/docs/latest/api/web-contents#event-will-navigate',
  },
  windowOpen: {
    says: 'setWindowOpenHandler is asked for window.open and target=_blank; after `deny` no window is there',
    docs: 'https://www.electronjs.org/docs/latest/api/web-contents#contentssetwindowopenhandlerhandler',
  },
  permissionsDenied: {
    says: 'permissions that the handlers refuse are refused in the page',
    docs: 'https://www.electronjs.org/docs/latest/api/session#sessetpermissionrequesthandlerhandler',
  },
  permissionsByDefault: {
    says: 'without handlers every permission is granted',
    docs: 'https://www.electronjs.org/docs/latest/tutorial/security#5-handle-session-permission-requests-from-remote-content',
  },
  crash: {
    says: 'render-process-gone tells of a crashed page; the window and the main process live on',
    docs: 'https://www.electronjs.org/docs/latest/api/web-contents#event-render-process-gone',
  },
  closeRefused: {
    says: '`close` can be refused, and the window stays',
    docs: 'https://www.electronjs.org/docs/latest/api/browser-window#event-close',
  },
  quitOrder: {
    says: 'quit asks in order: before-quit, close of each window, will-quit, and ends with quit and code 0',
    docs: 'https://www.electronjs.org/docs/latest/api/app#appquit',
  },
  quitRefused: {
    says: 'before-quit can be refused, and nothing closes',
    docs: 'https://www.electronjs.org/docs/latest/api/app#event-before-quit',
  },
  lastWindow: {
    says: 'with a listener for window-all-closed the app lives on without windows',
    docs: 'https://www.electronjs.org/docs/latest/api/app#event-window-all-closed',
  },
  lastWindowByDefault: {
    says: 'without such a listener it quits',
    docs: 'https://www.electronjs.org/docs/latest/api/app#event-window-all-closed',
  },
  singleInstance: {
    says: 'a second instance gets no lock, and the first one its arguments',
    docs: 'https://www.electronjs.org/docs/latest/api/app#apprequestsingleinstancelockadditionaldata',
  },
  lockFreed: {
    says: 'the lock of a killed instance does not hold the next one up',
    docs: 'https://www.electronjs.org/docs/latest/api/app#apprequestsingleinstancelockadditionaldata',
  },
  tray: {
    says: 'a tray tells of clicks, and its menu runs what was clicked',
    docs: 'https://www.electronjs.org/docs/latest/api/tray',
  },
  notification: {
    says: 'a notification that was shown tells of a click',
    docs: 'https://www.electronjs.org/docs/latest/api/notification#event-click',
  },
  power: {
    says: 'powerMonitor tells of the end of sleep',
    docs: 'https://www.electronjs.org/docs/latest/api/power-monitor#event-resume',
  },
} as const satisfies Record<string, { readonly says: string; readonly docs: string }>

export type Behaviour = keyof typeof behaviours

/** What runs over the double and still proves nothing about Electron. */
export const notProved = [
  [
    'Scheme privileges',
    'https under another name stands in for `app://`; which privileges are given is asserted in a unit test only',
  ],
  ['Fuses', 'they are bits in Electron’s own binary; the packaging configuration is read, not run'],
  ['Sandbox', 'Chromium runs without its process sandbox in tests; the option is asserted'],
  ['asar', 'nothing is packed; files are read from the build folder'],
  ['How a tray is drawn', 'the image’s name is seen, not the panel; the images themselves have a test'],
  ['Login items of Windows and macOS', 'calls are asserted in unit tests; on Linux the real file is'],
  ['node:sqlite inside Electron', 'Node’s own is used; Electron brings another build of it'],
  ['keytar inside Electron', 'the same native file is loaded into Node'],
  [
    'The moment of a permission’s question',
    'handlers are asked when a page is opened, not when it wants something',
  ],
  ['The value of a denied window.open', 'a window that is closed at once, where Electron answers null'],
  [
    'Values that JSON does not know',
    'structured clones with a Date, Map or bytes are refused by the double, not carried',
  ],
  ['Windows and macOS', 'menus of the application, the dock, taskbar and session end are never seen'],
  ['Downloads, webviews, drag and drop', 'the listeners are there; nothing raises them'],
] as const

/** docs/electron-double.md. */
export function renderDoubleTable(): string {
  const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    '# What stands in for Electron in tests',
    '',
    'Made by `node test/e2e/desktop/write-double-table.ts`; a test holds it. The desktop specs run the built main, preload',
    'and window bundles with `test/electron-double/` in place of the `electron` module and Chromium as the window. Where',
    'Electron’s runtime is installed the same specs run on it.',
    '',
    '## What it imitates',
    '',
    'Each line has one spec in `test/e2e/desktop/conformance.test.ts`.',
    '',
    row('behaviour', 'Electron’s documentation'),
    row('---', '---'),
    ...Object.values(behaviours).map(({ says, docs }) => row(says, docs)),
    '',
    '## What it cannot prove',
    '',
    row('thing', 'why'),
    row('---', '---'),
    ...notProved.map(([thing, why]) => row(thing, why)),
    '',
  ].join('\n')
}

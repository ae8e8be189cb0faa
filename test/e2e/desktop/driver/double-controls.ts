import { theApp } from '../../../electron-double/app.ts'
import { windows, type DoubleWindow } from '../../../electron-double/browser-window.ts'
import { answers, recorded } from '../../../electron-double/recorded.ts'
import { notifications, powerMonitor, surroundings, theme } from '../../../electron-double/system.ts'
import { clickItem, shownMenus, trays, type DoubleMenu } from '../../../electron-double/tray.ts'
import type { ControlCall, ControlReply, Controls, DesktopState, MenuLine } from './controls.ts'

type Item = DoubleMenu['items'][number]
const below = ({ submenu }: Item): readonly Item[] => (Array.isArray(submenu) ? submenu : [])

const lines = (items: readonly Item[]): MenuLine[] =>
  items.map(item => ({
    label: item.label ?? (item.role === undefined ? '' : `(${item.role})`),
    isEnabled: item.enabled ?? true,
    isSeparator: item.type === 'separator',
    below: lines(below(item)),
  }))

/** All that a test can see of the app from outside its windows. */
function state(): DesktopState {
  return {
    windows: windows.map(describeWindow),
    trays: trays.map(({ image, toolTip, menu }) => ({
      image: image.isEmpty() ? null : image.name,
      toolTip,
      menu: lines(menu?.items ?? []),
    })),
    applicationMenu: lines(shownMenus.application?.items ?? []),
    notifications: notifications.map(({ options: { title = '', body = '' } }) => ({ title, body })),
    ...structuredClone(recorded),
  }
}

function describeWindow(window: DoubleWindow) {
  return {
    isVisible: window.isVisible(),
    isMinimized: window.isMinimized(),
    isMaximized: window.isMaximized(),
    isFocused: window.isFocused(),
    bounds: window.getNormalBounds(),
    url: window.contents.getURL(),
    title: window.options.title ?? '',
    webPreferences: window.options.webPreferences ?? {},
  }
}

function find<T>(list: readonly T[], place: number, what: string): T {
  const found = list[place]
  if (found === undefined) throw new Error(`there is no ${what} ${place}`)
  return found
}

/** What the test process can do to the app: each is what a person or the system could do. */
const controls: Controls & { readonly state: () => DesktopState } = {
  state,
  clickTray: () => void find(trays, 0, 'tray').emit('click'),
  clickTrayMenu(label) {
    const items = (trays[0]?.menu?.items ?? []).flatMap(one => [one, ...below(one)])
    const item = items.find(one => one.label === label)
    if (item === undefined)
      throw new Error(`no "${label}" in the tray: ${items.map(one => one.label).join(' | ')}`)
    if (item.enabled === false) throw new Error(`"${label}" cannot be clicked`)
    clickItem(item)
  },
  clickNotification: place => void find(notifications, place, 'notification').emit('click'),
  power: event => void powerMonitor.emit(event),
  setOnline: isOnline => void (surroundings.isOnline = isOnline),
  setDark(isDark) {
    surroundings.isDark = isDark
    theme.emit('updated')
  },
  setScreens: workAreas => void (surroundings.workAreas = workAreas),
  answerDialog: answer => void answers.push(answer),
  closeWindow: () => find(windows, 0, 'window').close(),
  moveWindow: bounds => find(windows, 0, 'window').setBounds(bounds),
  crashPage: () => void find(windows, 0, 'window').contents.crash(),
  loadPage: url =>
    void find(windows, 0, 'window')
      .loadURL(url)
      .catch(() => undefined),
  quit: () => theApp.quit(),
}

/** Serves the channel; without its other end the app has nobody left and ends. */
export function serveControls(): void {
  if (!process.connected) return
  const reply = (answer: ControlReply): void => void process.send?.(answer)
  process.on('message', (message: ControlCall) => {
    const { id, name, args } = message
    // Names and arguments are checked where the driver makes the call.
    const control = controls[name] as (...args: readonly unknown[]) => unknown
    void Promise.resolve()
      .then(() => control(...args))
      .then(
        value => reply({ id, value }),
        (error: unknown) => reply({ id, failure: String(error) }),
      )
  })
  process.once('disconnect', () => theApp.exit(1))
}

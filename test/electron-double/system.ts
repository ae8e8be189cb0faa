import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { answers, recorded } from './recorded.ts'
import { refuseUnknown, strict } from './strict.ts'

/** What surrounds the app; the test changes it. */
export const surroundings = {
  isOnline: true,
  isDark: false,
  workAreas: [{ x: 0, y: 0, width: 1920, height: 1080 }] as readonly Electron.Rectangle[],
}

export const screen = strict('screen', {
  getAllDisplays: (): Pick<Electron.Display, 'workArea'>[] =>
    surroundings.workAreas.map(workArea => strict('display', { workArea })),
})
export const powerMonitor = strict('powerMonitor', new EventEmitter())
export const net = strict('net', { isOnline: () => surroundings.isOnline } satisfies Pick<
  Electron.Net,
  'isOnline'
>)

class DoubleTheme extends EventEmitter {
  #source: Electron.NativeTheme['themeSource'] = 'system'
  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? surroundings.isDark : this.#source === 'dark'
  }
  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return surroundings.isDark
  }
  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source
  }
  set themeSource(source) {
    this.#source = source
    this.emit('updated')
  }
}
export const theme = new DoubleTheme() satisfies Pick<
  Electron.NativeTheme,
  Exclude<keyof DoubleTheme, keyof EventEmitter>
>
export const nativeTheme = strict('nativeTheme', theme)

const call = (text: string): number => recorded.opened.push(text)
export const shell = strict('shell', {
  openExternal: url => Promise.resolve(call(`openExternal ${url}`)).then(() => undefined),
  openPath: path => Promise.resolve(call(`openPath ${path}`)).then(() => ''),
  showItemInFolder: path => void call(`showItemInFolder ${path}`),
} satisfies Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder'>)

/** A dialog belongs to a window or to none: the options are the last argument. */
function show(kind: (typeof answers)[number]['kind'], args: readonly unknown[]) {
  recorded.dialogs.push({ kind, options: structuredClone(args.at(-1)) as object }) // typed where the app calls it
  const place = answers.findIndex(answer => answer.kind === kind)
  return place === -1 ? null : (answers.splice(place, 1)[0] ?? null)
}

export const dialog = strict('dialog', {
  showOpenDialog(...args: readonly unknown[]): Promise<Electron.OpenDialogReturnValue> {
    const answer = show('open', args)
    return Promise.resolve({ canceled: answer === null, filePaths: [...(answer?.paths ?? [])] })
  },
  showSaveDialog(...args: readonly unknown[]): Promise<Electron.SaveDialogReturnValue> {
    const answer = show('save', args)
    return Promise.resolve({ canceled: answer === null, filePath: answer?.paths[0] ?? '' })
  },
  showMessageBox(...args: readonly unknown[]): Promise<Electron.MessageBoxReturnValue> {
    const { cancelId = 0 } = args.at(-1) as Electron.MessageBoxOptions // typed where the app calls it
    return Promise.resolve({ response: show('message', args)?.button ?? cancelId, checkboxChecked: false })
  },
  showErrorBox: (message, detail) => void show('error', [{ message, detail }]),
} satisfies Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'>)

export const notifications: DoubleNotification[] = []

class DoubleNotification extends EventEmitter {
  readonly options: Electron.NotificationConstructorOptions
  constructor(...[options = {}]: ConstructorParameters<typeof Electron.Notification>) {
    super()
    refuseUnknown('Notification option', options, ['title', 'body', 'silent', 'actions'])
    this.options = options
    return strict('Notification', this)
  }
  static isSupported: (typeof Electron.Notification)['isSupported'] = () => true
  show(): void {
    notifications.push(this)
    this.emit('show')
  }
}
export const Notification = strict('Notification', DoubleNotification)

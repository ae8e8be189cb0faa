import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { makeEvent, refuseUnknown, strict } from './strict.ts'
import { surroundings } from './system.ts'
import { DoubleWebContents } from './web-contents.ts'

const knownOptions =
  'width height x y minWidth minHeight title show backgroundColor autoHideMenuBar webPreferences'.split(' ')
const knownPreferences = (
  'preload contextIsolation sandbox nodeIntegration nodeIntegrationInWorker nodeIntegrationInSubFrames webSecurity ' +
  'allowRunningInsecureContent experimentalFeatures enableBlinkFeatures webviewTag plugins navigateOnDragDrop ' +
  'devTools spellcheck'
).split(' ')

type Hooks = { made: (contents: DoubleWebContents) => void; allClosed: () => void }
/** Called with each window that is made, and when the last one is gone. */
export const windowHooks: Hooks = { made: () => undefined, allClosed: () => undefined }
export const windows: DoubleWindow[] = []

export class DoubleWindow extends EventEmitter {
  readonly contents: DoubleWebContents
  readonly webContents: Electron.WebContents
  readonly options: Electron.BrowserWindowConstructorOptions
  #bounds: Electron.Rectangle
  #isVisible: boolean
  #isFocused = false
  #place: 'normal' | 'minimized' | 'maximized' = 'normal'
  #isDestroyed = false

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    const { webPreferences = {}, width = 800, height = 600, show = true } = options
    refuseUnknown('BrowserWindow option', options, knownOptions)
    refuseUnknown('webPreferences', webPreferences, knownPreferences)
    const { contextIsolation = true, sandbox = true, nodeIntegration = false } = webPreferences
    // The page here is isolated and without Node whatever is asked for, so nothing else may be asked for.
    if (!contextIsolation || !sandbox || nodeIntegration) {
      throw new Error('the Electron double models safe windows only')
    }
    this.options = options
    const [area] = surroundings.workAreas
    const middle = (start = 0, length = 0, own = 0): number => Math.round(start + (length - own) / 2)
    const { x = middle(area?.x, area?.width, width), y = middle(area?.y, area?.height, height) } = options
    this.#bounds = { x, y, width, height }
    this.#isVisible = show
    this.contents = new DoubleWebContents(webPreferences.preload ?? null, { width, height })
    this.webContents = this.contents.face
    this.contents.once('did-finish-load', () => this.emit('ready-to-show'))
    windows.push(this)
    windowHooks.made(this.contents)
    // The app sees only what is modelled.
    return strict('BrowserWindow', this)
  }

  loadURL = (url: string): Promise<void> => this.contents.loadURL(url)
  isDestroyed = (): boolean => this.#isDestroyed
  isVisible = (): boolean => this.#isVisible && this.#place !== 'minimized'
  isMinimized = (): boolean => this.#place === 'minimized'
  isMaximized = (): boolean => this.#place === 'maximized'
  isFullScreen = (): boolean => false
  isFocused = (): boolean => this.#isFocused
  getNormalBounds = (): Electron.Rectangle => ({ ...this.#bounds })
  setBackgroundColor = (colour: string): void => void (this.options.backgroundColor = colour)

  show(): void {
    this.#isVisible = true
    this.emit('show')
    this.focus()
  }
  hide(): void {
    this.#isVisible = this.#isFocused = false
    this.emit('hide')
  }
  focus(): void {
    this.#isFocused = this.isVisible()
  }
  minimize(): void {
    this.#place = 'minimized'
    this.#isFocused = false
    this.emit('minimize')
  }
  restore(): void {
    this.#place = 'normal'
    this.emit('restore')
  }
  maximize(): void {
    this.#place = 'maximized'
    this.#isVisible = true
    this.emit('maximize')
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    void this.contents.resize(this.#bounds)
  }
  close(): void {
    const event = makeEvent({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }
  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    windows.splice(windows.indexOf(this), 1)
    this.contents.destroy()
    this.emit('closed')
    if (windows.length === 0) windowHooks.allClosed()
  }
}

type Checked = Exclude<keyof DoubleWindow, keyof EventEmitter | 'contents' | 'options'>
/** Holds the double to Electron's own types: a member with another shape does not compile. */
export const BrowserWindow: new (
  ...options: ConstructorParameters<typeof Electron.BrowserWindow>
) => Pick<Electron.BrowserWindow, Checked> = strict('BrowserWindow', DoubleWindow)

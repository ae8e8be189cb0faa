import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import type { WindowEvent } from '../../../shared/ipc-contract.ts'
import type { Log } from '../../sync/ports/log.ts'
import type { DesktopState } from '../parse-desktop-state.ts'
import { pageAddress } from './app-scheme.ts'
import { countCrash } from './crash-limit.ts'
import { tellPage } from './ipc.ts'
import { placeWindow, type Place } from './place-window.ts'
import { paperColour, smallestWindow, windowOptions } from './window-options.ts'

/** What of Electron's window this uses. */
export type HostWindow = Pick<
  BrowserWindow,
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'focus'
  | 'minimize'
  | 'restore'
  | 'maximize'
  | 'destroy'
  | 'isDestroyed'
  | 'isMinimized'
  | 'isMaximized'
  | 'isVisible'
  | 'isFullScreen'
  | 'setFullScreen'
  | 'getNormalBounds'
  | 'setBounds'
  | 'setBackgroundColor'
  | 'on'
  | 'once'
> & { readonly webContents: Pick<BrowserWindow['webContents'], 'send' | 'on'> }

export interface MainWindowDeps<W extends HostWindow = HostWindow> {
  build(options: BrowserWindowConstructorOptions): W
  readonly preload: string
  readonly isPackaged: boolean
  isDark(): boolean
  /** The screens' work areas, the first one first. */
  workAreas(): readonly Place[]
  savedPlace(): DesktopState['window']
  keepPlace(window: DesktopState['window']): void
  /** Whether a hidden window could be called back from a tray. */
  hasTray(): Promise<boolean>
  /** After the window was closed: where it went. */
  onClosed(went: 'hidden' | 'minimized'): void
  onVisible(isVisible: boolean): void
  /** The page crashed too often to be shown again. */
  onGivenUp(): void
  /** The system is ending the user's session. */
  onSessionEnd(): void
  monotonic(): number
  readonly log: Log
}

/** The one window. Closing hides it; the engine never depends on it. */
export class MainWindow<W extends HostWindow = HostWindow> {
  readonly #deps: MainWindowDeps<W>
  #window: W | null = null
  #isReady = false
  #isWanted = false
  #isQuitting = false
  /** The page listens before it asks: with its first question it is known to hear. */
  #isHearing = false
  #unheard: WindowEvent | null = null
  #crashes: readonly number[] = []

  constructor(deps: MainWindowDeps<W>) {
    this.#deps = deps
  }

  /** The window, for dialogs that belong to it; null while there is none. */
  get window(): W | null {
    return this.#window
  }

  /** Brings the window up, and builds it where there is none. */
  show(): void {
    this.#isWanted = true
    const window = (this.#window ??= this.#build())
    if (!this.#isReady) return
    if (window.isMinimized()) window.restore()
    if (!window.isVisible()) this.#bringOntoScreen(window)
    window.show()
    window.focus()
    this.#deps.onVisible(true)
  }

  /** Tells the page; one that cannot hear yet is told the last wish when it can, and asks for the rest itself. */
  tell(event: WindowEvent): void {
    if (this.#window !== null && !this.#window.isDestroyed() && this.#isHearing) {
      tellPage(this.#window.webContents, event)
    } else if (event.kind === 'show') this.#unheard = event
  }

  /** The page has asked for something, so it listens. */
  pageIsListening(): void {
    this.#isHearing = true
    const unheard = this.#unheard
    this.#unheard = null
    if (unheard !== null) this.tell(unheard)
  }

  /** The paper behind the page follows the theme. */
  recolour(): void {
    this.#window?.setBackgroundColor(paperColour(this.#deps.isDark()))
  }

  /** Remembers the window's place and lets it close from now on. */
  prepareToQuit(): void {
    this.#isQuitting = true
    this.#keepPlace()
  }

  #build(): W {
    const deps = this.#deps
    const saved = deps.savedPlace()
    const place = placeWindow(saved?.place ?? null, deps.workAreas(), smallestWindow)
    const { preload, isPackaged } = deps
    const window = deps.build(windowOptions({ preload, isPackaged, isDark: deps.isDark(), place }))
    this.#isReady = false
    this.#isHearing = false
    window.on('ready-to-show', () => {
      if (this.#window !== window) return
      this.#isReady = true
      if (saved?.isMaximized === true && this.#isWanted) window.maximize()
      if (this.#isWanted) this.show()
    })
    window.on('close', event => {
      if (this.#isQuitting) return
      event.preventDefault()
      void this.#putAway(window)
    })
    window.on('closed', () => {
      if (this.#window === window) this.#window = null
    })
    window.on('unresponsive', () => {
      deps.log('warn', 'the window does not answer')
    })
    window.on('responsive', () => {
      deps.log('info', 'the window answers again')
    })
    window.on('session-end', () => {
      deps.onSessionEnd()
    })
    window.webContents.on('render-process-gone', (_event, details) => {
      this.#rebuild(window, details.reason, details.exitCode)
    })
    window.loadURL(pageAddress).catch((error: unknown) => {
      deps.log('error', 'the window could not be loaded', { why: String(error) })
    })
    return window
  }

  async #putAway(window: HostWindow): Promise<void> {
    this.#keepPlace()
    // Without a tray a hidden window would be out of reach.
    const hasTray = await this.#deps.hasTray().catch(() => false)
    if (window.isDestroyed() || this.#isQuitting) return
    this.#isWanted = false
    if (hasTray) this.#hide(window)
    else window.minimize()
    if (hasTray) this.#deps.onVisible(false)
    this.#deps.onClosed(hasTray ? 'hidden' : 'minimized')
  }

  /** macOS leaves a black screen behind where a full-screen window is hidden. */
  #hide(window: HostWindow): void {
    if (!window.isFullScreen()) {
      window.hide()
      return
    }
    window.once('leave-full-screen', () => {
      if (!this.#isWanted) window.hide()
    })
    window.setFullScreen(false)
  }

  /** The screen that a hidden window lay on may have gone since. */
  #bringOntoScreen(window: HostWindow): void {
    if (window.isMaximized()) return
    const { x, y, width, height } = window.getNormalBounds()
    const place = placeWindow({ x, y, width, height }, this.#deps.workAreas(), smallestWindow)
    if (place === null) return
    const hasMoved = place.x !== x || place.y !== y || place.width !== width || place.height !== height
    if (hasMoved) window.setBounds(place)
  }

  #keepPlace(): void {
    const window = this.#window
    if (window === null || window.isDestroyed() || !this.#isReady) return
    const { x, y, width, height } = window.getNormalBounds()
    this.#deps.keepPlace({ place: { x, y, width, height }, isMaximized: window.isMaximized() })
  }

  /** The page's process is gone; the engine is not. Builds the window again, unless it keeps crashing. */
  #rebuild(window: HostWindow, reason: string, exitCode: number): void {
    if (this.#window !== window || this.#isQuitting) return
    this.#deps.log('error', 'the window crashed', { reason, exitCode })
    this.#keepPlace()
    const wasShown = this.#isWanted
    this.#window = null
    this.#isReady = false
    window.destroy()
    const { crashes, isWorthAnotherTry } = countCrash(this.#crashes, this.#deps.monotonic())
    this.#crashes = crashes
    if (!isWorthAnotherTry) {
      this.#isWanted = false
      this.#deps.onVisible(false)
      this.#deps.onGivenUp()
      return
    }
    // Out of sight it waits until somebody wants it.
    if (wasShown) this.show()
  }
}

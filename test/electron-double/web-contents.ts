import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type * as Electron from 'electron'
import type { CDPSession, Page, Request as PageRequest, Route } from 'playwright-core'
import { browser, fromChromium, toChromium } from './chromium.ts'
import { invoke } from './ipc-main.ts'
import { bridgeEnd, preloadElectron } from './page-worlds.js'
import { recorded } from './recorded.ts'
import { applyPermissions, askScheme, schemes } from './session.ts'
import { makeEvent, strict } from './strict.ts'
import { decode, encode } from './wire.ts'

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0]
type Size = Pick<Electron.Rectangle, 'width' | 'height'>
type Frame = { url: string; readonly parent: Frame | null }
/** Written by page-worlds.js alone. */
type Message = { readonly id: number; readonly channel: string; readonly args: readonly unknown[] }

const preloadWorld = 'Electron Isolated Context'

/** A page in Chromium, as the main process sees it. */
export class DoubleWebContents extends EventEmitter {
  /** The strict face of this, which the app gets. */
  readonly face: Electron.WebContents
  readonly #preload: string | null
  readonly #frames = new Map<string, Frame>()
  readonly #contexts = new Map<number, { readonly frameId: string; readonly name: string }>()
  readonly #secret = `double${randomBytes(12).toString('hex')}`
  #opened: Promise<{ readonly page: Page; readonly cdp: CDPSession }> | null = null
  #openHandler: OpenHandler | null = null
  #loading: string | null = null
  #isDestroyed = false
  #size: Size

  constructor(preload: string | null, size: Size) {
    super()
    this.#size = size
    this.#preload = preload
    // The app gets what is modelled; any other member throws.
    this.face = strict('webContents', this) as unknown as Electron.WebContents
  }

  setWindowOpenHandler = (handler: OpenHandler): void => void (this.#openHandler = handler)
  getURL = (): string => [...this.#frames.values()].find(frame => frame.parent === null)?.url ?? ''

  send(channel: string, ...args: unknown[]): void {
    const clones = structuredClone(args)
    const context = [...this.#contexts].find(([, { name }]) => name === preloadWorld)?.[0]
    if (context !== undefined) this.#deliver(context, { channel, args: clones })
  }

  async loadURL(url: string): Promise<void> {
    const { page } = await this.#open()
    this.#loading = toChromium(url, schemes)
    await page.goto(this.#loading).finally(() => (this.#loading = null))
    this.emit('did-finish-load', makeEvent({}))
  }

  /** Ends the page's process as a crash would. */
  async crash(): Promise<void> {
    const { page } = await this.#open()
    await page.goto('chrome://crash').catch(() => undefined)
  }

  async resize({ width, height }: Size): Promise<void> {
    this.#size = { width, height }
    await (await this.#opened)?.page.setViewportSize(this.#size)
  }

  async useColours(colorScheme: 'dark' | 'light'): Promise<void> {
    await (await this.#opened)?.page.emulateMedia({ colorScheme })
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    void this.#opened?.then(({ page }) => page.close()).catch(() => undefined)
  }

  #open() {
    return (this.#opened ??= this.#start())
  }

  async #start() {
    const context = await browser()
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await page.setViewportSize(this.#size)
    page.on('crash', () => {
      this.#contexts.clear()
      if (this.#isDestroyed) return
      this.emit('render-process-gone', makeEvent({}), { reason: 'crashed', exitCode: 5 })
    })
    page.on('popup', popup => void popup.close().catch(() => undefined))
    cdp.on('Page.windowOpen', ({ url }) => this.#windowOpened(fromChromium(url)))
    cdp.on(
      'Page.frameNavigated',
      ({ frame }) => (this.#frame(frame.id, frame.parentId).url = fromChromium(frame.url)),
    )
    cdp.on('Page.frameAttached', ({ frameId, parentFrameId }) => void this.#frame(frameId, parentFrameId))
    cdp.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      this.#contexts.set(id, { frameId: String((auxData as Record<string, unknown>)['frameId']), name })
    })
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.#contexts.delete(executionContextId)
    })
    cdp.on('Runtime.executionContextsCleared', () => this.#contexts.clear())
    cdp.on('Runtime.bindingCalled', ({ executionContextId, payload }) => {
      void this.#receive(executionContextId, decode(payload) as Message)
    })
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    await this.#installWorlds(cdp)
    for (const scheme of schemes) {
      await applyPermissions(cdp, this.face, new URL(toChromium(`${scheme}://musette/`, schemes)).origin)
    }
    await page.route('**/*', route => this.#answer(route).catch(() => route.abort('failed')))
    return { page, cdp }
  }

  /** The page's own world gets its end of the bridge, then the preload script runs in a world of its own. */
  async #installWorlds(cdp: CDPSession): Promise<void> {
    const secret = this.#secret
    const end = (mine: string, theirs: string): string =>
      `(${bridgeEnd.toString()})(${JSON.stringify(secret)}, '${mine}', '${theirs}', globalThis)`
    const inTop = (code: string): string => `if (window === window.top) { ${code} }`
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: inTop(end('page', 'preload')) })
    if (this.#preload === null) return
    await cdp.send('Runtime.addBinding', { name: secret, executionContextName: preloadWorld })
    const script = readFileSync(this.#preload, 'utf8')
    const start = `const shared = { strict: ${strict.toString()}, encode: ${encode.toString()}, decode: ${decode.toString()} };
      const { electron, deliver } = (${preloadElectron.toString()})(
        ${end('preload', 'page')}, globalThis[${JSON.stringify(secret)}], globalThis, shared);
      globalThis.${secret}deliver = deliver;
      const require = name => shared.strict('require', { electron })[name];
      const module = { exports: {} };
      (function (exports, require, module) { ${script}\n})(module.exports, require, module)`
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: inTop(start), worldName: preloadWorld })
  }

  #frame(id: string, parentId: string | undefined): Frame {
    const known = this.#frames.get(id)
    if (known !== undefined) return known
    const parent = parentId === undefined ? null : this.#frame(parentId, undefined)
    const frame = strict<Frame>('senderFrame', { url: '', parent })
    this.#frames.set(id, frame)
    return frame
  }

  async #receive(context: number, { id, channel, args }: Message): Promise<void> {
    const senderFrame = this.#frames.get(this.#contexts.get(context)?.frameId ?? '') ?? null
    // Of the real event only these two are modelled.
    const modelled: object = strict('ipc event', { sender: this.face, senderFrame })
    const event = modelled as Electron.IpcMainInvokeEvent
    const reply = await invoke(channel, event, args).then(
      value => ({ isOk: true, value }),
      (error: unknown) => ({ isOk: false, value: error instanceof Error ? error.message : String(error) }),
    )
    this.#deliver(context, { id, ...reply })
  }

  #deliver(contextId: number, message: object): void {
    const expression = `${this.#secret}deliver(${JSON.stringify(encode(message))})`
    // The page may be gone by now, as it may be in Electron.
    void this.#open()
      .then(({ cdp }) => cdp.send('Runtime.evaluate', { expression, contextId }))
      .catch(() => undefined)
  }

  #windowOpened(url: string): void {
    const answer = this.#openHandler?.({
      ...{ url, frameName: '', features: '', disposition: 'foreground-tab' as const },
      referrer: { url: '', policy: 'default' as const },
    })
    recorded.windowsAsked.push({ url, action: answer?.action ?? 'allow' })
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request()
    if (request.isNavigationRequest() && !this.#mayNavigate(request)) return route.abort('aborted')
    const url = fromChromium(request.url())
    const answer = await askScheme(url, request.method(), await request.allHeaders())
    if (answer !== null) return route.fulfill(answer)
    recorded.outgoing.push(url)
    return route.abort('internetdisconnected')
  }

  #mayNavigate(request: PageRequest): boolean {
    if (request.url() === this.#loading) return true
    const isMainFrame = request.frame().parentFrame() === null
    const event = makeEvent({ url: fromChromium(request.url()), isMainFrame, isSameDocument: false })
    this.emit('will-frame-navigate', event)
    if (isMainFrame) this.emit('will-navigate', event, event.url)
    recorded.navigations.push({ url: event.url, isPrevented: event.defaultPrevented })
    return !event.defaultPrevented
  }
}

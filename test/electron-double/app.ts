import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { windowHooks, windows } from './browser-window.ts'
import { endBrowser } from './chromium.ts'
import { lockInstance } from './instance-lock.ts'
import { recorded } from './recorded.ts'
import { sessionReady } from './session.ts'
import { makeEvent, strict } from './strict.ts'

class DoubleApp extends EventEmitter {
  readonly isPackaged = false
  /** Only macOS has one. */
  readonly dock = undefined
  readonly #ready = Promise.withResolvers<undefined>()
  #userData: string | null = null
  #isReady = false
  #isQuitting = false
  #unlock: (() => void) | null = null

  setName = (name: string): void => void recorded.calls.push(`setName ${name}`)
  setAppUserModelId = (id: string): void => void recorded.calls.push(`setAppUserModelId ${id}`)
  relaunch = (): void => void recorded.calls.push('relaunch')
  getPath = (name: string): string => [process.env['HOME'], ...(name === 'home' ? [] : [name])].join('/')
  isReady = (): boolean => this.#isReady
  whenReady = (): Promise<void> => this.#ready.promise

  setPath(name: string, path: string): void {
    if (name !== 'userData') throw new Error(`the Electron double does not model setPath('${name}')`)
    this.#userData = path
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
    recorded.calls.push('enableSandbox')
  }

  requestSingleInstanceLock(): boolean {
    if (this.#userData === null)
      throw new Error('the Electron double has no userData of its own: set its path')
    this.#unlock = lockInstance(this.#userData, argv => {
      this.emit('second-instance', makeEvent({}), argv, process.cwd(), null)
    })
    return this.#unlock !== null
  }

  /** Asks everybody, in Electron's order; anybody may keep the app alive. */
  quit(): void {
    if (this.#isQuitting || !this.#agree('before-quit')) return
    this.#isQuitting = true
    for (const window of [...windows]) window.close()
    this.#isQuitting = windows.length === 0 && this.#agree('will-quit')
    if (this.#isQuitting) void this.#end(0)
  }

  /** Asks nobody. */
  exit(code = 0): void {
    this.#isQuitting = true
    for (const window of [...windows]) window.destroy()
    void this.#end(code)
  }

  becomeReady(): void {
    this.#isReady = true
    sessionReady()
    this.emit('ready', makeEvent({}), {})
    this.#ready.resolve(undefined)
  }

  lastWindowClosed(): void {
    if (!this.#isQuitting && !this.emit('window-all-closed')) this.quit()
  }

  #agree(name: string): boolean {
    const event = makeEvent({})
    this.emit(name, event)
    return !event.defaultPrevented
  }

  async #end(code: number): Promise<void> {
    this.emit('quit', makeEvent({}), code)
    this.#unlock?.()
    await endBrowser()
    process.exit(code)
  }
}

type Checked = Exclude<keyof DoubleApp, keyof EventEmitter | 'becomeReady' | 'lastWindowClosed'>
export const theApp = new DoubleApp() satisfies Pick<Electron.App, Checked>
windowHooks.made = contents => void theApp.emit('web-contents-created', makeEvent({}), contents.face)
windowHooks.allClosed = () => theApp.lastWindowClosed()
export const app = strict('app', theApp)

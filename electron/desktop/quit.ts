import type { App } from 'electron'
import type { Log } from '../sync/ports/log.ts'

export interface QuitDeps {
  readonly app: Pick<App, 'on' | 'quit' | 'exit'>
  /** Ends the queue, then the watcher, then the ledger. */
  close(): Promise<void>
  /** What must be kept or taken down before that; at once. */
  prepare(): void
  sleep(ms: number): Promise<void>
  readonly log: Log
}

/** The whole of quitting takes no longer. */
export const quitWithinMs = 5_000

/** The one way out. The first quit ends everything in order; a second one is immediate. */
export class Quit {
  readonly #deps: QuitDeps
  #isClosing = false

  constructor(deps: QuitDeps) {
    this.#deps = deps
    deps.app.on('before-quit', event => {
      // Electron would end the process with the engine still at work.
      event.preventDefault()
      this.begin()
    })
  }

  get isClosing(): boolean {
    return this.#isClosing
  }

  /** Quits as the menu does. */
  readonly ask = (): void => {
    this.#deps.app.quit()
  }

  /** Begins to end, or ends at once where that has begun. */
  readonly begin = (): void => {
    const { app, log } = this.#deps
    if (this.#isClosing) {
      log('warn', 'ended at once')
      app.exit(0)
      return
    }
    this.#isClosing = true
    void this.#closeAll()
  }

  /** Begins to end where that has not begun: for what may come more than once. */
  readonly end = (): void => {
    if (!this.#isClosing) this.begin()
  }

  async #closeAll(): Promise<void> {
    const { app, log } = this.#deps
    try {
      this.#deps.prepare()
      const late = this.#deps.sleep(quitWithinMs).then(() => 'late' as const)
      const ended = this.#deps.close().then(() => 'ended' as const)
      if ((await Promise.race([ended, late])) === 'late') log('warn', 'closing took too long')
    } catch (error) {
      log('error', 'closing failed', { why: String(error) })
    }
    // Every part is closed; `exit` asks nobody again.
    app.exit(0)
  }
}

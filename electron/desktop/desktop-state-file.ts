import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Log } from '../sync/ports/log.ts'
import { freshDesktopState, parseDesktopState, type DesktopState } from './parse-desktop-state.ts'

/** desktop-state.json in the home, held in memory and written whole. A disk that fails costs only the memory of it. */
export class DesktopStateFile {
  readonly #path: string
  readonly #log: Log
  #state: DesktopState

  constructor(path: string, log: Log) {
    this.#path = path
    this.#log = log
    this.#state = this.#read()
  }

  get current(): DesktopState {
    return this.#state
  }

  change(change: Partial<DesktopState>): void {
    const next = { ...this.#state, ...change }
    const isSame = JSON.stringify(next) === JSON.stringify(this.#state)
    this.#state = next
    if (isSame) return
    try {
      const temporary = `${this.#path}.${process.pid}.tmp`
      rmSync(temporary, { force: true })
      writeFileSync(temporary, `${JSON.stringify(next, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
      renameSync(temporary, this.#path)
    } catch {
      this.#log('warn', 'desktop state not kept', { file: this.#path })
    }
  }

  #read(): DesktopState {
    try {
      return parseDesktopState(readFileSync(this.#path, 'utf8'))
    } catch {
      return freshDesktopState
    }
  }
}

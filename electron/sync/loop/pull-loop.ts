import { AppError } from '../../../shared/app-error.ts'
import type { Trouble } from '../../../shared/reports.ts'
import { askAccount } from '../ask-account.ts'
import { Bell } from '../bell.ts'
import type { EngineParts } from '../engine-parts.ts'
import { lookAfterSent, PassNotes, pull } from '../pass.ts'
import { firstAskMs, longestAskMs } from './loop-times.ts'
import type { PauseGate } from './pause-gate.ts'

const pullEveryMs = 15 * 60_000

const lineCodes: readonly string[] = ['offline', 'service-down']
/** What mends itself, or is mended without a word to us: a quarter of an hour would be long. */
const passingCodes: readonly string[] = [...lineCodes, 'disk-full']

/** Brings the trainer folders up to date, every quarter of an hour and when rung; a failed try is made again sooner. */
export class PullLoop {
  readonly bell = new Bell()
  readonly #parts: EngineParts
  readonly #gate: PauseGate
  readonly #tell: (troubles: readonly Trouble[]) => void
  #askAgainMs = firstAskMs
  #isLineDown = false

  constructor(parts: EngineParts, gate: PauseGate, tell: (troubles: readonly Trouble[]) => void) {
    this.#parts = parts
    this.#gate = gate
    this.#tell = tell
  }

  /** The service answered somebody else: what this loop knows of the line is out of date. */
  noteAnswered(): void {
    if (this.#isLineDown) this.bell.ring()
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if ((await this.#gate.pass(this.bell, signal)) === 'stopped') return
      const notes = new PassNotes()
      await this.#pull(notes, signal)
      this.#isLineDown = notes.errors.some(trouble => lineCodes.includes(trouble.code))
      this.#tell(notes.errors)
      const isPassing = notes.errors.some(trouble => passingCodes.includes(trouble.code))
      const waitMs = isPassing ? this.#askAgainMs : pullEveryMs
      this.#askAgainMs = isPassing ? Math.min(this.#askAgainMs * 2, longestAskMs) : firstAskMs
      await this.bell.wait(this.#parts.clock, waitMs, signal)
    }
  }

  /** Also without any folder: the window shows whose key this is, and the athlete's calendar. */
  async #pull(notes: PassNotes, signal: AbortSignal): Promise<void> {
    const { trainers, sources, account: bound } = this.#parts.settings.current()
    const account = await askAccount(this.#parts, signal, 'loop')
    if (!(account instanceof AppError)) {
      await pull(this.#parts, account, notes, signal, { withCalendar: true })
      await lookAfterSent(this.#parts, account, signal)
      return
    }
    // Somebody who has set up nothing yet has no trouble: there is no key.
    const isNew = bound === null && trainers.length + sources.length === 0
    if (!isNew || account.code !== 'signed-out') notes.addError(account)
  }
}

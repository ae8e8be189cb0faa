import { AppError } from '../../../shared/app-error.ts'
import type { Trouble } from '../../../shared/reports.ts'
import { askAccount } from '../ask-account.ts'
import { Bell } from '../bell.ts'
import type { EngineParts } from '../engine-parts.ts'
import { drainQueue, forgetStrays, isStoppedBy, lowDiskMs, PassNotes } from '../pass.ts'
import { firstAskMs, longestAskMs, slowScanMs } from './loop-times.ts'
import type { PauseGate } from './pause-gate.ts'

/** Sends what is due whenever something is, and asks in growing waits while nobody can take it. */
export class UploadLoop {
  readonly bell = new Bell()
  readonly #parts: EngineParts
  readonly #gate: PauseGate
  readonly #tell: (troubles: readonly Trouble[]) => void
  readonly #onAnswered: () => void
  #askAgainMs = firstAskMs
  /** On the steady clock: no request for an upload before this. */
  #askNotBeforeMs = Number.NEGATIVE_INFINITY
  #hasTroubles = false

  /** `onAnswered`: the service knows us; what was noted of the line elsewhere is out of date. */
  constructor(
    parts: EngineParts,
    gate: PauseGate,
    tell: (troubles: readonly Trouble[]) => void,
    onAnswered: () => void,
  ) {
    this.#parts = parts
    this.#gate = gate
    this.#tell = tell
    this.#onAnswered = onAnswered
  }

  /** What the service or the key said before no longer counts. */
  wake(): void {
    this.#askNotBeforeMs = Number.NEGATIVE_INFINITY
    this.bell.ring()
  }

  /** Troubles of a pass beside the loop are cleared by it as if they were its own. */
  noteTroubles(hasTroubles: boolean): void {
    this.#hasTroubles = hasTroubles
  }

  /** Wall ms before which it will not ask again of itself; null when it may. */
  notAskedBeforeMs(): number | null {
    const { clock } = this.#parts
    const leftMs = this.#askNotBeforeMs - clock.monotonic()
    return leftMs > 0 ? clock.now() + leftMs : null
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if ((await this.#gate.pass(this.bell, signal)) === 'stopped') return
      const waitMs = await this.#sendDue(signal)
      await this.bell.wait(this.#parts.clock, Math.max(200, Math.min(waitMs, slowScanMs)), signal)
    }
  }

  /** Answers in how long to look again. */
  async #sendDue(signal: AbortSignal): Promise<number> {
    const { clock, queue, settings } = this.#parts
    // A scan that was under way when its source was removed may have left some.
    forgetStrays(this.#parts)
    queue.recoverLost()
    const dueAt = queue.nextAtMs(settings.current().sources)
    if (dueAt === null) {
      if (this.#hasTroubles) this.#note([])
      return slowScanMs
    }
    if (dueAt > clock.now()) return dueAt - clock.now()
    // Woken by a scan: what the service or the key said a moment ago still stands.
    const notAskedForMs = this.#askNotBeforeMs - clock.monotonic()
    if (notAskedForMs > 0) return notAskedForMs
    const notes = new PassNotes()
    const waitMs = await this.#ask(notes, signal)
    this.#note(notes.errors)
    return waitMs
  }

  async #ask(notes: PassNotes, signal: AbortSignal): Promise<number> {
    const { clock } = this.#parts
    const account = await askAccount(this.#parts, signal, 'loop')
    if (account instanceof AppError) {
      notes.addError(account)
      // Only the user can mend a sign-in; a stumbling service mends itself.
      const waitMs = account.recovery === 'sign-in' ? slowScanMs : this.#askAgainMs
      this.#askNotBeforeMs = clock.monotonic() + waitMs
      this.#askAgainMs = Math.min(this.#askAgainMs * 2, longestAskMs)
      return waitMs
    }
    this.#askAgainMs = firstAskMs
    this.#onAnswered()
    const end = await drainQueue(this.#parts, account, signal, this.#gate.isHeld)
    if (end.error !== null) notes.addError(end.error)
    const isStopped = isStoppedBy(end.error)
    // Room is made without a word to us; a key or a right is mended by who then asks for a sync.
    const restMs = end.error?.code === 'disk-full' ? lowDiskMs : longestAskMs
    if (isStopped) this.#askNotBeforeMs = clock.monotonic() + restMs
    this.#parts.ledger.meta.write('last-sync-at', String(clock.now()))
    if (isStopped) return restMs
    return end.nextAtMs === null ? slowScanMs : end.nextAtMs - clock.now()
  }

  #note(troubles: readonly Trouble[]): void {
    this.#hasTroubles = troubles.length > 0
    this.#tell(troubles)
  }
}

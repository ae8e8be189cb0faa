import { AppError } from '../../shared/app-error.ts'
import type { Trouble } from '../../shared/reports.ts'
import type { Source } from '../../shared/settings.ts'
import { Bell } from './bell.ts'
import type { EngineParts } from './engine-parts.ts'
import { writeTroubles } from './known-troubles.ts'
import { localDate } from './local-date.ts'
import {
  askAccount,
  drainQueue,
  forgetStrays,
  isStoppedBy,
  lookAfterSent,
  PassNotes,
  pull,
  takeIn,
} from './pass.ts'
import { forgetImpossibleTimes } from './impossible-times.ts'
import { SourceWatches } from './source-watches.ts'

/** How often everything is scanned whether or not anything hinted at it. */
const slowScanMs = 10 * 60_000
/** How often a folder that is missing, removable or on the network is looked at. */
const pollMs = 5_000
/** After a scan its folder is left alone for this many times as long as it took, at most 10 s. */
const restFactor = 10
const longestRestMs = 10_000
/** An intake that takes longer hands over what it has archived so far. */
const longIntakeMs = 10_000
const pullEveryMs = 15 * 60_000
/** Wall time that runs away from monotonic time by this much means sleep, or a clock that was set. */
const jumpMs = 30_000
/** Without an account or a connection the service is asked again after this, doubled up to five minutes. */
const firstAskMs = 5_000
const longestAskMs = 5 * 60_000

/**
 * Keeps syncing until the signal aborts: three loops side by side (take in, upload, pull), woken by hints, timers and
 * each other. Hints only hasten a scan; the slow timer finds whatever they missed.
 */
export class RunLoop {
  readonly #parts: EngineParts
  readonly #watches: SourceWatches
  readonly #intakeBell = new Bell()
  readonly #uploadBell = new Bell()
  readonly #pullBell = new Bell()
  readonly #hinted = new Set<string>()
  #isEverythingDue = true
  readonly #troubles: Record<'intake' | 'upload' | 'pull', readonly Trouble[]> = {
    intake: [],
    upload: [],
    pull: [],
  }
  #askAgainMs = firstAskMs
  /** On the steady clock: no request for an upload before this. */
  #askNotBeforeMs = Number.NEGATIVE_INFINITY
  #onChange: () => void = () => undefined

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.#watches = new SourceWatches(parts, sourceId => {
      this.#hinted.add(sourceId)
      this.#intakeBell.ring()
    })
  }

  /** Called after each step that may have changed what people see. */
  onChange(listener: () => void): void {
    this.#onChange = listener
  }

  /** Kept in the ledger, so that other processes can tell; the listener is called in any case. */
  #tellTroubles(): void {
    writeTroubles(this.#parts.ledger, this.troubles)
    this.#onChange()
  }

  get troubles(): readonly Trouble[] {
    return [...this.#troubles.intake, ...this.#troubles.upload, ...this.#troubles.pull]
  }

  /** Everything is looked at again: settings changed, the computer woke, the user asked. */
  wake(): void {
    this.#isEverythingDue = true
    this.#askNotBeforeMs = Number.NEGATIVE_INFINITY
    this.#intakeBell.ring()
    this.#uploadBell.ring()
    this.#pullBell.ring()
  }

  /** A whole pass was made beside the loops: what it found is newer than what they remember. */
  noteSynced(errors: readonly Trouble[]): void {
    this.#troubles.intake = errors.filter(trouble => trouble.file !== null)
    this.#troubles.upload = errors.filter(trouble => trouble.file === null)
    this.#troubles.pull = []
  }

  /** Resolves once all three loops have ended: uploads first, then the watches. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([
      this.#guarded('intake', () => this.#takeInLoop(signal), signal),
      this.#guarded('upload', () => this.#uploadLoop(signal), signal),
      this.#guarded('pull', () => this.#pullLoop(signal), signal),
      this.#watchClock(signal),
    ])
    await this.#watches.closeAll()
  }

  /** A bug in one loop is logged and the loop begins again; it must not end the others. */
  async #guarded(name: string, loop: () => Promise<void>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await loop()
      } catch (error) {
        this.#parts.log('error', `the ${name} loop failed and begins again`, { error: describe(error) })
        await this.#parts.clock.sleep(pollMs, signal)
      }
    }
  }

  async #takeInLoop(signal: AbortSignal): Promise<void> {
    const { clock, settings, ledger } = this.#parts
    let lastWholeScan = Number.NEGATIVE_INFINITY
    while (!signal.aborted) {
      const sources = settings.current().sources.filter(source => !source.isPaused)
      await this.#watches.follow(sources)
      const isWhole = this.#isEverythingDue || clock.monotonic() - lastWholeScan >= slowScanMs
      this.#isEverythingDue = false
      if (isWhole) lastWholeScan = clock.monotonic()
      const hinted = new Set(this.#hinted)
      this.#hinted.clear()
      const now = clock.now()
      const isDue = (source: Source): boolean =>
        isWhole ||
        hinted.has(source.id) ||
        this.#watches.isPolled(source.id) ||
        (ledger.files.nextCheckOf(source.id) ?? Number.POSITIVE_INFINITY) <= now
      const due = sources.filter(isDue)
      if (due.length > 0) {
        const startedAt = clock.monotonic()
        const notes = new PassNotes()
        await takeIn(this.#parts, due, notes, signal, () => {
          // A long backlog must not keep what is archived already from going up.
          if (clock.monotonic() - startedAt > longIntakeMs) this.#uploadBell.ring()
        })
        this.#noteIntake(due, notes)
        this.#uploadBell.ring()
        this.#tellTroubles()
        // A recorder writes every second: a large folder is not scanned at each of its hints.
        await clock.sleep(Math.min((clock.monotonic() - startedAt) * restFactor, longestRestMs), signal)
      }
      await this.#intakeBell.wait(clock, this.#nextIntakeMs(sources), signal)
    }
  }

  #nextIntakeMs(sources: readonly Source[]): number {
    const now = this.#parts.clock.now()
    // A folder that is not there is polled: its files' own times say nothing now.
    const checks = sources
      .filter(source => !this.#watches.isPolled(source.id))
      .map(source => this.#parts.ledger.files.nextCheckOf(source.id) ?? Number.POSITIVE_INFINITY)
    const untilCheck = Math.min(...checks) - now
    const untilPoll = sources.some(source => this.#watches.isPolled(source.id)) ? pollMs : slowScanMs
    return Math.max(200, Math.min(untilCheck, untilPoll))
  }

  #noteIntake(sources: readonly Source[], notes: PassNotes): void {
    const scanned = new Set(sources.map(source => source.folder))
    const folders = new Set(this.#parts.settings.current().sources.map(source => source.folder))
    const others = this.#troubles.intake.filter(
      trouble => trouble.file !== null && folders.has(trouble.file) && !scanned.has(trouble.file),
    )
    this.#troubles.intake = [...others, ...notes.errors]
  }

  async #uploadLoop(signal: AbortSignal): Promise<void> {
    const { clock, queue, settings } = this.#parts
    while (!signal.aborted) {
      const { sources } = settings.current()
      // A scan that was under way when its source was removed may have left some.
      forgetStrays(this.#parts)
      const dueAt = queue.nextAtMs(sources)
      if (dueAt === null && this.#troubles.upload.length > 0) {
        this.#troubles.upload = []
        this.#tellTroubles()
      }
      const notes = new PassNotes()
      let waitMs = dueAt === null ? slowScanMs : dueAt - clock.now()
      const notAskedForMs = this.#askNotBeforeMs - clock.monotonic()
      if (dueAt !== null && dueAt <= clock.now() && notAskedForMs > 0) {
        // Woken by a scan: what the service or the key said a moment ago still stands.
        waitMs = notAskedForMs
      } else if (dueAt !== null && dueAt <= clock.now()) {
        const account = await askAccount(this.#parts, signal)
        if (account instanceof AppError) {
          notes.addError(account)
          // Only the user can mend a sign-in; a stumbling service mends itself.
          waitMs = account.recovery === 'sign-in' ? slowScanMs : this.#askAgainMs
          this.#askNotBeforeMs = clock.monotonic() + waitMs
          this.#askAgainMs = Math.min(this.#askAgainMs * 2, longestAskMs)
        } else {
          this.#askAgainMs = firstAskMs
          const end = await drainQueue(this.#parts, account, signal)
          if (end.error !== null) notes.addError(end.error)
          const isStopped = isStoppedBy(end.error)
          if (isStopped) this.#askNotBeforeMs = clock.monotonic() + longestAskMs
          waitMs = isStopped ? longestAskMs : end.nextAtMs === null ? slowScanMs : end.nextAtMs - clock.now()
          this.#parts.ledger.meta.write('last-sync-at', String(clock.now()))
        }
        this.#troubles.upload = notes.errors
        this.#tellTroubles()
      }
      await this.#uploadBell.wait(clock, Math.max(200, Math.min(waitMs, slowScanMs)), signal)
    }
  }

  async #pullLoop(signal: AbortSignal): Promise<void> {
    const { clock, settings } = this.#parts
    while (!signal.aborted) {
      const notes = new PassNotes()
      const { trainers, sources } = settings.current()
      if (trainers.length + sources.length > 0) {
        const account = await askAccount(this.#parts, signal)
        if (account instanceof AppError) notes.addError(account)
        else {
          await pull(this.#parts, account, notes, signal)
          await lookAfterSent(this.#parts, account, signal)
        }
      }
      const isFailed = notes.errors.some(
        trouble => trouble.code === 'offline' || trouble.code === 'service-down',
      )
      this.#troubles.pull = notes.errors
      this.#tellTroubles()
      await this.#pullBell.wait(clock, isFailed ? longestAskMs : pullEveryMs, signal)
    }
  }

  /** Notices sleep, a clock that was set, and a new day: after each, everything is looked at again. */
  async #watchClock(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts
    let wall = clock.now()
    let steady = clock.monotonic()
    let day = localDate(wall, clock.timeZone())
    while (!signal.aborted) {
      await clock.sleep(pollMs, signal)
      const nextWall = clock.now()
      const nextSteady = clock.monotonic()
      const drift = nextWall - wall - (nextSteady - steady)
      const nextDay = localDate(nextWall, clock.timeZone())
      // A steady clock that stood still during sleep shows as drift; one that ran on shows as a late timer.
      const isLate = nextSteady - steady > pollMs + jumpMs
      if (Math.abs(drift) > jumpMs || isLate || nextDay !== day) {
        this.#parts.log('info', 'the clock jumped or a new day began: looking at everything', {
          driftMs: Math.round(drift),
        })
        this.#parts.queue.forgetOwnBackOff()
        forgetImpossibleTimes(this.#parts.ledger, nextWall)
        this.wake()
      }
      wall = nextWall
      steady = nextSteady
      day = nextDay
    }
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

import { AppError } from '../../../shared/app-error.ts'
import type { Trouble } from '../../../shared/reports.ts'
import type { Source } from '../../../shared/settings.ts'
import { Bell } from '../bell.ts'
import type { EngineParts } from '../engine-parts.ts'
import { PassNotes, takeIn } from '../pass.ts'
import { SourceWatches } from '../source-watches.ts'
import { pollMs, slowScanMs } from './loop-times.ts'
import type { PauseGate } from './pause-gate.ts'

/** After a scan its folder is left alone for this many times as long as it took, at most 10 s. */
const restFactor = 10
const longestRestMs = 10_000
/** An intake that takes longer hands over what it has archived so far. */
const longIntakeMs = 10_000

/** What the loop tells whoever runs it. */
export interface TakeInHooks {
  /** A scan has ended: what is wrong with these sources, and nothing of the others. */
  onScanned(sources: readonly Source[], troubles: readonly Trouble[]): void
  /** Something may be ready to be sent. */
  onArchived(): void
  /** A file was looked at. */
  onProgress(): void
}

/** Scans the sources and takes in what is new there, on hints and timers. */
export class TakeInLoop {
  readonly bell = new Bell()
  readonly #parts: EngineParts
  readonly #gate: PauseGate
  readonly #hooks: TakeInHooks
  readonly #watches: SourceWatches
  readonly #hinted = new Set<string>()
  #isEverythingDue = true
  #isTakingIn = false
  #lastWholeLookMs: number | null = null

  constructor(parts: EngineParts, gate: PauseGate, hooks: TakeInHooks) {
    this.#parts = parts
    this.#gate = gate
    this.#hooks = hooks
    this.#watches = new SourceWatches(parts, sourceId => {
      this.#hinted.add(sourceId)
      this.bell.ring()
    })
  }

  /** True while files are being looked into. */
  get isTakingIn(): boolean {
    return this.#isTakingIn
  }

  /** Wall ms of the end of the last look into every folder that is not paused; null for none yet. */
  get lastWholeLookMs(): number | null {
    return this.#lastWholeLookMs
  }

  /** Everything is to be looked at. */
  wake(): void {
    this.#isEverythingDue = true
    this.bell.ring()
  }

  /** Everything was looked at beside the loop. */
  noteLooked(): void {
    this.#lastWholeLookMs = this.#parts.clock.now()
  }

  close(): Promise<void> {
    return this.#watches.closeAll()
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, settings } = this.#parts
    let lastWholeScan = Number.NEGATIVE_INFINITY
    while (!signal.aborted) {
      const passed = await this.#gate.pass(this.bell, signal)
      if (passed === 'stopped') return
      if (passed === 'waited') this.#isEverythingDue = true
      const sources = settings.current().sources.filter(source => !source.isPaused)
      await this.#watches.follow(sources)
      const isWhole = this.#isEverythingDue || clock.monotonic() - lastWholeScan >= slowScanMs
      this.#isEverythingDue = false
      if (isWhole) lastWholeScan = clock.monotonic()
      const due = this.#due(sources, isWhole)
      if (due.length > 0) await this.#takeIn(due, isWhole, signal)
      await this.bell.wait(clock, this.#nextMs(sources), signal)
    }
  }

  #due(sources: readonly Source[], isWhole: boolean): readonly Source[] {
    const { clock, ledger } = this.#parts
    const hinted = new Set(this.#hinted)
    this.#hinted.clear()
    const now = clock.now()
    return sources.filter(
      source =>
        isWhole ||
        hinted.has(source.id) ||
        this.#watches.isPolled(source.id) ||
        (ledger.files.nextCheckOf(source.id) ?? Number.POSITIVE_INFINITY) <= now,
    )
  }

  async #takeIn(due: readonly Source[], isWhole: boolean, signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts
    const startedAt = clock.monotonic()
    const notes = new PassNotes()
    try {
      await takeIn(this.#parts, due, notes, signal, {
        isHeld: this.#gate.isHeld,
        onProgress: () => {
          this.#isTakingIn = true
          this.#hooks.onProgress()
          // A long backlog must not keep what is archived already from going up.
          if (clock.monotonic() - startedAt > longIntakeMs) this.#hooks.onArchived()
        },
      })
    } finally {
      this.#isTakingIn = false
    }
    for (const source of due) this.#noteDisk(source, notes)
    if (isWhole && !signal.aborted && !this.#gate.isHeld()) this.noteLooked()
    this.#hooks.onScanned(due, notes.errors)
    this.#hooks.onArchived()
    // A recorder writes every second: a large folder is not scanned at each of its hints.
    await clock.sleep(Math.min((clock.monotonic() - startedAt) * restFactor, longestRestMs), signal)
  }

  /** The upload loop tells of a full disk only while it has something to send. */
  #noteDisk(source: Source, notes: PassNotes): void {
    if (!this.#parts.ledger.files.isShortOfDisk(source.id)) return
    notes.addError(new AppError('disk-full', 'no room for a copy', 'retry'), source.folder)
  }

  #nextMs(sources: readonly Source[]): number {
    const now = this.#parts.clock.now()
    // A folder that is not there is polled: its files' own times say nothing now.
    const checks = sources
      .filter(source => !this.#watches.isPolled(source.id))
      .map(source => this.#parts.ledger.files.nextCheckOf(source.id) ?? Number.POSITIVE_INFINITY)
    const untilCheck = Math.min(...checks) - now
    // A watched folder may have been taken away, or another put in its place, without a word: that is looked for too.
    const untilPoll = sources.length > 0 ? pollMs : slowScanMs
    return Math.max(200, Math.min(untilCheck, untilPoll))
  }
}

import type { AppError } from '../../../shared/app-error.ts'
import { assertNever } from '../../../shared/assert-never.ts'
import type { Source } from '../../../shared/settings.ts'
import { maySend } from './same-ride.ts'
import { sendRecording, type AttemptEnd, type SendDeps } from './send-recording.ts'

/** How a drain ended. `error` is what stopped or paused it, null when nothing is left to do now. */
export interface DrainEnd {
  readonly error: AppError | null
  /** When there is something to do again, wall ms; null for nothing planned. */
  readonly nextAtMs: number | null
}

/**
 * The upload queue: at most two requests in flight, new rides first, one pause for all. The Retry-After of the service
 * is kept in the ledger and obeyed over restarts; our own back-off is kept apart and forgotten with the process.
 */
export class UploadQueue {
  readonly #deps: SendDeps
  readonly #inFlight = new Set<string>()
  /** Recordings ended since the start of the process. */
  readonly #tally = { uploaded: 0, alreadyThere: 0 }
  #ownPauseUntilMs = 0
  #backfillPauseUntilMs = 0

  constructor(deps: SendDeps) {
    this.#deps = deps
  }

  /** Makes what only our own back-off holds due at once: the user asked for a sync. */
  forgetOwnBackOff(): void {
    this.#ownPauseUntilMs = 0
    this.#backfillPauseUntilMs = 0
    this.#deps.ledger.recordings.makeDue(['rate-limited', 'budget-spent'])
  }

  /** Until when nothing goes out; 0 when it may. */
  pausedUntilMs(): number {
    return Math.max(this.#ownPauseUntilMs, this.#deps.ledger.meta.readNumber('paused-until') ?? 0)
  }

  get inFlight(): number {
    return this.#inFlight.size
  }

  get tally(): { readonly uploaded: number; readonly alreadyThere: number } {
    return { ...this.#tally }
  }

  /** Sends what is due until nothing is, or something stops it. Never throws for expected trouble. */
  async drain(athleteId: string, sources: readonly Source[], signal: AbortSignal): Promise<DrainEnd> {
    const sourceIds = openSources(sources)
    let stopped: AppError | null = null
    const work = async (): Promise<void> => {
      while (!signal.aborted && stopped === null) {
        const now = this.#deps.clock.now()
        if (this.pausedUntilMs() > now) return
        const withBackfill = this.#backfillPauseUntilMs <= now
        const next = this.#deps.ledger.recordings.nextDue(now, sourceIds, [...this.#inFlight], withBackfill)
        if (next === null) return
        this.#inFlight.add(next.sha256)
        try {
          const end = await sendRecording(this.#deps, athleteId, next, signal)
          this.#count(next.sha256)
          stopped ??= this.#note(end)
        } finally {
          this.#inFlight.delete(next.sha256)
        }
      }
    }
    await Promise.all([work(), work()])
    return { error: stopped, nextAtMs: this.nextAtMs(sources) }
  }

  /** When something of these sources is due, pauses counted in; null when nothing is left. */
  nextAtMs(sources: readonly Source[]): number | null {
    const dueAt = this.#deps.ledger.recordings.nextDueAt(openSources(sources))
    return dueAt === null ? null : Math.max(dueAt, this.pausedUntilMs())
  }

  #count(sha256: string): void {
    const state = this.#deps.ledger.recordings.byHash(sha256)?.state
    if (state === 'uploaded' || state === 'alreadyThere') this.#tally[state] += 1
  }

  #note(end: AttemptEnd): AppError | null {
    switch (end.kind) {
      case 'next':
        return null
      case 'pause':
        if (end.isOwnBackOff) this.#ownPauseUntilMs = end.untilMs
        else this.#deps.ledger.meta.write('paused-until', String(end.untilMs))
        return end.error
      case 'pauseBackfill':
        this.#backfillPauseUntilMs = end.untilMs
        return null
      case 'stop':
        return end.error
      default:
        return assertNever(end)
    }
  }
}

/** Ids whose recordings may go; those found in the archive by a rebuild belong to no folder. */
function openSources(sources: readonly Source[]): readonly string[] {
  const open = sources.filter(source => !source.isPaused && maySend(source.sameRide))
  return [...open.map(source => source.id), 'archive']
}

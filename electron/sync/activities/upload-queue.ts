import type { AppError } from '../../../shared/app-error.ts'
import { assertNever } from '../../../shared/assert-never.ts'
import type { SameRidePolicy, Source } from '../../../shared/settings.ts'
import type { RecordingRow } from '../ledger/recordings.ts'
import { Turn } from '../turn.ts'
import { lookUpAfterMs } from './after-failure.ts'
import type { AttemptEnd, SendDeps } from './attempt.ts'
import { changeRecording } from './change-recording.ts'
import { sendRecording } from './send-recording.ts'
import { UploadsUnderWay } from './uploads-under-way.ts'

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
  /** What is on its way, byte by byte. */
  readonly underWay = new UploadsUnderWay()
  readonly #inFlight = new Set<string>()
  /** Recordings ended since the start of the process. */
  readonly #tally = { uploaded: 0, alreadyThere: 0 }
  readonly #turn = new Turn()
  /** The ride that failed last though the service answered otherwise; null after one that did not. */
  #failedAlone: string | null = null
  #ownPauseUntilMs = 0
  #backfillPauseUntilMs = 0

  constructor(deps: SendDeps) {
    this.#deps = deps
  }

  /** Makes what only our own back-off holds due at once: the user asked for a sync. */
  forgetOwnBackOff(): void {
    this.#ownPauseUntilMs = 0
    this.#backfillPauseUntilMs = 0
    // What the service holds keeps its time, and the pause in the ledger holds it anyway. A lost reply is looked up
    // 5 s later: that wait is for the service's list, and only what is longer is a back-off.
    const { recordings } = this.#deps.ledger
    const isAsked = this.askedUntilMs() > this.#deps.clock.now()
    recordings.makeDue(['outcome-unknown', ...(isAsked ? ['rate-limited'] : [])])
    recordings.shortenWaits('outcome-unknown', lookUpAfterMs)
  }

  /** Until when nothing goes out; 0 when it may. */
  pausedUntilMs(): number {
    return Math.max(this.#ownPauseUntilMs, this.askedUntilMs())
  }

  /** The service asked us to wait, in answer to whatever request: kept over restarts. */
  obeyUntil(untilMs: number): void {
    const until = Math.max(untilMs, this.askedUntilMs())
    this.#deps.ledger.meta.write('paused-until', String(until))
  }

  /** Until when the service itself asked us to wait; 0 when it did not. */
  askedUntilMs(): number {
    return this.#deps.ledger.meta.readNumber('paused-until') ?? 0
  }

  get inFlight(): number {
    return this.#inFlight.size
  }

  get tally(): { readonly uploaded: number; readonly alreadyThere: number } {
    return { ...this.#tally }
  }

  /**
   * Sends what is due until nothing is, or something stops it. Never throws for expected trouble. Drains follow each
   * other: a `sync` beside a running loop ends when what that has under way has ended too. Once `isHeld`, nothing more
   * is begun, and what is under way ends as usual; so it is with the rides of a source that is paused meanwhile, for
   * `sources` is asked before each.
   */
  drain(
    athleteId: string,
    sources: () => readonly Source[],
    signal: AbortSignal,
    isHeld: () => boolean = () => false,
  ): Promise<DrainEnd> {
    return this.#turn.take(() => this.#drain(athleteId, sources, signal, isHeld))
  }

  async #drain(
    athleteId: string,
    sources: () => readonly Source[],
    signal: AbortSignal,
    isHeld: () => boolean,
  ): Promise<DrainEnd> {
    let stopped: AppError | null = null
    const work = async (): Promise<void> => {
      while (!signal.aborted && stopped === null && !isHeld()) {
        const now = this.#deps.clock.now()
        if (this.pausedUntilMs() > now) return
        const withBackfill = this.#backfillPauseUntilMs <= now
        const all = sources()
        const open = openSources(all)
        const next = this.#deps.ledger.recordings.nextDue(now, open, [...this.#inFlight], withBackfill)
        if (next === null) return
        this.#inFlight.add(next.sha256)
        this.underWay.begin(described(next))
        try {
          const counted = { ...this.#deps, count: this.underWay.counted.bind(this.underWay, next.sha256) }
          const end = await sendRecording(counted, athleteId, next, policyOf(next, all), signal)
          this.#count(next.sha256)
          // Each end is noted, also that of the other request in flight: it may carry the service's own wait.
          const error = this.#note(end, next.sha256)
          stopped ??= error
        } finally {
          this.#inFlight.delete(next.sha256)
          this.underWay.end(next.sha256, this.#isOver(next.sha256))
        }
      }
    }
    await Promise.all([work(), work()])
    const nextAtMs = this.nextAtMs(sources())
    if (nextAtMs === null) this.underWay.endBatch()
    return { error: stopped, nextAtMs }
  }

  /**
   * Makes due again what is noted as on its way and is not: its outcome could not be written, on a full disk say. It is
   * looked up before it is sent. Throws what the ledger throws.
   */
  recoverLost(): void {
    const { ledger, clock } = this.#deps
    for (const { sha256 } of ledger.recordings.inState('uploading')) {
      if (!this.#inFlight.has(sha256)) changeRecording(ledger, sha256, { kind: 'interrupted' }, clock.now())
    }
  }

  /** When something of these sources is due, pauses counted in; null when nothing is left. */
  nextAtMs(sources: readonly Source[]): number | null {
    const sourceIds = openSources(sources)
    const { recordings } = this.#deps.ledger
    const paused = this.pausedUntilMs()
    const dueAt = recordings.nextDueAt(sourceIds, 'new')
    const backfillAt = recordings.nextDueAt(sourceIds, 'backfill')
    const moments = [
      ...(dueAt === null ? [] : [Math.max(dueAt, paused)]),
      // Its own pause as well, or whoever waits for it would find it due and unsendable, again and again.
      ...(backfillAt === null ? [] : [Math.max(backfillAt, paused, this.#backfillPauseUntilMs)]),
    ]
    return moments.length === 0 ? null : Math.min(...moments)
  }

  #isOver(sha256: string): boolean {
    const state = this.#deps.ledger.recordings.byHash(sha256)?.state
    return state !== 'queued' && state !== 'retrying' && state !== 'uploading'
  }

  #count(sha256: string): void {
    const state = this.#deps.ledger.recordings.byHash(sha256)?.state
    if (state === 'uploaded' || state === 'alreadyThere') this.#tally[state] += 1
  }

  #note(end: AttemptEnd, sha256: string): AppError | null {
    switch (end.kind) {
      case 'next':
        this.#failedAlone = null
        return null
      case 'failedAlone': {
        // Two different rides in a row are not alone: uploads are down though the rest of the service answers.
        const isAlone = this.#failedAlone === null || this.#failedAlone === sha256
        this.#failedAlone = sha256
        if (isAlone) return null
        this.#ownPauseUntilMs = Math.max(this.#ownPauseUntilMs, end.untilMs)
        return end.error
      }
      case 'pause':
        this.#ownPauseUntilMs = Math.max(this.#ownPauseUntilMs, end.untilMs)
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

function described(recording: RecordingRow) {
  const { sha256, baseName, format, sourceId, bytes } = recording
  return { sha256, name: `${baseName}.${format}`, sourceId, totalBytes: bytes }
}

/** What a rebuild found in the archive belongs to no folder: where any of them asks or leaves out, the user is asked. */
function policyOf(recording: RecordingRow, sources: readonly Source[]): SameRidePolicy {
  const own = sources.find(source => source.id === recording.sourceId)
  if (own !== undefined) return own.sameRide
  const isAnyHeeded = recording.sourceId === archiveSourceId && sources.some(one => one.sameRide !== 'upload')
  return isAnyHeeded ? 'ask' : 'upload'
}

/** The source of recordings that a rebuild found in the archive. */
export const archiveSourceId = 'archive'

/** Ids whose recordings may go; those found in the archive by a rebuild belong to no folder. */
function openSources(sources: readonly Source[]): readonly string[] {
  const open = sources.filter(source => !source.isPaused)
  return [...open.map(source => source.id), archiveSourceId]
}

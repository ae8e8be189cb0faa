import type { AppError } from '../../../shared/app-error.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RecordingRow } from '../ledger/recordings.ts'
import type { Clock, Random } from '../ports/clock.ts'
import type { Disk } from '../ports/disk.ts'
import type { IntervalsService } from '../ports/intervals-service.ts'
import type { Log } from '../ports/log.ts'
import type { RecordingEvent } from './recording-state.ts'

export interface SendDeps {
  readonly ledger: Ledger
  readonly disk: Disk
  readonly service: IntervalsService
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly archiveFolder: string
  /** Counts a body's pieces as they are sent. */
  readonly count?: (body: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>
}

/** How one attempt ended, for the queue. The recording itself is in the ledger already. */
export type AttemptEnd =
  /** Done, or given up with a reason: go on with the next. */
  | { readonly kind: 'next' }
  /** It failed again though the service answers otherwise: the ride's own trouble, unless others fare the same. */
  | { readonly kind: 'failedAlone'; readonly untilMs: number; readonly error: AppError }
  /** Everything waits: an outage, or the service asked for it. */
  | { readonly kind: 'pause'; readonly untilMs: number; readonly error: AppError }
  /** Only backfill waits: its half of the day's budget is used. */
  | { readonly kind: 'pauseBackfill'; readonly untilMs: number }
  /** Nothing more can be sent with this credential. */
  | { readonly kind: 'stop'; readonly error: AppError }

/** One attempt to send one recording. */
export interface Attempt {
  readonly athleteId: string
  readonly recording: RecordingRow
  readonly signal: AbortSignal
  /** Writes what happened to the recording; it is on the disk when this returns. */
  readonly change: (event: RecordingEvent) => RecordingRow
}

import type { TrainerFormat } from './settings.ts'
import type { ActivityState } from './states.ts'

/** One thing that went wrong in a pass: a fixed word, a sentence for people, and the file or folder where there is one. */
export interface Trouble {
  readonly code: string
  readonly message: string
  readonly file: string | null
}

/** What `musette sync --json` prints. `waiting` and the like count files at the end; the first two recordings of this pass. */
export interface SyncReport {
  readonly uploaded: number
  readonly alreadyThere: number
  readonly waiting: number
  readonly held: number
  readonly notActivity: number
  readonly tooOld: number
  readonly rejected: number
  readonly retrying: number
  readonly ignored: number
  readonly queued: number
  readonly workoutsWritten: number
  readonly workoutsRemoved: number
  readonly workoutsUnchanged: number
  readonly errors: readonly Trouble[]
}

/** What is known of one file, or of one entry of a zip. */
export interface FileEntry {
  /** Absolute as given; for an entry its name in the zip. */
  readonly path: string
  readonly state: ActivityState
  /** A sentence for people. */
  readonly reason: string
  /** A fixed word, listed in ARCHITECTURE.md. */
  readonly reasonCode: string
  readonly bytes: number | null
  /** Of the recording; null while unknown, and for a zip. */
  readonly sha256: string | null
  /** ISO UTC. */
  readonly startTime: string | null
  readonly sport: string | null
  /** The source's id. */
  readonly source: string
  readonly externalId: string | null
  readonly activityIds: readonly string[]
  /** Other files of the same recording. */
  readonly sameAs: readonly string[]
  /**
   * Where its bytes lay before. Only of an archived copy, which is listed where no file holds its ride any more: the file
   * was overwritten, or nobody knows where it was. `path` is the copy's.
   */
  readonly formerPaths: readonly string[]
  /** What is in a zip; null for every other file. */
  readonly entries: readonly FileEntry[] | null
  /** ISO UTC. */
  readonly nextAttemptAt: string | null
}

export interface HistoryEntry {
  readonly at: string
  readonly state: ActivityState
  readonly reason: string
}

/** `musette why FILE --json`. */
export interface FileStory extends FileEntry {
  readonly history: readonly HistoryEntry[]
  /** Rides that this path held before it was overwritten, as far as they have no other file. The newest first. */
  readonly earlier: readonly FileEntry[]
}

export interface SourceStatus {
  readonly id: string
  readonly name: string
  readonly folder: string
  readonly backfill: string
  readonly isPaused: boolean
  readonly health: 'watching' | 'missing' | 'unreadable' | 'empty'
  readonly files: number
}

export interface TrainerStatus {
  readonly id: string
  readonly name: string
  readonly folder: string
  readonly format: TrainerFormat
  readonly days: number
  readonly sports: readonly string[] | null
  readonly kind: 'library' | 'inbox'
  readonly isPaused: boolean
  readonly health: 'watching' | 'missing' | 'unreadable'
  readonly workouts: number
}

/** The state of the whole, in one word; the window's headline is made of it. */
export type OverallState = 'idle' | 'working' | 'waiting' | 'attention' | 'offline' | 'signedOut' | 'paused'

/** `musette status --json`. */
export interface StatusReport {
  readonly version: string
  readonly home: string
  readonly account: { readonly id: string; readonly name: string | null } | null
  readonly state: OverallState
  readonly counts: Readonly<Record<ActivityState, number>>
  readonly sources: readonly SourceStatus[]
  readonly trainers: readonly TrainerStatus[]
  readonly lastSyncAt: string | null
  readonly nextAttemptAt: string | null
  readonly errors: readonly Trouble[]
}

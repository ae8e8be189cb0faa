import type { FileAction, RideView, WorkoutView } from './app-snapshot.ts'
import type { HistoryEntry, Trouble } from './reports.ts'
import type { SameRidePolicy, TrainerFormat } from './settings.ts'
import type { ActivityState } from './states.ts'

/* What the window asks for beside the snapshot. */

/** A folder that looks like one of a known program or device. */
export interface FoundFolder {
  /** Stable while the folder stays: program and path. */
  readonly id: string
  readonly kind: 'source' | 'trainer'
  /** As people call it: `Zwift`, `Garmin Edge 530`. */
  readonly app: string
  readonly folder: string
  /** False where the place is only known by hearsay and nothing in it proves it. */
  readonly isSure: boolean
  /** Files that look like rides (sources); 0 for trainers. */
  readonly rides: number
  /** ISO UTC of the newest of them; null for none. */
  readonly newestAt: string | null
  /** For trainers: what the program reads. */
  readonly format: TrainerFormat | null
  /** True when Musette has it already. */
  readonly isAdded: boolean
}

/** What adding a folder as a source would mean. Nothing is changed or kept. */
export interface FolderPreview {
  readonly folder: string
  /** Why it can't be a source, in words; null when it can. */
  readonly refusal: string | null
  /** Files that look like rides now. */
  readonly rides: number
  readonly newestAt: string | null
  /** How many of them started within the last so many days; in rising order. */
  readonly within: readonly { readonly days: number; readonly rides: number }[]
  /** True when not every file was looked at: the numbers are the least there are. */
  readonly isPartial: boolean
}

export interface WantedSource {
  readonly folder: string
  readonly name: string | null
  readonly backfill:
    { readonly kind: 'none' } | { readonly kind: 'all' } | { readonly kind: 'days'; readonly days: number }
}

export interface SourceChange {
  readonly name?: string
  readonly isPaused?: boolean
  readonly sameRide?: SameRidePolicy
}

export interface WantedTrainerFolder {
  readonly folder: string
  readonly name: string | null
  readonly format: TrainerFormat
  /** 0 to 28. */
  readonly days: number
  /** Null for all. */
  readonly sports: readonly string[] | null
}

export interface TrainerChange {
  readonly name?: string
  readonly isPaused?: boolean
  readonly days?: number
  readonly sports?: readonly string[] | null
}

/** Which files; an empty text, list or null leaves that out. */
export interface FileFilter {
  /** Part of a file's path, in any case. */
  readonly text: string
  readonly states: readonly ActivityState[]
  readonly sourceId: string | null
  readonly sport: string | null
  /** Local dates of this computer, both inclusive; of the ride's start, or of the file's time where that is unknown. */
  readonly from: string | null
  readonly to: string | null
}

export interface FileQuery extends FileFilter {
  readonly offset: number
  /** At most 500. */
  readonly limit: number
}

/** A row of the list of files. A zip is one row. */
export interface FileRowView extends RideView {
  readonly bytes: number | null
  /** ISO UTC: the ride's start, or the file's own time where that is unknown. The list is sorted by it, newest first. */
  readonly at: string
  readonly sourceId: string
  /** True for an archived copy: it is listed where no file holds its ride any more. */
  readonly isStandIn: boolean
  /** How many things a zip holds; null for every other file. */
  readonly inside: number | null
  readonly nextAttemptAt: string | null
}

export interface FilePage {
  readonly total: number
  readonly rows: readonly FileRowView[]
  /** All sports there are, for the filter. */
  readonly sports: readonly string[]
}

/** One file's whole story. */
export interface FileStoryView extends FileRowView {
  readonly path: string
  readonly isPresent: boolean
  readonly isArchived: boolean
  readonly sha256: string | null
  readonly externalId: string | null
  readonly sameAs: readonly string[]
  /** Where an archived copy's ride lay before; empty for every other file. */
  readonly formerPaths: readonly string[]
  /** Rides that this file held before it was overwritten, the newest first. */
  readonly earlier: readonly FileRowView[]
  readonly entries: readonly {
    readonly name: string
    readonly state: ActivityState
    readonly reason: string
  }[]
  readonly history: readonly HistoryEntry[]
  readonly actions: readonly FileAction[]
}

/** Files by id, or everything that matches. */
export type FileSelection =
  | { readonly kind: 'ids'; readonly ids: readonly number[] }
  | { readonly kind: 'matching'; readonly filter: FileFilter }

export interface ActionOutcome {
  /** Files on which it was done. */
  readonly done: number
  /** Files for which there was nothing to do. */
  readonly skipped: number
  /** Files on which it could not be done. */
  readonly failedCount: number
  /** The first few of them. */
  readonly failed: readonly { readonly name: string; readonly message: string }[]
}

/** The coming days. */
export interface WorkoutsView {
  /** Local dates of the athlete, from today on. */
  readonly days: readonly string[]
  readonly workouts: readonly WorkoutView[]
  /** When the calendar was last read; null for never. */
  readonly fetchedAt: string | null
  /** Why the calendar could not be read the last time; null when it could. The last good copy is shown. */
  readonly trouble: Trouble | null
}

/** One thing looked at. `text` says how it is and, when it is wrong, how to mend it. */
export interface Finding {
  readonly subject: string
  readonly kind: 'fine' | 'hint' | 'wrong'
  readonly text: string
}

export interface LogLine {
  /** ISO UTC. */
  readonly at: string
  readonly level: 'info' | 'warn' | 'error'
  readonly message: string
  /** The rest of the line, as text; never a secret. */
  readonly details: string
}

/** A bundle for a bug report: kept where the user chose, or handed over to be saved. */
export type SavedDiagnostics =
  | { readonly kind: 'saved'; readonly path: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'handedOver'; readonly name: string; readonly base64: string }

/** Who was connected, and who else sends rides. */
export interface ConnectOutcome {
  readonly id: string
  readonly name: string | null
  /** Services that send rides to the same account: `Garmin Connect`. */
  readonly otherSenders: readonly string[]
  readonly key: 'keychain' | 'memory'
}

/** Places outside that the window may ask the host to open. */
export type SystemPage = 'privacySettings' | 'notificationSettings' | 'logFolder'

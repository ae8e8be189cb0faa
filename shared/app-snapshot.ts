import type { ErrorCode } from './app-error.ts'
import type { Pause, Preferences } from './preferences.ts'
import type { OverallState, SourceStatus, TrainerStatus, Trouble } from './reports.ts'
import type { SameRidePolicy } from './settings.ts'
import type { ActivityState } from './states.ts'
import type { WorkoutProfile } from './workout-profile.ts'

/*
 * What the window and the tray show. Small: long lists are asked for page by page (window-data.ts).
 * `EngineView` is the engine's part; the host adds its own and a revision.
 */

/** The athlete, and where the key is. */
export type AccountView =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'connected'
      readonly id: string
      readonly name: string | null
      readonly key: KeyPlace
    }
  /** The home has an athlete and no usable key. `why` is an error code; its sentence is in `message`. */
  | {
      readonly kind: 'signedOut'
      readonly id: string
      readonly name: string | null
      readonly why: ErrorCode
      readonly message: string
    }

/** `memory`: there is no keychain, so the key is gone when Musette ends. */
export type KeyPlace = 'keychain' | 'environment' | 'memory'

/** What is going up now. */
export interface UploadProgress {
  /** The file's name and its source's. */
  readonly name: string
  readonly sourceName: string
  readonly sentBytes: number
  readonly totalBytes: number
  /** Of this batch: everything that was queued since the queue was last empty. */
  readonly done: number
  readonly total: number
}

export interface SourceView extends SourceStatus {
  readonly sameRide: SameRidePolicy
  /** Files that are no candidates, and so are not listed. */
  readonly otherFiles: number
  /** ISO UTC of the newest ride known; null for none. */
  readonly newestAt: string | null
  /** Files in each state that says something; zero left out. */
  readonly counts: Readonly<Partial<Record<ActivityState, number>>>
}

export type TrainerView = TrainerStatus

/** A file that needs the user's word, or that the user should know of. */
export interface NeedView {
  readonly fileId: number
  readonly name: string
  readonly sourceName: string
  readonly state: ActivityState
  readonly reasonCode: string
  /** What happened and what was kept, for the window. */
  readonly reason: string
  readonly actions: readonly FileAction[]
}

export type FileAction = 'retry' | 'ignore' | 'uploadAnyway'

/** One ride of the last ones. */
export interface RideView {
  readonly fileId: number
  readonly name: string
  readonly sourceName: string
  readonly state: ActivityState
  readonly reasonCode: string
  readonly reason: string
  /** ISO UTC. */
  readonly startTime: string | null
  readonly sport: string | null
  readonly durationS: number | null
  readonly distanceM: number | null
  readonly activityIds: readonly string[]
}

/** What became of a workout in one trainer folder. */
export interface WorkoutPlace {
  readonly trainerId: string
  readonly trainerName: string
  readonly state: 'written' | 'delivered' | 'userDeleted' | 'userChanged' | 'skipped' | 'pending'
  /** Why it is not there, in words; null where it is. */
  readonly reason: string | null
  readonly fileName: string | null
}

export interface WorkoutView {
  readonly eventId: string
  /** Local date of the athlete, `2026-11-22`. */
  readonly date: string
  /** Local time, `17:30`; null for a whole day. */
  readonly time: string | null
  readonly name: string
  readonly sport: string | null
  readonly durationS: number | null
  /** Training load as planned. */
  readonly load: number | null
  /** Null where it has no steps that can be drawn. */
  readonly profile: WorkoutProfile | null
  readonly places: readonly WorkoutPlace[]
}

/** The engine's part of the snapshot. */
export interface EngineView {
  readonly state: OverallState
  readonly isWorking: boolean
  readonly account: { readonly id: string; readonly name: string | null } | null
  readonly counts: Readonly<Record<ActivityState, number>>
  readonly pause: Pause
  readonly progress: UploadProgress | null
  readonly sources: readonly SourceView[]
  readonly trainers: readonly TrainerView[]
  /** The first few, most urgent first, and how many there are. */
  readonly needs: readonly NeedView[]
  readonly needsCount: number
  /** Newest first, at most eight. */
  readonly lastRides: readonly RideView[]
  /** Soonest first, at most five. */
  readonly nextWorkouts: readonly WorkoutView[]
  readonly lastSyncAt: string | null
  /** ISO UTC: when all folders were last looked into since this process began. */
  readonly lastLookAt?: string | null
  /** ISO UTC: since when the service has been out of reach; null while it answers. */
  readonly offlineSince?: string | null
  readonly nextAttemptAt: string | null
  readonly troubles: readonly Trouble[]
  readonly preferences: Preferences
  /** Below either, nothing more is archived or sent. */
  readonly keepFree: { readonly bytes: number; readonly percent: number }
  /** Grows whenever a file's row may have changed: lists ask again. */
  readonly filesRevision: number
  /** Rides sent since this process began; notifications count with it. */
  readonly sentCount: number
  /** `2026-11-22`, where the athlete is. */
  readonly today: string
}

/** What this host can do; the window hides the rest. */
export interface HostAbilities {
  readonly kind: 'desktop' | 'headless'
  readonly platform: 'linux' | 'darwin' | 'win32' | 'other'
  /** A native folder dialog; without it the user types the path. */
  readonly canChooseFolder: boolean
  readonly canShowInFolder: boolean
  readonly canStartAtLogin: boolean
  readonly canNotify: boolean
  /** False where the key comes from the environment. */
  readonly canConnect: boolean
  readonly canQuit: boolean
}

/** Start at login as it truly is, read back from the system. */
export type StartupView =
  | { readonly kind: 'on' }
  | { readonly kind: 'off' }
  /** Wanted, but the entry is gone, altered, or points nowhere; `why` is a sentence. */
  | { readonly kind: 'broken'; readonly why: string }
  | { readonly kind: 'unavailable'; readonly why: string }

/** The whole that the window shows. */
export interface AppSnapshot extends Omit<EngineView, 'account'> {
  /** Names this start of the host: another one begins its revisions anew. */
  readonly run: string
  /** Grows with each change. */
  readonly revision: number
  readonly version: string
  readonly home: string
  readonly host: HostAbilities
  readonly account: AccountView
  /** Null where the host cannot start at login. */
  readonly startup: StartupView | null
}

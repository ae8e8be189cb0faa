import type { WorkoutSteps } from '../../formats/workout/workout-steps.ts'
import type { PlannedEvent, WorkoutFormat } from '../ports/intervals-service.ts'
import type { SkipReason, WorkoutFileState } from './workout-schema.ts'

/** A version of an event that we wrote, as the manifest has it. `workout` only where a rewritten copy counts as ours. */
export interface ManifestFile {
  readonly id: number
  readonly eventId: string
  readonly eventDate: string
  readonly eventName: string
  readonly fileName: string
  /** What the file would be called if no foreign file had been in the way. */
  readonly wantedName: string
  readonly version: string
  readonly sha256: string
  readonly folderIdentity: string
  readonly workout: WorkoutSteps | null
  readonly state: Exclude<WorkoutFileState, 'intended' | 'placing' | 'removing'>
}

/** One entry of the trainer's folder. `sha256` is null where it was not read; `workout` where it was not asked for. */
export interface FolderFile {
  readonly name: string
  readonly kind: 'file' | 'other'
  readonly sha256: string | null
  readonly workout: WorkoutSteps | null
}

/** The trainer's folder, now. */
export interface FolderSnapshot {
  readonly identity: string
  readonly files: readonly FolderFile[]
}

/** An event with the file it should have. */
export interface WantedWorkout {
  readonly eventId: string
  readonly date: string
  readonly name: string
  readonly content: Uint8Array
  readonly sha256: string
  readonly version: string
}

/** What a plan of writes needs of an event. */
export type CalendarEvent = Pick<PlannedEvent, 'id' | 'category' | 'date' | 'name' | 'type' | 'updatedAt'> & {
  readonly file: WantedWorkout | null
}

export interface PlanInput {
  readonly kind: 'library' | 'inbox'
  readonly format: WorkoutFormat
  /** The athlete's local date. */
  readonly today: string
  /** Both inclusive; null when nothing should be there. */
  readonly range: { readonly first: string; readonly last: string } | null
  /** Null for all. */
  readonly sports: readonly string[] | null
  readonly events: readonly CalendarEvent[]
  readonly manifest: readonly ManifestFile[]
  readonly folder: FolderSnapshot
}

/** What leaves the manifest together with a write: `remove` also leaves the folder, if it is still ours then. */
export interface Superseded {
  readonly remove: readonly ManifestFile[]
  readonly forget: readonly ManifestFile[]
}

/** Why an event that we wrote should have no file any more. */
export type LeaveReason = 'event-gone' | 'out-of-range' | 'other-sport' | 'no-workout'

export type PlanAction =
  | ({
      readonly kind: 'write'
      readonly event: WantedWorkout
      readonly fileName: string
      readonly wantedName: string
      readonly reason: 'new' | 'event-changed' | 'event-moved' | 'folder-replaced'
    } & Superseded)
  | ({
      readonly kind: 'replace'
      readonly event: WantedWorkout
      readonly file: ManifestFile
      readonly reason: 'event-changed'
    } & Superseded)
  | {
      readonly kind: 'remove'
      readonly file: ManifestFile
      readonly reason: LeaveReason | 'superseded'
    }
  | {
      /** Nothing is done in the folder; the row takes this state, date and name. */
      readonly kind: 'keep'
      readonly file: ManifestFile
      readonly state: ManifestFile['state']
      readonly event: WantedWorkout | null
      readonly reason: 'there' | 'delivered' | 'user-deleted' | 'user-changed'
    }
  | {
      readonly kind: 'forget'
      readonly file: ManifestFile
      readonly reason: 'past' | 'superseded' | 'folder-replaced'
    }
  | {
      readonly kind: 'skip'
      readonly event: { readonly id: string; readonly date: string; readonly name: string }
      readonly reason: SkipReason
    }

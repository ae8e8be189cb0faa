import type { Stage } from './stage.ts'

/** One command in a scene, and what happens before it. */
export interface Phase {
  /** What somebody else does first. */
  arrange?(stage: Stage): void
  readonly words: readonly string[]
}

/** What must be when Musette has come to rest. `done`: how many of the commands had ended when it was cut short. */
export interface Expected {
  /** By the name of each file in the folder of rides: the states it may be in. */
  readonly files: Readonly<Record<string, readonly string[]>>
  /** Rides, by number, that must be on the service though no file has them any more. */
  readonly sentWithoutFile: readonly number[]
  /** Whether the trainer's folder has exactly the calendar's workouts. */
  readonly hasWorkouts: boolean
  /** The folder of rides is known, and it is paused or not; null where it is not known. */
  readonly isPaused: readonly (boolean | null)[]
}

/** A short piece of Musette's life that can be cut short anywhere. */
export interface Scene {
  readonly name: string
  /** Brings the stage to where the scene begins. */
  prepare(stage: Stage): Promise<void>
  readonly phases: readonly Phase[]
  /** What the user does after it was cut short, before a plain sync. */
  finish?(stage: Stage): Promise<void>
  /** Troubles that may be told before the next sync, and by it. */
  readonly mayTell: readonly string[]
  /** Rides may be held for the user's word: then a sync does not end with 0. */
  readonly mayHold: boolean
  /** A ledger may have been set aside. */
  readonly mayBeSetAside: boolean
  expected(done: number): Expected
}

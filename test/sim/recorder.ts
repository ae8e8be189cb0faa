import type { SimRandom } from './random.ts'

/** One thing that a recorder, or whoever copies for it, does to its folder. Paths are relative to the source folder. */
export type RecorderAct =
  /** Writes at an offset; makes the file when it is not there. Bytes between are zeros. */
  | { readonly kind: 'write'; readonly path: string; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly path: string; readonly size: number }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  /** As copying tools do: mtime is set back, this long before the moment of the act. */
  | { readonly kind: 'ageMtime'; readonly path: string; readonly byMs: number }

export interface RecorderStep {
  /** After the step before, in ms of real time. */
  readonly afterMs: number
  readonly act: RecorderAct
}

/** One ride as it should arrive at the service. */
export interface ExpectedRide {
  /** The recording's own bytes, unpacked: what must be sent, byte by byte. */
  readonly bytes: Uint8Array
  /** Index of the step after which the ride is finished; -1: before the first. */
  readonly wholeAfterStep: number
  /** Where its whole form then lies; in a zip or a gz, that file. Null when it never becomes whole. */
  readonly path: string | null
  /** Index of the step after which its whole form lies nowhere in the folder any more; absent while it stays. */
  readonly goneAfterStep?: number
  /**
   * Shorter forms of it that were whole before (they are in `mayAlsoBeSent` too). Where one of them was sent, this one
   * may end as a longer version that is held; where none was, it must go up.
   */
  readonly earlierVersions?: readonly Uint8Array[]
}

/** What one recorder does from its start to its end. */
export interface RecorderPlan {
  readonly steps: readonly RecorderStep[]
  readonly rides: readonly ExpectedRide[]
  /**
   * Other bytes that may go up besides, and need not: e.g. earlier finished versions that were overwritten in place.
   * Whatever is in neither list must never be sent.
   */
  readonly mayAlsoBeSent: readonly Uint8Array[]
}

export interface Recorder {
  /** `overwrite in place (MyWhoosh)`: as it reads in a table. */
  readonly name: string
  /**
   * Set where, by this recorder's nature, unfinished bytes prove to be a ride, though not a final one; what it takes to
   * tell them from a finished ride. `ten-seconds`: no such form lasts 10 s. `later`: it may last longer.
   */
  readonly looksWhole?: 'ten-seconds' | 'later'
  /**
   * Makes the plan of one use. `startAtMs`: wall time at which it begins, from which rides take their start.
   * `key`: unique in a run; two uses never make the same bytes or, unless that is their point, the same path.
   */
  plan(random: SimRandom, startAtMs: number, key: number): RecorderPlan
}

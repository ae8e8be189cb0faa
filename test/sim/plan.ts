import type { Absence } from './disk/sim-disk.ts'
import type { FaultWindow } from './service/fault-windows.ts'
import type { ServiceOptions } from './service/service-options.ts'
import type { HintWeather } from './sim-watcher.ts'
import type { HandAct } from './trainer-hands.ts'

/** One folder that Musette is told to watch. */
export interface PlannedSource {
  readonly folder: string
  readonly place: 'local' | 'removable'
  readonly backfill: 'none' | 'all'
  readonly sameRide: 'upload' | 'ask' | 'skip'
}

/** The folder that planned workouts are written to. */
export interface PlannedTrainer {
  readonly folder: string
  /** Of a library the files stay where they are; from an inbox the device takes them. By its name, as in Musette. */
  readonly kind: 'library' | 'inbox'
  readonly format: 'zwo' | 'fit' | 'mrc' | 'erg'
  /** The top of a disk of its own: unmounted it leaves an empty folder on the computer's. */
  readonly isMount: boolean
}

/** One use of one recorder. Its bytes and steps follow from the run's seed and `key`. */
export interface PlannedUse {
  readonly recorder: string
  readonly key: number
  readonly source: number
  readonly startsAtMs: number
}

/** Something that goes wrong, or that somebody does. Moments are ms since the start of the run. */
export type Trouble =
  /** The `life`-th process ends right before its `effect`-th effect: killed alone, or with the computer's power. */
  | {
      readonly kind: 'kill' | 'power cut'
      readonly life: number
      readonly effect: number
      /** Which effects count; left out for all of them. */
      readonly among?: 'workouts'
      readonly downMs: number
      /** What happens in the trainer folder right after it. */
      readonly meanwhile?: HandAct
    }
  | {
      readonly kind: 'folder'
      readonly source: number
      readonly absence: Absence
      readonly fromMs: number
      readonly forMs: number
      /** The mount has another number when it is back. */
      readonly isOtherDevice: boolean
    }
  | {
      readonly kind: 'trainer folder'
      readonly absence: Absence
      /** A device takes what is in its inbox while it is not plugged in. */
      readonly isImported: boolean
      readonly fromMs: number
      readonly forMs: number
      readonly isOtherDevice: boolean
    }
  | { readonly kind: 'trainer full'; readonly fromMs: number; readonly forMs: number }
  /** Somebody does something in the trainer folder. */
  | { readonly kind: 'hand'; readonly act: HandAct; readonly atMs: number }
  /** The same right in the midst of the `nth` write or removal of Musette's. */
  | { readonly kind: 'hand between'; readonly during: 'write' | 'removal'; readonly nth: number }
  | { readonly kind: 'disk full' | 'disk low'; readonly fromMs: number; readonly forMs: number }
  | { readonly kind: 'clock'; readonly atMs: number; readonly byMs: number }
  | { readonly kind: 'zone'; readonly atMs: number; readonly zone: string }
  /** Quit as one should, and started again. */
  | { readonly kind: 'quit'; readonly atMs: number; readonly downMs: number }
  /** The ledger's file is deleted while Musette is not running. */
  | { readonly kind: 'ledger lost'; readonly atMs: number; readonly downMs: number }
  | {
      readonly kind: 'pause source'
      readonly source: number
      readonly atMs: number
      readonly forMs: number
    }
  /** `isTimed`: until a moment, and not until it is resumed. */
  | { readonly kind: 'pause all'; readonly atMs: number; readonly forMs: number; readonly isTimed: boolean }
  /** A folder is taken out of Musette, and added again later. */
  | {
      readonly kind: 'remove source'
      readonly source: number
      readonly atMs: number
      readonly backAfterMs: number
      readonly backfill: 'none' | 'all'
    }
  /** The rides of a folder are copied into another, which is added too. */
  | { readonly kind: 'copied folder'; readonly source: number; readonly atMs: number }
  /** The owner says this of one of the files for which it is offered. */
  | { readonly kind: 'ask'; readonly what: 'ignore' | 'retry' | 'anyway'; readonly atMs: number }
  /** The user presses "Sync now". */
  | { readonly kind: 'sync'; readonly atMs: number }

/** All that is decided before a run begins. What it leaves open (the order of things) follows from the seed. */
export interface SimPlan {
  readonly seed: number
  /** Wall time at the start. */
  readonly startMs: number
  readonly zone: string
  /** When Musette is started for the first time. */
  readonly installMs: number
  readonly sources: readonly PlannedSource[]
  readonly uses: readonly PlannedUse[]
  readonly troubles: readonly Trouble[]
  readonly service: ServiceOptions
  readonly faults: readonly FaultWindow[]
  readonly hints: HintWeather
  readonly trainer: PlannedTrainer | null
  /** Requests allowed, as Musette is told. */
  readonly limits: { readonly perSecond: number; readonly per15Min: number; readonly perDay: number }
  /** Musette is quit and started once more at the end, and must do nothing. */
  readonly endsWithRestart: boolean
}

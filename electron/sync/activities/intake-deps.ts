import type { Ledger } from '../ledger/ledger.ts'
import type { Clock } from '../ports/clock.ts'
import type { Disk } from '../ports/disk.ts'
import type { Examiner } from '../ports/examiner.ts'
import type { Log } from '../ports/log.ts'

/** What taking rides in needs of the world. */
export interface IntakeDeps {
  readonly ledger: Ledger
  readonly disk: Disk
  readonly examiner: Examiner
  readonly clock: Clock
  readonly log: Log
  readonly folders: { readonly staging: string; readonly archive: string }
  /** True for bytes that Musette wrote into a trainer folder. */
  isOwnWorkout(sha256: string): boolean
}

export interface SourceHealth {
  readonly sourceId: string
  readonly kind: 'watching' | 'missing' | 'unreadable' | 'empty'
  readonly otherFiles: number
  /** Folders or files inside it that could not be read. */
  readonly missed: readonly string[]
}

import type { IntakeDeps, SourceHealth } from './activities/intake-deps.ts'
import type { UploadQueue } from './activities/upload-queue.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { Clock, Random } from './ports/clock.ts'
import type { Disk } from './ports/disk.ts'
import type { Examiner } from './ports/examiner.ts'
import type { FolderWatcher, Mounts } from './ports/folder-watcher.ts'
import type { IntervalsService } from './ports/intervals-service.ts'
import type { Log } from './ports/log.ts'
import type { SettingsStore } from './ports/settings-store.ts'
import type { Turn } from './turn.ts'

/** What the engine is built from: every effect it has on the world. */
export interface EngineDeps {
  readonly ledger: Ledger
  readonly disk: Disk
  readonly examiner: Examiner
  readonly service: IntervalsService
  readonly settings: SettingsStore
  readonly watcher: FolderWatcher
  readonly mounts: Mounts
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Where the service is, as an origin. */
  readonly origin: string
  /** Real paths. */
  readonly folders: { readonly home: string; readonly staging: string; readonly archive: string }
}

/** The engine's dependencies and the parts made of them. */
export interface EngineParts extends EngineDeps {
  readonly intake: IntakeDeps
  readonly queue: UploadQueue
  /** One change of the folders at a time: each builds on the settings the last one left. */
  readonly foldersTurn: Turn
  /** One scan at a time, and one pull: two would only do the same work twice. */
  readonly intakeTurn: Turn
  readonly pullTurn: Turn
  /** One writing of verdicts beside the archive at a time. */
  readonly verdictsTurn: Turn
  /** How each source's folder was at its last scan. */
  readonly healths: Map<string, SourceHealth>
}

import type { StatusReport, SyncReport } from '../../shared/reports.ts'
import type { EngineView, FileAction } from '../../shared/app-snapshot.ts'
import type { Pause, Preferences } from '../../shared/preferences.ts'
import type { Backfill, Settings, Source, Trainer } from '../../shared/settings.ts'
import type {
  ActionOutcome,
  FilePage,
  FileQuery,
  FileSelection,
  FileStoryView,
  FolderPreview,
  FoundFolder,
  SourceChange,
  TrainerChange,
  WorkoutsView,
} from '../../shared/window-data.ts'
import type { AskedOutcome } from '../sync/folders/file-requests.ts'
import type { WantedTrainer } from '../sync/folders/manage-trainers.ts'
import type { Credential } from '../intervals/credential.ts'

/**
 * Everything that can be asked of the engine: name, arguments, answer. The same words cross to the engine's thread
 * and to another process's socket.
 */
export interface EngineRequests {
  sync: { readonly args: null; readonly answer: SyncReport }
  status: { readonly args: null; readonly answer: StatusReport }
  wake: { readonly args: null; readonly answer: null }
  /** Whose credential is this, and may this home use it? Changes nothing. */
  verify: { readonly args: { readonly credential: Credential }; readonly answer: ConnectedAccount }
  /** Uses a credential (or none) from now on, and binds the home to its athlete. */
  useCredential: {
    readonly args: { readonly credential: Credential | null; readonly account: ConnectedAccount | null }
    readonly answer: null
  }
  addSource: {
    readonly args: { readonly folder: string; readonly backfill: Backfill; readonly name: string | null }
    readonly answer: Source
  }
  removeSource: { readonly args: { readonly id: string }; readonly answer: null }
  pauseSource: { readonly args: { readonly id: string; readonly isPaused: boolean }; readonly answer: null }
  addTrainer: { readonly args: WantedTrainer; readonly answer: Trainer }
  removeTrainer: { readonly args: { readonly id: string }; readonly answer: null }
  retryFile: { readonly args: FileName; readonly answer: AskedOutcome }
  ignoreFile: { readonly args: FileName; readonly answer: AskedOutcome }
  uploadAnyway: { readonly args: FileName; readonly answer: null }

  /** The engine's part of what the window and the tray show. */
  view: { readonly args: null; readonly answer: EngineView }
  setPause: { readonly args: { readonly pause: Pause }; readonly answer: null }
  changePreferences: { readonly args: { readonly change: Partial<Preferences> }; readonly answer: null }
  changeKeepFree: { readonly args: Settings['keepFree']; readonly answer: null }
  listWorkouts: { readonly args: null; readonly answer: WorkoutsView }
  changeTrainer: {
    readonly args: { readonly id: string; readonly change: TrainerChange }
    readonly answer: null
  }
  changeSource: {
    readonly args: { readonly id: string; readonly change: SourceChange }
    readonly answer: null
  }
  listFiles: { readonly args: { readonly query: FileQuery }; readonly answer: FilePage }
  fileStory: { readonly args: { readonly fileId: number }; readonly answer: FileStoryView }
  actOnFiles: {
    readonly args: { readonly action: FileAction; readonly selection: FileSelection }
    readonly answer: ActionOutcome
  }
  discoverFolders: { readonly args: null; readonly answer: readonly FoundFolder[] }
  previewFolder: { readonly args: { readonly folder: string }; readonly answer: FolderPreview }
}

/** A file as a person names it, and the folder a relative path is meant from. */
export interface FileName {
  readonly name: string
  readonly workingFolder: string
}

export interface ConnectedAccount {
  readonly id: string
  readonly name: string | null
  /** Names of the services that send rides too, so that the user can be warned of doubles. */
  readonly connections: readonly string[]
}

export type EngineRequestName = keyof EngineRequests

/** Asks the engine, wherever it is. Rejects with AppErrors. */
export type AskEngine = <K extends EngineRequestName>(
  name: K,
  args: EngineRequests[K]['args'],
) => Promise<EngineRequests[K]['answer']>

import type { AppSnapshot, FileAction, StartupView } from './app-snapshot.ts'
import type { ErrorCode, Recovery } from './app-error.ts'
import type { PauseChoice, Preferences } from './preferences.ts'
import type {
  ActionOutcome,
  ConnectOutcome,
  FilePage,
  FileQuery,
  FileSelection,
  FileStoryView,
  Finding,
  FolderPreview,
  FoundFolder,
  LogLine,
  SavedDiagnostics,
  SourceChange,
  SystemPage,
  TrainerChange,
  WantedSource,
  WantedTrainerFolder,
  WorkoutsView,
} from './window-data.ts'

/**
 * Everything the window can ask of its host, whatever carries it: Electron's IPC or loopback HTTP. A request is one
 * line here, one parser in parse-requests.ts, one handler in electron/host/window/; the compiler finds the missing one.
 * The window gets actions, never powers, and no secret ever goes to it.
 */
export interface Requests {
  getSnapshot(): AppSnapshot

  /** Verifies a key, keeps it in the keychain, and binds the home to its athlete. */
  connect(apiKey: string): ConnectOutcome
  /** Forgets the key; everything else stays. */
  disconnect(): null
  /** The keychain was locked: asks it once more. */
  unlock(): null

  /** Ends a pause and looks at everything now. Answers at once; the snapshot tells the rest. */
  syncNow(): null
  pause(choice: PauseChoice): null
  resume(): null

  /** Looks for folders of known programs and devices. */
  discoverFolders(): readonly FoundFolder[]
  previewFolder(folder: string): FolderPreview
  /** The system's dialog; null when it was cancelled. */
  chooseFolder(purpose: FolderPurpose): string | null
  /** Answers the new id. */
  addSource(wanted: WantedSource): string
  changeSource(id: string, change: SourceChange): null
  removeSource(id: string): null
  addTrainer(wanted: WantedTrainerFolder): string
  changeTrainer(id: string, change: TrainerChange): null
  removeTrainer(id: string): null
  /** Shows a source's or trainer's folder in the system's file browser. */
  showFolder(id: string): null

  listFiles(query: FileQuery): FilePage
  getFileStory(fileId: number): FileStoryView
  actOnFiles(action: FileAction, selection: FileSelection): ActionOutcome
  showFile(fileId: number): null

  listWorkouts(): WorkoutsView

  changePreferences(change: Partial<Preferences>): null
  changeKeepFree(keepFree: { readonly bytes: number; readonly percent: number }): null
  setStartAtLogin(isOn: boolean): StartupView
  openSystemPage(page: SystemPage): null

  /** What `musette doctor` finds. */
  examine(): readonly Finding[]
  /** The newest lines, newest first. */
  readLog(limit: number): readonly LogLine[]
  saveDiagnostics(): SavedDiagnostics
  quit(): null
}

export type FolderPurpose = 'source' | 'trainer'
export type RequestName = keyof Requests

/** What went wrong with a request, in words for people. */
export interface RequestError {
  /** `internal` is a bug: it is in the log. */
  readonly code: ErrorCode | 'internal'
  readonly message: string
  readonly recovery: Recovery
  readonly file: string | null
}

/** Replies are values; errors are not thrown across. */
export type Result<T> =
  { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'failed'; readonly error: RequestError }

export type PageName = 'today' | 'activities' | 'workouts' | 'folders' | 'settings' | 'help'

/** What a host tells its windows without being asked. */
export type WindowEvent =
  | { readonly kind: 'snapshot'; readonly snapshot: AppSnapshot }
  /** The tray or a notification asked for a page; `fileId` opens that file's story. */
  | { readonly kind: 'show'; readonly page: PageName; readonly fileId: number | null }

/** The bridge that the preload script puts into the window. */
export interface MusetteBridge {
  request(name: string, args: readonly unknown[]): Promise<unknown>
  /** Answers a function that stops listening. */
  onEvent(listener: (event: unknown) => void): () => void
}

/** Names under which Electron carries the contract. */
export const ipcChannels = { request: 'musette:request', event: 'musette:event' } as const
/** Where loopback HTTP carries it: `POST <request>/<name>` with a JSON list, `GET <events>` as an event stream. */
export const httpPaths = { request: '/api/request', events: '/api/events' } as const

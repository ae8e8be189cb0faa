import { randomUUID } from 'node:crypto'
import { AppError } from '../../../shared/app-error.ts'
import type { AppSnapshot, StartupView } from '../../../shared/app-snapshot.ts'
import type { PageName, RequestName, Requests, Result, WindowEvent } from '../../../shared/ipc-contract.ts'
import { isWindowRequest, parseArgs } from '../../../shared/parse-requests.ts'
import type { Trouble } from '../../../shared/reports.ts'
import type { Clock } from '../../sync/ports/clock.ts'
import type { Log } from '../../sync/ports/log.ts'
import type { Environment } from '../environment.ts'
import type { OwnSession } from '../session.ts'
import { version } from '../version.ts'
import { windowHandlers, type WindowHandlers } from './handlers.ts'
import { toResult } from './result.ts'
import type { Shell } from './shell.ts'
import { SnapshotFeed, type SnapshotContent } from './snapshot-feed.ts'

export interface WindowServiceDeps {
  /** What is used of the home's session. */
  readonly session: Pick<OwnSession, 'ask' | 'account' | 'help'> & {
    readonly thread: Pick<OwnSession['thread'], 'run'>
  }
  readonly environment: Environment
  readonly shell: Shell
  readonly log: Log
  readonly clock: Clock
  /** Names this start; a random one unless given. */
  readonly run?: string
  /** Told each new trouble once. */
  readonly onTrouble?: (trouble: Trouble) => void
}

/** What serves the window, whatever carries it: answers its requests and tells it what has changed. */
export class WindowService {
  readonly #deps: WindowServiceDeps
  readonly #feed: SnapshotFeed
  readonly #handlers: WindowHandlers
  readonly #listeners = new Set<(event: WindowEvent) => void>()
  #startup: StartupView | null = null

  constructor(deps: WindowServiceDeps) {
    const { session, environment, shell, log, clock } = deps
    this.#deps = deps
    this.#feed = new SnapshotFeed({
      ...{ clock, log, run: deps.run ?? randomUUID() },
      make: () => this.#content(),
      onSnapshot: snapshot => this.#tell({ kind: 'snapshot', snapshot }),
    })
    this.#handlers = windowHandlers({
      ...{ ask: session.ask, account: session.account, help: session.help },
      ...{ environment, shell, clock, log },
      snapshot: async () => {
        await this.#feed.first
        return this.#feed.current
      },
      noteStartup: startup => {
        this.#startup = startup
        this.#feed.noteChange()
      },
    })
  }

  /** Starts the engine's run loop and makes the first snapshot. */
  async start(): Promise<void> {
    const { session, shell, onTrouble } = this.#deps
    this.#startup = await shell.startup()
    session.account.onChange(() => this.#feed.noteChange())
    session.thread.run(
      trouble => onTrouble?.(trouble),
      () => this.#feed.noteChange(),
    )
    await this.#feed.start()
  }

  /** Answers a window's request: reads its arguments, asks its handler. Never rejects. */
  answer(name: string, args: unknown): Promise<Result<unknown>> {
    return toResult(
      name,
      () => {
        if (isWindowRequest(name)) return this.#perform(name, args)
        throw new AppError('bad-usage', 'There is no such request.', 'give-up')
      },
      this.#deps.log,
    )
  }

  /** The newest snapshot; to be asked for once `start` has ended. */
  get current(): AppSnapshot {
    return this.#feed.current
  }

  /** Answers a function that stops listening. */
  onEvent(listener: (event: WindowEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Tells windows to show a page; with a file's id, that file's story. */
  show(page: PageName, fileId: number | null): void {
    this.#tell({ kind: 'show', page, fileId })
  }

  /** Something of the host's own has changed: reads it anew and makes a snapshot soon. */
  refresh(): void {
    const { shell, log } = this.#deps
    shell.startup().then(
      startup => {
        this.#startup = startup
        this.#feed.noteChange()
      },
      (error: unknown) => log('error', 'start at login can not be read', { why: String(error) }),
    )
  }

  /** Tells nothing more. The session is its owner's to close. */
  close(): void {
    this.#feed.close()
    this.#listeners.clear()
  }

  async #perform<K extends RequestName>(name: K, raw: unknown): Promise<ReturnType<Requests[K]>> {
    const args = parseArgs(name, raw)
    const answer = await this.#handlers[name](...args)
    if (!onlyLooks.has(name)) this.#feed.noteChange()
    return answer
  }

  async #content(): Promise<SnapshotContent> {
    const { session, environment, shell } = this.#deps
    const engine = await session.ask('view', null)
    return {
      ...engine,
      version,
      home: environment.home,
      host: shell.abilities,
      account: session.account.view(engine),
      startup: this.#startup,
    }
  }

  #tell(event: WindowEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        // One window that is gone must not keep the others from hearing.
        this.#deps.log('error', 'an event reached no window', { why: String(error) })
      }
    }
  }
}

/** Requests after which everything is as it was. */
const onlyLooks: ReadonlySet<RequestName> = new Set([
  ...(['getSnapshot', 'discoverFolders', 'previewFolder', 'chooseFolder', 'showFolder'] as const),
  ...(['listFiles', 'getFileStory', 'showFile', 'listWorkouts', 'openSystemPage'] as const),
  ...(['examine', 'readLog', 'saveDiagnostics', 'quit'] as const),
])

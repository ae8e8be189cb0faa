import { AppError } from '../../shared/app-error.ts'
import type { RequestLimits } from '../../shared/preferences.ts'
import type { Trouble } from '../../shared/reports.ts'
import { chokidarWatcher } from '../adapters/chokidar-watcher.ts'
import { logFile } from '../adapters/log-file.ts'
import { systemMounts } from '../adapters/mounts.ts'
import { nodeDisk } from '../adapters/node-disk.ts'
import { systemClock } from '../adapters/system-clock.ts'
import { createIntervalsClient } from '../intervals/client.ts'
import type { Credential } from '../intervals/credential.ts'
import { engineParts, prepareEngine, syncOnce } from '../sync/engine.ts'
import { keepVerdicts } from '../sync/activities/keep-verdicts.ts'
import type { EngineParts } from '../sync/engine-parts.ts'
import { ledgerBudget } from '../sync/ledger/request-counts.ts'
import type { Examiner } from '../sync/ports/examiner.ts'
import { rebuildIfLost } from '../sync/rebuild.ts'
import { RunLoop } from '../sync/run-loop.ts'
import { Turn } from '../sync/turn.ts'
import { atMostEvery } from '../sync/view/at-most-every.ts'
import { EngineViewer } from '../sync/view/engine-view.ts'
import { fromWire, type WireError } from './app-error-wire.ts'
import type { UserFolders } from './discovery/user-folders.ts'
import type { AskEngine } from './engine-requests.ts'
import { answerRequest, isReading, type Engine } from './handle-requests.ts'
import { homeFolders } from './home.ts'
import { openHomeFiles, rebuiltTrouble } from './open-home-files.ts'
import { markUnfit } from './unfit-ledger.ts'
import { userAgent } from './version.ts'

/** What the engine has to sign with: a credential, none, or the reason why it cannot be had right now. */
export type CredentialState =
  | { readonly kind: 'ready'; readonly credential: Credential }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly error: WireError }

/** All an engine needs to be told; plain data, so that it can cross to a thread. */
export interface EngineConfig {
  /** Real path. */
  readonly home: string
  readonly origin: string
  readonly limits: RequestLimits
  readonly credential: CredentialState
  /** Where the host knows the user's folders to be; null where it does not. */
  readonly userFolders: UserFolders | null
}

/** A window is told of changes no more often than this. */
const changeEveryMs = 250

/** The engine of one home, built over the real world. The caller holds the home's lock. */
export class EngineHost implements Engine {
  readonly #parts: EngineParts
  readonly #home: string
  readonly #userFolders: UserFolders | null
  readonly #loop: RunLoop
  readonly #syncTurn = new Turn()
  readonly #stop = new AbortController()
  readonly #closeClient: () => Promise<void>
  readonly #startTroubles: Trouble[]
  #credential: CredentialState
  #running: Promise<void> | null = null
  /** Requests under way that do something. */
  #working = 0
  readonly #viewer: EngineViewer
  #tellChange: () => void = () => undefined
  readonly #onUnfit: OnUnfit
  #isUnfit = false

  private constructor(parts: EngineParts, config: EngineConfig, made: Made) {
    this.#parts = parts
    this.#home = config.home
    this.#userFolders = config.userFolders
    this.#loop = new RunLoop(parts)
    this.#viewer = new EngineViewer(parts)
    this.#closeClient = made.closeClient
    this.#startTroubles = made.troubles
    this.#onUnfit = made.onUnfit
    this.#loop.onUnfit(error => this.#noteUnfit(error))
    this.#credential = config.credential
  }

  /**
   * Opens settings and ledger, rebuilds a lost ledger, and puts right what a killed process left. `onUnfit` is told when
   * the ledger turns out to be damaged after that: the engine is of no use any more, and the next one rebuilds it.
   */
  static async open(config: EngineConfig, examiner: Examiner, onUnfit = ignoreUnfit): Promise<EngineHost> {
    try {
      return await EngineHost.#openOnce(config, examiner, onUnfit)
    } catch (error) {
      // It passed every check and was found damaged with the first look into it: now it is marked, and set aside.
      if (!isDamage(error)) throw error
      return EngineHost.#openOnce(config, examiner, onUnfit)
    }
  }

  static async #openOnce(config: EngineConfig, examiner: Examiner, onUnfit: OnUnfit): Promise<EngineHost> {
    const folders = homeFolders(config.home)
    const clock = systemClock()
    const disk = nodeDisk()
    const log = logFile(folders.log)
    const { ledger, setAside, settings, ...told } = await openHomeFiles(folders, clock.now())
    const troubles = [...told.troubles]
    const holder: { current: () => CredentialState } = { current: () => config.credential }
    const service = createIntervalsClient({
      ...{ origin: config.origin, clock, userAgent, log, perSecond: config.limits.perSecond },
      credential: () => Promise.resolve(credentialOf(holder.current())),
      budget: ledgerBudget(ledger.db, clock, config.limits),
    })
    const parts = engineParts({
      ...{ ledger, disk, examiner, service, settings, clock, log, origin: config.origin },
      ...{ watcher: chokidarWatcher(log), mounts: systemMounts(), random: Math.random },
      folders: { home: config.home, staging: folders.staging, archive: folders.archive },
    })
    const made: Made = { closeClient: () => service.close(), troubles, onUnfit }
    const host = new EngineHost(parts, config, made)
    holder.current = () => host.#credential
    try {
      await prepareEngine(parts)
      const isRebuilt = await rebuildIfLost(parts, host.#stop.signal)
      if (isRebuilt || setAside !== null) {
        troubles.push(rebuiltTrouble(setAside))
        log('error', 'ledger rebuilt', { setAside: setAside?.path ?? null, why: setAside?.why ?? null })
      }
      return host
    } catch (error) {
      host.#noteUnfit(error)
      await service.close()
      ledger.db.close()
      throw error
    }
  }

  readonly ask: AskEngine = async (name, args) => {
    if (isReading(name)) return this.#answer(name, args)
    this.#working += 1
    try {
      const answer = await this.#answer(name, args)
      // The user's word outlives the ledger once the request is answered.
      await keepVerdicts(this.#parts)
      return answer
    } finally {
      this.#working -= 1
      this.#tellChange()
    }
  }

  readonly #answer: AskEngine = async (name, args) => {
    try {
      return await answerRequest(this, name, args)
    } catch (error) {
      this.#noteUnfit(error)
      throw error
    }
  }

  /** Damage that only shows now: marked, so that the next start sets the ledger aside though it may look sound. */
  #noteUnfit(error: unknown): void {
    if (!isDamage(error) || this.#isUnfit) return
    this.#isUnfit = true
    this.#parts.log('error', 'the ledger is damaged', { why: error.message })
    markUnfit(homeFolders(this.#home).ledger, error.message)
    this.#onUnfit(error)
  }

  get parts(): EngineParts {
    return this.#parts
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  get home(): string {
    return this.#home
  }

  get userFolders(): UserFolders | null {
    return this.#userFolders
  }

  get isWorking(): boolean {
    return this.#working > 0 || this.#parts.queue.inFlight > 0 || this.#loop.isTakingIn
  }

  get troubles(): readonly Trouble[] {
    return [...this.#startTroubles, ...this.#loop.troubles]
  }

  /** One whole pass; passes follow each other, also when several processes ask for one. */
  sync() {
    return this.#syncTurn.take(async () => {
      const report = await syncOnce(this.#parts, this.#stop.signal, () => this.#tellChange())
      if (!this.#stop.signal.aborted) this.#loop.noteSynced(report.errors)
      return { ...report, errors: [...this.#startTroubles.splice(0), ...report.errors] }
    })
  }

  useCredential(credential: Credential | null): void {
    this.#credential = credential === null ? { kind: 'none' } : { kind: 'ready', credential }
    this.#loop.wake()
  }

  /** Settings changed, the user asked, the computer woke: look at everything. */
  wake(): void {
    this.#loop.wake()
  }

  /** What the window and the tray show now. */
  view() {
    return this.#viewer.view({ isWorking: this.isWorking, troubles: this.troubles, ...this.#loop.times })
  }

  /**
   * Keeps syncing until closed. Tells each new trouble once, and again when it comes back; `onChange` is called, at most
   * four times a second, whenever what people see may be another than before.
   */
  startRunning(onTrouble: (trouble: Trouble) => void, onChange: () => void = () => undefined): void {
    this.#tellChange = atMostEvery(this.#parts.clock, changeEveryMs, this.#stop.signal, onChange)
    this.#parts.queue.underWay.onChange(this.#tellChange)
    let known: readonly string[] = []
    this.#loop.onChange(() => {
      const keyed = this.troubles.map(trouble => ({ trouble, key: `${trouble.code} ${trouble.file ?? ''}` }))
      for (const { trouble, key } of keyed) if (!known.includes(key)) onTrouble(trouble)
      known = keyed.map(({ key }) => key)
      this.#tellChange()
    })
    this.#running ??= this.#loop.run(this.#stop.signal)
  }

  /** Ends what is under way (uploads first, then the watches) and closes the ledger. */
  async close(): Promise<void> {
    this.#stop.abort(new AppError('outcome-unknown', 'Musette is stopping', 'retry'))
    await this.#running?.catch(() => undefined)
    await this.#syncTurn.take(() => Promise.resolve())
    await this.#closeClient()
    this.#parts.ledger.db.close()
  }
}

interface Made {
  readonly closeClient: () => Promise<void>
  readonly troubles: Trouble[]
  readonly onUnfit: OnUnfit
}

type OnUnfit = (error: AppError) => void
const ignoreUnfit: OnUnfit = () => undefined

function isDamage(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'ledger-damaged'
}

function credentialOf(state: CredentialState): Credential | null {
  switch (state.kind) {
    case 'ready':
      return state.credential
    case 'none':
      return null
    case 'failed':
      throw fromWire(state.error)
  }
}

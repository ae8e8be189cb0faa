import { existsSync } from 'node:fs'
import { AppError } from '../../shared/app-error.ts'
import type { RequestLimits } from '../../shared/preferences.ts'
import type { Trouble } from '../../shared/reports.ts'
import { chokidarWatcher } from '../adapters/chokidar-watcher.ts'
import { logFile } from '../adapters/log-file.ts'
import { systemMounts } from '../adapters/mounts.ts'
import { nodeDisk } from '../adapters/node-disk.ts'
import { readSettings, settingsFile } from '../adapters/settings-file.ts'
import { systemClock } from '../adapters/system-clock.ts'
import { createIntervalsClient } from '../intervals/client.ts'
import type { Credential } from '../intervals/credential.ts'
import { engineParts, prepareEngine, syncOnce } from '../sync/engine.ts'
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
import { openLedgerToWrite } from './open-ledger.ts'
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

  private constructor(parts: EngineParts, config: EngineConfig, made: Made) {
    this.#parts = parts
    this.#home = config.home
    this.#userFolders = config.userFolders
    this.#loop = new RunLoop(parts)
    this.#viewer = new EngineViewer(parts)
    this.#closeClient = made.closeClient
    this.#startTroubles = made.troubles
    this.#credential = config.credential
  }

  /** Opens settings and ledger, rebuilds a lost ledger, and puts right what a killed process left. */
  static async open(config: EngineConfig, examiner: Examiner): Promise<EngineHost> {
    const folders = homeFolders(config.home)
    const clock = systemClock()
    const disk = nodeDisk()
    const log = logFile(folders.log)
    const troubles: Trouble[] = []
    const read = readSettings(folders.settings)
    if (read.isFromLastGood) {
      const message = 'The settings were damaged; their last good copy is used.'
      troubles.push({ code: 'settings-restored', message, file: folders.settings })
    }
    const settings = settingsFile(folders.settings, read.settings)
    // The home's random id must be on the disk before a keychain entry is named after it.
    if (!existsSync(folders.settings)) await settings.update(fresh => fresh)
    const opened = openLedgerToWrite(folders.ledger, clock.now())
    const holder: { current: () => CredentialState } = { current: () => config.credential }
    const service = createIntervalsClient({
      ...{ origin: config.origin, clock, userAgent, log, perSecond: config.limits.perSecond },
      credential: () => Promise.resolve(credentialOf(holder.current())),
      budget: ledgerBudget(opened.ledger.db, clock, config.limits),
    })
    const parts = engineParts({
      ...{ ledger: opened.ledger, disk, examiner, service, settings, clock, log, origin: config.origin },
      ...{ watcher: chokidarWatcher(log), mounts: systemMounts(), random: Math.random },
      folders: { home: config.home, staging: folders.staging, archive: folders.archive },
    })
    const made: Made = { closeClient: () => service.close(), troubles }
    const host = new EngineHost(parts, config, made)
    holder.current = () => host.#credential
    await prepareEngine(parts)
    if (await rebuildIfLost(parts, host.#stop.signal)) {
      const where = opened.setAside === null ? '' : ` The damaged one is kept as ${opened.setAside}.`
      const message = `The ledger was lost and has been rebuilt from the archive and the folders.${where}`
      troubles.push({ code: 'ledger-rebuilt', message, file: opened.setAside })
      log('error', 'ledger rebuilt', { setAside: opened.setAside })
    }
    return host
  }

  readonly ask: AskEngine = async (name, args) => {
    if (isReading(name)) return answerRequest(this, name, args)
    this.#working += 1
    try {
      return await answerRequest(this, name, args)
    } finally {
      this.#working -= 1
      this.#tellChange()
    }
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

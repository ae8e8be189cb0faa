import { checkAccount } from '../sync/account.ts'
import { findFile, ignoreFile, retryFile, uploadAnyway } from '../sync/folders/file-requests.ts'
import { addSource, pauseSource, removeSource } from '../sync/folders/manage-sources.ts'
import { addTrainer, removeTrainer } from '../sync/folders/manage-trainers.ts'
import type { EngineView } from '../../shared/app-snapshot.ts'
import type { Trouble, SyncReport } from '../../shared/reports.ts'
import type { Credential } from '../intervals/credential.ts'
import { readTroubles, writeTroubles } from '../sync/known-troubles.ts'
import type { EngineParts } from '../sync/engine-parts.ts'
import { fileAsks } from './asks/file-asks.ts'
import { findingAsks } from './asks/finding-asks.ts'
import { planAsks } from './asks/plan-asks.ts'
import { viewAsks } from './asks/view-asks.ts'
import type { UserFolders } from './discovery/user-folders.ts'
import type { EngineRequestName, EngineRequests } from './engine-requests.ts'
import { makeStatus } from './status.ts'
import { verifyCredential } from './verify-credential.ts'

/** The engine as the handlers see it. */
export interface Engine {
  readonly parts: EngineParts
  /** The folder shown as home. */
  readonly home: string
  /** As the host knows them; null where it does not. */
  readonly userFolders: UserFolders | null
  readonly isWorking: boolean
  readonly troubles: readonly Trouble[]
  /** Aborts when the engine closes. */
  readonly signal: AbortSignal
  sync(): Promise<SyncReport>
  wake(): void
  view(): EngineView
  useCredential(credential: Credential | null): void
}

/** Handlers of the requests named. */
export type HandlersOf<N extends EngineRequestName> = {
  readonly [K in N]: (host: Engine, args: EngineRequests[K]['args']) => Promise<EngineRequests[K]['answer']>
}

/** One handler a request, each thin: call the domain, wake the loop where something changed. */
const handlers: HandlersOf<EngineRequestName> = {
  sync: host => host.sync(),
  status: host =>
    makeStatus({
      home: host.home,
      settings: host.parts.settings.current(),
      ledger: host.parts.ledger,
      disk: host.parts.disk,
      isWorking: host.isWorking,
      troubles: host.troubles,
      nowMs: host.parts.clock.now(),
    }),
  wake: host => changed(host, () => undefined),
  verify: (host, { credential }) => verifyCredential(host.parts, credential),
  useCredential: async (host, { credential, account }) => {
    host.useCredential(credential)
    if (credential === null || account === null) return null
    // Who signs in during a wait is answered all the same.
    await checkAccount(host.parts, host.signal, { evenInWait: true })
    const { ledger } = host.parts
    writeTroubles(
      ledger,
      readTroubles(ledger).filter(
        trouble => trouble.code !== 'signed-out' && !trouble.code.startsWith('keychain-'),
      ),
    )
    return null
  },
  addSource: (host, wanted) =>
    answered(host, () => inTurn(host, () => addSource(host.parts, wanted, host.signal))),
  removeSource: (host, { id }) => changed(host, () => inTurn(host, () => removeSource(host.parts, id))),
  pauseSource: (host, { id, isPaused }) =>
    changed(host, () => inTurn(host, () => pauseSource(host.parts, id, isPaused))),
  addTrainer: (host, wanted) => answered(host, () => inTurn(host, () => addTrainer(host.parts, wanted))),
  removeTrainer: (host, { id }) => changed(host, () => inTurn(host, () => removeTrainer(host.parts, id))),
  retryFile: (host, { name, workingFolder }) =>
    answered(host, () => retryFile(host.parts, findFile(host.parts.ledger, name, workingFolder))),
  ignoreFile: (host, { name, workingFolder }) =>
    answered(host, () => ignoreFile(host.parts, findFile(host.parts.ledger, name, workingFolder))),
  uploadAnyway: (host, { name, workingFolder }) =>
    changed(host, () => uploadAnyway(host.parts, findFile(host.parts.ledger, name, workingFolder))),
  ...viewAsks,
  ...planAsks,
  ...fileAsks,
  ...findingAsks,
}

function inTurn<T>(host: Engine, work: () => Promise<T>): Promise<T> {
  return host.parts.foldersTurn.take(work)
}

/** Does it, and wakes the loop: something may be due now. */
async function changed(host: Engine, work: () => Promise<void> | void): Promise<null> {
  await work()
  host.wake()
  return null
}

async function answered<T>(host: Engine, work: () => Promise<T> | T): Promise<T> {
  const answer = await work()
  host.wake()
  return answer
}

const reading: readonly EngineRequestName[] = [
  ...(['status', 'verify', 'view', 'listWorkouts', 'listFiles', 'fileStory'] as const),
  ...(['discoverFolders', 'previewFolder'] as const),
]

/** True for a request that only looks: nothing people see is another after it. */
export function isReading(name: EngineRequestName): boolean {
  return reading.includes(name)
}

/** Answers one request of the contract. Rejects with AppErrors. */
export function answerRequest<K extends EngineRequestName>(
  host: Engine,
  name: K,
  args: EngineRequests[K]['args'],
): Promise<EngineRequests[K]['answer']> {
  return handlers[name](host, args)
}

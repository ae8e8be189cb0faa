import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, type ErrorCode } from '../../shared/app-error.ts'
import type { Settings } from '../../shared/settings.ts'
import { askControl, serveControl, type ControlServer } from '../adapters/control-channel.ts'
import { takeHomeLock } from '../adapters/home-lock.ts'
import { readSettings } from '../adapters/settings-file.ts'
import { keytarSecretStore } from '../adapters/keytar-secret-store.ts'
import { startEngineThread, type EngineThread } from '../workers/engine-thread.ts'
import { helpThread, type HelpThread } from '../workers/help-thread.ts'
import type { WorkerFiles } from '../workers/worker-files.ts'
import { AccountKeeper } from './account/account-keeper.ts'
import { credentialFor } from './account/keychain.ts'
import type { UserFolders } from './discovery/user-folders.ts'
import type { AskEngine, EngineRequestName } from './engine-requests.ts'
import { limitsFor, type Environment } from './environment.ts'
import { makeHome, type HomeFolders } from './home.ts'
import { OthersRequests } from './others-requests.ts'

/** How long a Musette that is just starting or ending is waited for. */
export const handOverWaitMs = 10_000
/** The whole of stopping takes at most 5 s; the engine's part of it this much. */
export const closeWithinMs = 4_000

/** This process works on the home itself: it holds the lock and has the engine. */
export interface OwnSession {
  readonly kind: 'own'
  readonly ask: AskEngine
  readonly thread: EngineThread
  readonly account: AccountKeeper
  /** Reads whole homes for a check-up or a bundle, in a thread of its own. */
  readonly help: HelpThread
  /** Waits for what other processes have asked for, unless it is urgent. */
  close(isUrgent: boolean): Promise<void>
}

/** Another process holds the home and is asked. */
export interface HandedSession {
  readonly kind: 'handed'
  readonly ask: AskEngine
}

export interface SessionOptions {
  /** Where the system says that the user's folders are; null where the host knows no more than the engine can find. */
  readonly userFolders: UserFolders | null
}

/**
 * Opens the home to change something in it: takes its lock and starts the engine, or finds the Musette that holds it.
 * Throws `home-in-use` when another holds it and cannot be asked.
 */
export async function openSession(
  environment: Environment,
  files: WorkerFiles,
  stop: AbortSignal,
  options: SessionOptions = { userFolders: null },
): Promise<OwnSession | HandedSession> {
  const folders = makeHome(environment.home)
  const until = performance.now() + handOverWaitMs
  for (;;) {
    const lock = takeHomeLock(folders.lock)
    if (lock !== null) {
      try {
        return await ownSession(environment, folders, files, options, () => lock.release())
      } catch (error) {
        lock.release()
        throw error
      }
    }
    if (await isAnswering(folders)) return { kind: 'handed', ask: askOther(folders, stop) }
    if (performance.now() > until) throw new AppError('home-in-use', 'its holder does not answer', 'give-up')
    await sleep(100, null, { signal: stop })
  }
}

async function isAnswering(folders: HomeFolders): Promise<boolean> {
  const reply = await askControl({
    homeFolder: folders.profile,
    request: { name: 'ping', args: null },
    timeoutMs: 2_000,
  }).catch(() => null)
  return reply?.kind === 'answer'
}

async function ownSession(
  environment: Environment,
  folders: HomeFolders,
  files: WorkerFiles,
  { userFolders }: SessionOptions,
  release: () => void,
): Promise<OwnSession> {
  const { origin, apiKey } = environment
  const secrets = keytarSecretStore()
  const settings = (): Settings => readSettings(folders.settings).settings
  const credential = await credentialFor(apiKey, settings(), secrets)
  const limits = limitsFor(environment, settings())
  const thread = await startEngineThread(
    { home: folders.home, origin, limits, credential, userFolders },
    files,
  )
  const account = new AccountKeeper({ ask: thread.ask, environment, settings, secrets, credential })
  const others = new OthersRequests(thread.ask, account)
  let control: ControlServer
  try {
    control = await serveControl({ homeFolder: folders.profile, handle: others.answer })
  } catch (error) {
    // Before the lock: an engine nobody knows of must not work on beside the next one.
    await thread.close(closeWithinMs)
    throw error
  }
  const help = helpThread(files.help)
  const urgent = Promise.withResolvers<null>()
  let closing: Promise<void> | null = null
  const closeAll = async (): Promise<void> => {
    help.close()
    await Promise.race([others.finish(), urgent.promise])
    await thread.close(closeWithinMs)
    await control.close()
    release()
  }
  return {
    kind: 'own',
    ask: thread.ask,
    thread,
    account,
    help,
    close: isUrgent => {
      // Urgent also after a gentle close has begun: a signal ends the waiting for others.
      if (isUrgent) urgent.resolve(null)
      return (closing ??= closeAll())
    },
  }
}

function askOther(folders: HomeFolders, signal: AbortSignal): AskEngine {
  return async (name: EngineRequestName, args: unknown) => {
    const reply = await askControl({ homeFolder: folders.profile, request: { name, args }, signal })
    switch (reply.kind) {
      case 'answer':
        // The other side is the same contract; both come from one build or say `bad-usage`.
        return reply.value as never
      case 'failed': {
        const details = reply.file === null ? {} : { file: reply.file }
        const recovery = reply.code === 'home-in-use' ? 'retry' : 'give-up'
        throw new AppError(reply.code as ErrorCode, reply.message, recovery, details)
      }
      case 'nobody':
        throw new AppError('home-in-use', 'its holder ended before it answered', 'retry')
    }
  }
}

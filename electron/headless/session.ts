import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, type ErrorCode } from '../../shared/app-error.ts'
import { askControl, serveControl, type ControlServer } from '../adapters/control-channel.ts'
import { takeHomeLock, type HomeLock } from '../adapters/home-lock.ts'
import { readSettings } from '../adapters/settings-file.ts'
import type { AskEngine, EngineRequestName } from '../host/engine-requests.ts'
import type { CredentialState } from '../host/engine-host.ts'
import type { Environment } from '../host/environment.ts'
import { makeHome, type HomeFolders } from '../host/home.ts'
import { startEngineThread, type EngineThread } from '../workers/engine-thread.ts'
import type { WorkerFiles } from '../workers/worker-files.ts'
import { credentialFor } from './keychain.ts'
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
  /** Waits for what other processes have asked for, unless it is urgent. */
  close(isUrgent: boolean): Promise<void>
}

/** Another process holds the home and is asked. */
export interface HandedSession {
  readonly kind: 'handed'
  readonly ask: AskEngine
}

/**
 * Opens the home to change something in it: takes its lock and starts the engine, or finds the Musette that holds it.
 * Throws `home-in-use` when another holds it and cannot be asked.
 */
export async function openSession(
  environment: Environment,
  files: WorkerFiles,
  stop: AbortSignal,
): Promise<OwnSession | HandedSession> {
  const folders = makeHome(environment.home)
  const until = performance.now() + handOverWaitMs
  for (;;) {
    const lock = takeHomeLock(folders.lock)
    if (lock !== null) return ownSession(environment, folders, lock, files)
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
  lock: HomeLock,
  files: WorkerFiles,
): Promise<OwnSession> {
  let thread: EngineThread
  let control: ControlServer
  let others: OthersRequests
  try {
    const { origin, limits, apiKey } = environment
    const readCredential = (): Promise<CredentialState> =>
      credentialFor(apiKey, readSettings(folders.settings).settings)
    const credential = await readCredential()
    thread = await startEngineThread({ home: folders.home, origin, limits, credential }, files)
    others = new OthersRequests(thread, credential, readCredential)
    control = await serveControl({ homeFolder: folders.profile, handle: others.answer })
  } catch (error) {
    lock.release()
    throw error
  }
  const urgent = Promise.withResolvers<null>()
  let closing: Promise<void> | null = null
  const closeAll = async (): Promise<void> => {
    await Promise.race([others.finish(), urgent.promise])
    await thread.close(closeWithinMs)
    await control.close()
    lock.release()
  }
  return {
    kind: 'own',
    ask: thread.ask,
    thread,
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

import { Worker } from 'node:worker_threads'
import { AppError } from '../../shared/app-error.ts'
import type { Trouble } from '../../shared/reports.ts'
import { fromWire } from '../host/app-error-wire.ts'
import type { EngineConfig } from '../host/engine-host.ts'
import type { AskEngine, EngineRequestName, EngineRequests } from '../host/engine-requests.ts'
import type { EngineThreadData, FromEngine, ToEngine } from './engine-messages.ts'
import type { WorkerFiles } from './worker-files.ts'

/** The engine in its own thread, as its host sees it. */
export interface EngineThread {
  readonly ask: AskEngine
  /** Keeps syncing until closed; tells each new trouble once, and when what people see may be another than before. */
  run(onTrouble: (trouble: Trouble) => void, onChange?: () => void): void
  /** Ends uploads, then watches, then the ledger. At the latest after `withinMs` the thread is ended hard. */
  close(withinMs: number): Promise<void>
  /** Rejects when the thread dies by itself, and with `ledger-damaged` when it works on in vain; otherwise pending. */
  readonly died: Promise<never>
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Starts the engine's thread and waits until it is ready. Throws what opening the home throws. */
export async function startEngineThread(config: EngineConfig, files: WorkerFiles): Promise<EngineThread> {
  const data: EngineThreadData = { config, proofWorker: files.proof.href }
  const worker = new Worker(files.engine, { workerData: data })
  const pending = new Map<number, Pending>()
  let nextId = 1
  let tellTrouble: (trouble: Trouble) => void = () => undefined
  let tellChange: () => void = () => undefined
  let isClosing = false
  let endedBy: Error | null = null
  const closed = Promise.withResolvers<null>()
  const ready = Promise.withResolvers<null>()
  const died = Promise.withResolvers<never>()
  // Whoever does not wait for it must not be ended by it.
  died.promise.catch(() => undefined)

  const tell = (message: ToEngine): void => {
    worker.postMessage(message)
  }
  const failAll = (error: Error): void => {
    endedBy ??= error
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
    ready.reject(error)
    if (!isClosing) died.reject(error)
    closed.resolve(null)
  }
  worker.on('error', error => {
    failAll(error instanceof Error ? error : new Error(String(error)))
  })
  worker.on('exit', () => {
    failAll(new AppError('home-in-use', 'the engine has stopped', 'retry'))
  })
  worker.on('message', (message: FromEngine) => {
    switch (message.kind) {
      case 'ready':
        ready.resolve(null)
        return
      case 'notReady':
        isClosing = true
        ready.reject(fromWire(message.error))
        return
      case 'closed':
        closed.resolve(null)
        return
      case 'unfit':
        if (!isClosing) died.reject(fromWire(message.error))
        return
      case 'trouble':
        tellTrouble(message.trouble)
        return
      case 'changed':
        tellChange()
        return
      case 'answer':
        pending.get(message.id)?.resolve(message.value)
        break
      case 'failed':
        pending.get(message.id)?.reject(fromWire(message.error))
        break
      case 'broken':
        pending.get(message.id)?.reject(new Error(message.message))
        break
    }
    pending.delete(message.id)
  })
  await ready.promise

  const ask = <K extends EngineRequestName>(
    name: K,
    args: EngineRequests[K]['args'],
  ): Promise<EngineRequests[K]['answer']> =>
    new Promise((resolve, reject) => {
      if (endedBy !== null) {
        // Nobody is there to answer.
        reject(endedBy)
        return
      }
      const id = nextId
      nextId += 1
      // The engine's side is typed by the same contract.
      pending.set(id, { resolve: value => resolve(value as EngineRequests[K]['answer']), reject })
      tell({ kind: 'ask', id, name, args })
    })

  return {
    ask,
    died: died.promise,
    run: (onTrouble, onChange = () => undefined) => {
      tellTrouble = onTrouble
      tellChange = onChange
      tell({ kind: 'run' })
    },
    close: async withinMs => {
      isClosing = true
      tell({ kind: 'close' })
      const timer = setTimeout(() => closed.resolve(null), withinMs)
      await closed.promise
      clearTimeout(timer)
      await worker.terminate()
    },
  }
}

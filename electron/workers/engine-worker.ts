import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '../../shared/app-error.ts'
import { toWire } from '../host/app-error-wire.ts'
import { EngineHost } from '../host/engine-host.ts'
import type { EngineRequestName } from '../host/engine-requests.ts'
import { parseRequest } from '../host/parse-requests.ts'
import type { EngineThreadData, FromEngine, ToEngine } from './engine-messages.ts'
import { proofPool } from './proof-pool.ts'

/** The engine's thread: one home's engine and ledger, asked by messages. */
const port = parentPort
if (port === null) throw new TypeError('this file runs as a worker thread')
const say = (message: FromEngine): void => {
  port.postMessage(message)
}
const { config, proofWorker } = workerData as EngineThreadData // handed over by engine-thread.ts
const pool = proofPool(new URL(proofWorker))

async function answer(host: EngineHost, id: number, name: EngineRequestName, args: unknown): Promise<void> {
  try {
    say({ kind: 'answer', id, value: await host.ask(name, parseRequest(name, args)) })
  } catch (error) {
    if (error instanceof AppError) say({ kind: 'failed', id, error: toWire(error) })
    else
      say({
        kind: 'broken',
        id,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
  }
}

async function start(): Promise<void> {
  let host: EngineHost
  try {
    host = await EngineHost.open(config, pool, error => say({ kind: 'unfit', error: toWire(error) }))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    say({ kind: 'notReady', error: toWire(error) })
    await pool.close()
    port?.close()
    return
  }
  port?.on('message', (message: ToEngine) => {
    switch (message.kind) {
      case 'ask':
        void answer(host, message.id, message.name, message.args)
        return
      case 'run':
        host.startRunning(
          trouble => say({ kind: 'trouble', trouble }),
          () => say({ kind: 'changed' }),
        )
        return
      case 'close':
        void close(host)
    }
  })
  say({ kind: 'ready' })
}

async function close(host: EngineHost): Promise<void> {
  try {
    await host.close()
  } finally {
    await pool.close()
    say({ kind: 'closed' })
    port?.close()
  }
}

await start()

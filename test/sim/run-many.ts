import { Worker } from 'node:worker_threads'
import type { RunResult } from './run.ts'
import type { SimAnswer } from './sim-worker.ts'

export interface ManyOptions {
  readonly firstSeed: number
  readonly mostRuns: number
  /** No run is begun after this many ms of real time. */
  readonly forMs: number
  readonly workers: number
  /** Stop at the first run that breaks a promise. */
  readonly stopsAtFirst: boolean
  /** Node's own options for the workers. */
  readonly execArgv?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly onResult?: (result: RunResult) => void
}

/** What came of many runs. */
export interface ManyResult {
  readonly runs: number
  readonly tookMs: number
  readonly failed: readonly RunResult[]
  /** Runs that the simulation itself could not end. */
  readonly threw: readonly { readonly seed: number; readonly error: string }[]
}

/** Runs seed after seed, several at a time. */
export function runMany(options: ManyOptions): Promise<ManyResult> {
  const startedAt = performance.now()
  const failed: RunResult[] = []
  const threw: { seed: number; error: string }[] = []
  let [next, done] = [0, 0]
  const tookMs = (): number => performance.now() - startedAt
  const mayGoOn = (): boolean =>
    next < options.mostRuns &&
    tookMs() < options.forMs &&
    !(options.stopsAtFirst && failed.length + threw.length > 0)
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./sim-worker.ts', import.meta.url), {
        ...(options.execArgv === undefined ? {} : { execArgv: [...options.execArgv] }),
        ...(options.env === undefined ? {} : { env: options.env }),
      })
      const go = (): void => {
        if (!mayGoOn()) {
          void worker.terminate().then(() => resolve())
          return
        }
        worker.postMessage(options.firstSeed + next)
        next += 1
      }
      worker.on('error', reject)
      worker.on('message', (answer: SimAnswer) => {
        done += 1
        if (answer.kind === 'threw') threw.push(answer)
        else {
          if (answer.result.breaches.length > 0) failed.push(answer.result)
          options.onResult?.(answer.result)
        }
        go()
      })
      go()
    })
  return Promise.all(Array.from({ length: options.workers }, work)).then(() => ({
    ...{ runs: done, tookMs: tookMs(), threw },
    failed: failed.toSorted((a, b) => a.plan.seed - b.plan.seed),
  }))
}

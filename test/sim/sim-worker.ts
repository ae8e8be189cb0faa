import { parentPort } from 'node:worker_threads'
import { drawPlan } from './draw-plan.ts'
import { simulate, type RunResult } from './run.ts'

/** What a worker tells of one run. */
export type SimAnswer =
  | { readonly kind: 'ran'; readonly seed: number; readonly result: RunResult }
  | { readonly kind: 'threw'; readonly seed: number; readonly error: string }

const port = parentPort
if (port === null) throw new TypeError('this file runs as a worker thread')
const say = (answer: SimAnswer): void => {
  port.postMessage(answer)
}

// A bug in the simulation itself: it must not look like a run that went well.
let current = -1
process.on('unhandledRejection', error => {
  say({ kind: 'threw', seed: current, error: error instanceof Error ? (error.stack ?? '') : String(error) })
})

port.on('message', (seed: number) => {
  current = seed
  simulate(drawPlan(seed)).then(
    result => say({ kind: 'ran', seed, result }),
    (error: unknown) =>
      say({ kind: 'threw', seed, error: error instanceof Error ? (error.stack ?? '') : String(error) }),
  )
})

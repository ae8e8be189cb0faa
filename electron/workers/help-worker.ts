import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '../../shared/app-error.ts'
import { toWire } from '../host/app-error-wire.ts'
import { lookAtHome } from '../host/help/look-at-home.ts'
import { packBundle } from '../host/help/pack-bundle.ts'
import type { HelpAnswer, HelpJob } from './help-jobs.ts'

/** A thread that reads a whole home once, for a check-up or a bundle, and ends. */
const port = parentPort
if (port === null) throw new TypeError('this file runs as a worker thread')

async function work(job: HelpJob): Promise<HelpAnswer> {
  try {
    if (job.kind === 'look') return { kind: 'looked', findings: await lookAtHome(job.look) }
    return { kind: 'packed', zip: await packBundle(job.pack) }
  } catch (error) {
    if (error instanceof AppError) return { kind: 'failed', error: toWire(error) }
    return {
      kind: 'broken',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  }
}

port.postMessage(await work(workerData as HelpJob)) // handed over by help-thread.ts

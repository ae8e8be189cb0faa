import { parentPort } from 'node:worker_threads'
import { AppError } from '../../shared/app-error.ts'
import { nodeDisk } from '../adapters/node-disk.ts'
import { toWire } from '../host/app-error-wire.ts'
import { archiveRecording } from '../sync/activities/archive.ts'
import { examineFile } from '../sync/activities/examine.ts'
import type { ProofAnswer, ProofJob } from './proof-jobs.ts'

/** A thread of the pool that proves, hashes and archives: one job at a time. */
const disk = nodeDisk()
const port = parentPort
if (port === null) throw new TypeError('this file runs as a worker thread')

async function work(job: ProofJob): Promise<ProofAnswer> {
  try {
    if (job.kind === 'examine') return { kind: 'examined', examination: await examineFile(disk, job.request) }
    await archiveRecording(disk, job.request)
    return { kind: 'archived' }
  } catch (error) {
    if (error instanceof AppError) return { kind: 'failed', error: toWire(error) }
    return {
      kind: 'broken',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  }
}

port.on('message', (job: ProofJob) => {
  void work(job).then(answer => {
    port.postMessage(answer)
  })
})

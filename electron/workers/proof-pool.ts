import { Worker } from 'node:worker_threads'
import { AppError } from '../../shared/app-error.ts'
import { fromWire } from '../host/app-error-wire.ts'
import type { Examiner } from '../sync/ports/examiner.ts'
import type { ProofAnswer, ProofJob } from './proof-jobs.ts'

const width = 2
/** No file takes this long; a thread that does is stuck, and is ended rather than waited for. */
const longestJobMs = 10 * 60_000

interface Thread {
  run(work: Waiting): void
}

interface Waiting {
  readonly job: ProofJob
  readonly resolve: (answer: ProofAnswer) => void
  readonly reject: (error: Error) => void
}

/** At most two threads that prove, hash and archive. They start with the first job and cost nothing before. */
export function proofPool(file: URL): Examiner & { close(): Promise<void> } {
  const idle: Thread[] = []
  const all = new Set<Worker>()
  const waiting: Waiting[] = []
  let isClosed = false

  const take = (): void => {
    while (waiting.length > 0) {
      const thread = idle.pop() ?? (all.size < width && !isClosed ? start() : null)
      const next = thread === null ? undefined : waiting.shift()
      if (thread === null || next === undefined) return
      thread.run(next)
    }
  }

  // One set of listeners for the thread's whole life: a Worker whose last message listener is removed stops listening.
  const start = (): Thread => {
    const worker = new Worker(file)
    all.add(worker)
    let current: { readonly work: Waiting; readonly timer: NodeJS.Timeout } | null = null
    const end = (settle: (work: Waiting) => void): void => {
      if (current === null) return
      const { work, timer } = current
      current = null
      clearTimeout(timer)
      settle(work)
    }
    const thread: Thread = {
      run: work => {
        const timer = setTimeout(() => void worker.terminate(), longestJobMs)
        current = { work, timer }
        worker.postMessage(work.job)
      },
    }
    const lost = (detail: string): void => {
      all.delete(worker)
      const place = idle.indexOf(thread)
      if (place >= 0) idle.splice(place, 1)
      end(work => work.reject(trouble(work.job, detail)))
      take()
    }
    worker.on('message', (answer: ProofAnswer) => {
      end(work => work.resolve(answer))
      idle.push(thread)
      take()
    })
    worker.on('error', error => lost(String(error)))
    worker.on('exit', code => lost(`thread ended (${code})`))
    return thread
  }

  const ask = (job: ProofJob): Promise<ProofAnswer> =>
    new Promise((resolve, reject) => {
      if (isClosed) {
        reject(trouble(job, 'the pool is closed'))
        return
      }
      waiting.push({ job, resolve, reject })
      take()
    })

  return {
    width,
    examine: async request => {
      const answer = await ask({ kind: 'examine', request })
      if (answer.kind === 'examined') return answer.examination
      throw wrong(answer)
    },
    archive: async request => {
      const answer = await ask({ kind: 'archive', request })
      if (answer.kind !== 'archived') throw wrong(answer)
    },
    close: async () => {
      isClosed = true
      await Promise.all([...all].map(worker => worker.terminate()))
    },
  }
}

/** A thread that died (out of memory, say) is this file's trouble, and none of the others'. */
function trouble(job: ProofJob, detail: string): AppError {
  const file = job.kind === 'examine' ? job.request.path : job.request.stagedPath
  return new AppError('disk-error', `could not be examined: ${detail}`, 'retry', { file })
}

function wrong(answer: ProofAnswer): Error {
  if (answer.kind === 'failed') return fromWire(answer.error)
  return new Error(answer.kind === 'broken' ? answer.message : `unexpected answer: ${answer.kind}`)
}

import { Worker } from 'node:worker_threads'
import { AppError } from '../../shared/app-error.ts'
import { fromWire } from '../host/app-error-wire.ts'
import type { HelpWork } from '../host/help/help-work.ts'
import { Turn } from '../sync/turn.ts'
import type { HelpAnswer, HelpJob } from './help-jobs.ts'

/** The work of helping, done beside the main thread. */
export interface HelpThread extends HelpWork {
  /** Ends what is under way and begins nothing more; whoever waits is told `stopped-early`. */
  close(): void
}

/** A folder that hangs, or a ledger beyond all measure: whoever waits must be told. */
const longestJobMs = 60_000

/** One thread at a time, each for one job: it starts with it, ends with it, and costs nothing between. */
export function helpThread(file: URL, longestMs = longestJobMs): HelpThread {
  const turn = new Turn()
  const closing = new AbortController()
  const perform = (job: HelpJob): Promise<HelpAnswer> =>
    turn.take(() => answerOf(file, job, longestMs, closing.signal))
  return {
    look: async look => {
      const answer = await perform({ kind: 'look', look })
      if (answer.kind === 'looked') return answer.findings
      throw troubleIn(answer)
    },
    pack: async pack => {
      const answer = await perform({ kind: 'pack', pack })
      if (answer.kind === 'packed') return answer.zip
      throw troubleIn(answer)
    },
    close: () => closing.abort(),
  }
}

async function answerOf(
  file: URL,
  job: HelpJob,
  longestMs: number,
  closing: AbortSignal,
): Promise<HelpAnswer> {
  if (closing.aborted) throw stopped('Musette is closing')
  const worker = new Worker(file, { workerData: job })
  const answer = Promise.withResolvers<HelpAnswer>()
  worker.on('message', answer.resolve)
  worker.on('error', answer.reject)
  // After an answer this comes too late to count.
  worker.on('exit', code => answer.reject(new Error(`the thread that helps ended (${code})`)))
  const timer = setTimeout(
    () => answer.reject(stopped(`it took longer than ${Math.round(longestMs / 1000)} s`)),
    longestMs,
  )
  const close = (): void => answer.reject(stopped('Musette is closing'))
  closing.addEventListener('abort', close, { once: true })
  try {
    return await answer.promise
  } finally {
    clearTimeout(timer)
    closing.removeEventListener('abort', close)
    // Not waited for: a thread that hangs in the system ends when the system lets it.
    void worker.terminate()
  }
}

function stopped(why: string): AppError {
  return new AppError('stopped-early', why, 'retry')
}

function troubleIn(answer: HelpAnswer): Error {
  if (answer.kind === 'failed') return fromWire(answer.error)
  return new Error(answer.kind === 'broken' ? answer.message : `unexpected answer: ${answer.kind}`)
}

import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../shared/app-error.ts'
import type { AskEngine } from '../host/engine-requests.ts'
import type { Context } from './context.ts'
import { handOverWaitMs, openSession } from '../host/session.ts'

/** Opens the home, lets `work` ask its engine (ours or another process's), and closes what was opened. */
export async function withEngine<T>(
  context: Context,
  work: (ask: AskEngine, isHanded: boolean) => Promise<T>,
): Promise<T> {
  const until = performance.now() + handOverWaitMs
  for (;;) {
    const session = await openSession(context.environment, context.files, context.stop)
    if (session.kind === 'own') {
      const close = (isUrgent: boolean): Promise<void> => session.close(isUrgent)
      return ownWork(context, close, () => work(session.ask, false))
    }
    try {
      return await work(session.ask, true)
    } catch (error) {
      // The holder was just ending: the home is free in a moment.
      const isEnding = error instanceof AppError && error.code === 'home-in-use' && error.recovery === 'retry'
      if (!isEnding || performance.now() > until) throw error
      await sleep(100, null, { signal: context.stop })
    }
  }
}

async function ownWork<T>(
  context: Context,
  close: (isUrgent: boolean) => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  // A signal stops the engine at once; the work under way then answers with what it has.
  const stop = (): void => void close(true)
  context.stop.addEventListener('abort', stop, { once: true })
  if (context.stop.aborted) stop()
  try {
    return await work()
  } finally {
    await close(false)
    context.stop.removeEventListener('abort', stop)
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../../shared/app-error.ts'
import type { Context } from '../context.ts'
import { handOverWaitMs, openSession, type OwnSession } from '../session.ts'

/** Keeps syncing until a signal comes. Ends within 5 s: uploads first, then the watches, then the ledger. */
export async function run(context: Context): Promise<number> {
  const session = await takeHome(context)
  context.io.err('Musette is running. Stop it with Ctrl+C.')
  const stopped = Promise.withResolvers<null>()
  context.stop.addEventListener('abort', () => stopped.resolve(null), { once: true })
  if (context.stop.aborted) stopped.resolve(null)
  try {
    session.thread.run(trouble => context.io.err(trouble.message))
    await Promise.race([stopped.promise, session.thread.died])
  } finally {
    await session.close(true)
  }
  return 0
}

/** Waits for a command that is just working on the home; throws `home-in-use` where another Musette stays on it. */
async function takeHome(context: Context): Promise<OwnSession> {
  const until = performance.now() + handOverWaitMs
  for (;;) {
    const session = await openSession(context.environment, context.files, context.stop)
    if (session.kind === 'own') return session
    if (performance.now() > until) throw new AppError('home-in-use', 'another Musette runs on it', 'give-up')
    await sleep(200, null, { signal: context.stop })
  }
}

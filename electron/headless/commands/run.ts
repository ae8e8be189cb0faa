import { AppError } from '../../../shared/app-error.ts'
import type { Context } from '../context.ts'
import { openSession } from '../session.ts'

/** Keeps syncing until a signal comes. Ends within 5 s: uploads first, then the watches, then the ledger. */
export async function run(context: Context): Promise<number> {
  const session = await openSession(context.environment, context.files)
  if (session.kind === 'handed') throw new AppError('home-in-use', 'another Musette runs on it', 'give-up')
  context.io.err('Musette is running. Stop it with Ctrl+C.')
  const stopped = Promise.withResolvers<null>()
  context.stop.addEventListener('abort', () => stopped.resolve(null), { once: true })
  if (context.stop.aborted) stopped.resolve(null)
  try {
    session.thread.run()
    await Promise.race([stopped.promise, session.thread.died])
  } finally {
    await session.close(true)
  }
  return 0
}

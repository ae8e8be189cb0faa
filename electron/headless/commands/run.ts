import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../../shared/app-error.ts'
import { handOverWaitMs, openSession, type OwnSession } from '../../host/session.ts'
import type { Context } from '../context.ts'
import { assertWindowBuilt, serveWindow, type ServedWindow } from '../serve-window.ts'

/**
 * Keeps syncing until a signal comes; with a port (0 for any) it serves the window too, and prints its address alone.
 * Ends within 5 s: the window first, then uploads, then the watches, then the ledger.
 */
export async function run(context: Context, uiPort: number | null): Promise<number> {
  const { io, stop } = context
  if (uiPort !== null) assertWindowBuilt(context.windowFolder)
  const session = await takeHome(context)
  const stopped = Promise.withResolvers<null>()
  stop.addEventListener('abort', () => stopped.resolve(null), { once: true })
  if (stop.aborted) stopped.resolve(null)
  let window: ServedWindow | null = null
  try {
    if (uiPort === null) session.thread.run(trouble => io.err(trouble.message))
    else {
      window = await serveWindow(context, session, uiPort)
      io.out(window.address)
      io.err('The window is open to whoever has this address: keep it to yourself.')
    }
    io.err('Musette is running. Stop it with Ctrl+C.')
    await Promise.race([stopped.promise, session.thread.died])
  } finally {
    await window?.close()
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

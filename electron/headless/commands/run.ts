import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../../shared/app-error.ts'
import { errorText } from '../../../shared/error-text.ts'
import { oneLine } from '../../../shared/plain-words.ts'
import { handOverWaitMs, openSession, type OwnSession } from '../../host/session.ts'
import type { Context } from '../context.ts'
import { assertWindowBuilt, serveWindow, type Door, type ServedWindow } from '../serve-window.ts'

/** An engine that lives shorter than this after a rebuild died of something that no rebuild mends. */
const shortestLifeMs = 60_000

/**
 * Keeps syncing until a signal comes; with a port (0 for any) it serves the window too, and prints its address alone.
 * Ends within 5 s: the window first, then uploads, then the watches, then the ledger.
 */
export async function run(context: Context, uiPort: number | null): Promise<number> {
  if (uiPort !== null) assertWindowBuilt(context.windowFolder)
  let door: Door | null = uiPort === null ? null : { port: uiPort, token: null }
  for (let isFirst = true; ; isFirst = false) {
    const beganAt = performance.now()
    const end = await runUntilEnd(context, door, isFirst)
    if (end.kind === 'stopped') return 0
    // Damaged again as soon as it was rebuilt: that would go on for ever.
    if (!isFirst && performance.now() - beganAt < shortestLifeMs) throw end.error
    context.io.err(oneLine(errorText(end.error)))
    door = end.door
  }
}

type RunEnd =
  | { readonly kind: 'stopped' }
  /** The ledger turned out to be damaged: the next engine sets it aside and rebuilds it. */
  | { readonly kind: 'unfit'; readonly error: AppError; readonly door: Door | null }

async function runUntilEnd(context: Context, wanted: Door | null, isFirst: boolean): Promise<RunEnd> {
  const { io, stop } = context
  const session = await takeHome(context)
  const stopped = Promise.withResolvers<null>()
  stop.addEventListener('abort', () => stopped.resolve(null), { once: true })
  if (stop.aborted) stopped.resolve(null)
  let window: ServedWindow | null = null
  try {
    if (wanted === null) session.thread.run(trouble => io.err(oneLine(trouble.message)))
    else {
      // The same address as before: a page that is open finds Musette again.
      window = await serveWindow(context, session, wanted)
      if (isFirst) {
        io.out(window.address)
        io.err('The window is open to whoever has this address: keep it to yourself.')
      }
    }
    if (isFirst) io.err('Musette is running. Stop it with Ctrl+C.')
    await Promise.race([stopped.promise, session.thread.died])
    return { kind: 'stopped' }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ledger-damaged' || stop.aborted) throw error
    return { kind: 'unfit', error, door: window?.door ?? wanted }
  } finally {
    await window?.close()
    await session.close(true)
  }
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

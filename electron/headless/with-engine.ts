import type { AskEngine } from '../host/engine-requests.ts'
import type { Context } from './context.ts'
import { openSession } from './session.ts'

/** Opens the home, lets `work` ask its engine (ours or another process's), and closes what was opened. */
export async function withEngine<T>(context: Context, work: (ask: AskEngine) => Promise<T>): Promise<T> {
  const session = await openSession(context.environment, context.files)
  if (session.kind === 'handed') return work(session.ask)
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => (closing ??= session.close())
  // A signal stops the engine at once; the work under way then answers with what it has.
  const stop = (): void => void close()
  context.stop.addEventListener('abort', stop, { once: true })
  try {
    return await work(session.ask)
  } finally {
    context.stop.removeEventListener('abort', stop)
    await close()
  }
}

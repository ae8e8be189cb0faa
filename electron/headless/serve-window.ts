import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../shared/app-error.ts'
import { oneLine } from '../../shared/plain-words.ts'
import { logFile } from '../adapters/log-file.ts'
import { serveLoopback } from '../adapters/loopback-server.ts'
import { systemClock } from '../adapters/system-clock.ts'
import { homeFolders } from '../host/home.ts'
import type { OwnSession } from '../host/session.ts'
import { pageHeaders } from '../host/window/content-policy.ts'
import { readPage } from '../host/window/page-files.ts'
import { WindowService } from '../host/window/window-service.ts'
import type { Context } from './context.ts'
import { headlessShell } from './headless-shell.ts'

/** Where the window is found: a port, 0 for any, and the token; null for a new one. */
export interface Door {
  readonly port: number
  readonly token: string | null
}

/** The window, served to browsers on this computer. */
export interface ServedWindow {
  /** With the token, which is all that is needed to use the window. */
  readonly address: string
  readonly door: Door
  close(): Promise<void>
}

/** Throws `bad-usage` when there is no built page to serve; to be asked before the home is opened. */
export function assertWindowBuilt(windowFolder: string): void {
  if (existsSync(join(windowFolder, 'index.html'))) return
  throw new AppError('bad-usage', 'The window is not built: npm run build', 'give-up')
}

/** Starts the engine's run loop and serves its window. Throws `bad-usage` when the port can't be had. */
export async function serveWindow(
  context: Context,
  session: OwnSession,
  { port, token: known }: Door,
): Promise<ServedWindow> {
  const { environment, io, windowFolder } = context
  const log = logFile(homeFolders(environment.home).log)
  const service = new WindowService({
    ...{ session, environment, log, clock: systemClock(), shell: headlessShell(environment) },
    onTrouble: trouble => io.err(oneLine(trouble.message)),
  })
  const token = known ?? randomBytes(32).toString('base64url')
  const server = await serveLoopback({
    ...{ port, token, log },
    answer: (name, args) => service.answer(name, args),
    page: async path => {
      const file = await readPage(windowFolder, path)
      return { ...file, headers: { ...pageHeaders('self'), ...file.headers } }
    },
    firstEvent: () => ({ kind: 'snapshot', snapshot: service.current }),
    onEvent: listener => service.onEvent(listener),
  })
  const close = async (): Promise<void> => {
    service.close()
    await server.close()
  }
  try {
    await service.start()
  } catch (error) {
    await close()
    throw error
  }
  // In the fragment, which no browser ever sends anywhere.
  return {
    address: `http://127.0.0.1:${server.port}/#token=${token}`,
    door: { port: server.port, token },
    close,
  }
}

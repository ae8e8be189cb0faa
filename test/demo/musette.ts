import { execFile } from 'node:child_process'
import { join } from 'node:path'

/** How one command ended. `code` is null when it had to be stopped. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface MusetteSetup {
  /** The project's root. */
  readonly root: string
  readonly home: string
  readonly apiUrl: string
  readonly apiKey: string
  readonly signal: AbortSignal
}

/** Every command must end within this; a real one takes a second or two, the longest look-up some more. */
const guardMs = 25_000

/** What the demo's Musette runs with: a home and a key of its own. */
export function environmentOf(setup: MusetteSetup): NodeJS.ProcessEnv {
  // A Musette that its owner uses has variables of its own: nothing of them may come near this one.
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('MUSETTE_'))
  return {
    ...Object.fromEntries(others),
    MUSETTE_HOME: setup.home,
    MUSETTE_API_URL: setup.apiUrl,
    MUSETTE_API_KEY: setup.apiKey,
    // Enough for the demo many times over, and still held to.
    MUSETTE_LIMITS: '10,200,400',
    NO_COLOR: '1',
  }
}

/** The file that a person starts. */
export function launcherOf(setup: MusetteSetup): string {
  return join(setup.root, 'electron', 'musette.mjs')
}

/** Makes a function that runs the built command line in a process of its own. */
export function musetteIn(setup: MusetteSetup): (...args: readonly string[]) => Promise<Ended> {
  const env = environmentOf(setup)
  const launcher = launcherOf(setup)
  return (...args) =>
    new Promise(resolve => {
      execFile(
        process.execPath,
        [launcher, ...args],
        {
          ...{ env, encoding: 'utf8', timeout: guardMs, killSignal: 'SIGKILL', signal: setup.signal },
          maxBuffer: 16 * 1024 * 1024,
        },
        (error, out, err) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null
          resolve({ code, out, err })
        },
      )
    })
}

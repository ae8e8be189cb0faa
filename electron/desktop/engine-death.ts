import type { Log } from '../sync/ports/log.ts'
import type { Quit } from './quit.ts'

export interface EngineDeathDeps {
  /** Rejects when the engine dies by itself; otherwise pending. */
  readonly died: Promise<never>
  readonly quit: Pick<Quit, 'isClosing' | 'end'>
  /** Asks whether to start anew; false for quitting. */
  askRestart(): Promise<boolean>
  /** Has Musette started again once this one has ended. */
  relaunch(): void
  readonly log: Log
}

/** What has become of the engine. */
export interface EngineDeath {
  readonly isDead: boolean
  /** Nothing more is to be had of it: it died, or Musette is ending. */
  readonly isOver: boolean
}

/** Follows the engine. When it dies the user is asked, once, and Musette ends: to start anew, or for good. */
export function followEngine(deps: EngineDeathDeps): EngineDeath {
  let isDead = false
  const { died, quit, log } = deps
  const isEnding = (): boolean => quit.isClosing
  const whenDead = async (error: unknown): Promise<void> => {
    isDead = true
    if (isEnding()) return
    log('error', 'the engine died', {
      why: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
    // A dialog that can't be shown must not leave a Musette behind that does nothing.
    const isRestart = await deps.askRestart().catch((trouble: unknown) => {
      log('error', 'nobody could be asked', { why: String(trouble) })
      return false
    })
    // The user may have quit from the tray meanwhile.
    if (isEnding()) return
    if (isRestart) deps.relaunch()
    quit.end()
  }
  void died.catch(whenDead)
  return {
    get isDead() {
      return isDead
    },
    get isOver() {
      return isDead || isEnding()
    },
  }
}

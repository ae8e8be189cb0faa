import { AppError } from '../../shared/app-error.ts'
import { errorText } from '../../shared/error-text.ts'
import type { HandedSession, OwnSession } from '../host/session.ts'
import type { Clock } from '../sync/ports/clock.ts'
import type { Log } from '../sync/ports/log.ts'

/** A question with two answers: another try, or the end. */
export interface StartTrouble {
  readonly title: string
  readonly text: string
}

export interface OpenHomeDeps {
  readonly open: () => Promise<OwnSession | HandedSession>
  /** True for another try. */
  askAgain(trouble: StartTrouble): Promise<boolean>
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>
  readonly log: Log
}

/** A command that works on the home for a moment is waited for; a Musette that stays is asked about. */
const waitsForOthersMs = 3_000

/** Takes the home, with the user's word where it can't be had; null when the user gave up. */
export async function openHome(deps: OpenHomeDeps): Promise<OwnSession | null> {
  for (;;) {
    try {
      return await takeHome(deps)
    } catch (error) {
      deps.log('error', 'the home could not be opened', {
        why: error instanceof AppError ? error.code : String(error),
      })
      if (!(await deps.askAgain(startTrouble(error)))) return null
    }
  }
}

async function takeHome({ open, clock }: OpenHomeDeps): Promise<OwnSession> {
  const until = clock.monotonic() + waitsForOthersMs
  for (;;) {
    const session = await open()
    if (session.kind === 'own') return session
    if (clock.monotonic() > until) throw new AppError('home-in-use', 'another Musette runs on it', 'retry')
    await clock.sleep(200)
  }
}

function startTrouble(error: unknown): StartTrouble {
  if (error instanceof AppError && error.code === 'home-in-use') {
    return {
      title: 'Another Musette is at work here',
      text: 'A Musette without a window ("musette run") keeps this computer in sync. Stop it there and try again, or leave it to its work. Nothing was changed.',
    }
  }
  return {
    title: "Musette can't start",
    text:
      error instanceof AppError
        ? errorText(error, 'window')
        : 'Something went wrong inside Musette. Nothing was lost; details are in the log.',
  }
}

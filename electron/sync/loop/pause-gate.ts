import { AppError } from '../../../shared/app-error.ts'
import { activePause, pauseLeftMs } from '../../../shared/pause.ts'
import type { Pause } from '../../../shared/preferences.ts'
import type { Bell } from '../bell.ts'
import type { EngineParts } from '../engine-parts.ts'
import { Turn } from '../turn.ts'
import { slowScanMs } from './loop-times.ts'

/** Holds the loops while the user's pause of everything holds, and forgets the pause once it has ended. */
export class PauseGate {
  readonly #parts: Pick<EngineParts, 'settings' | 'clock' | 'log'>
  readonly #onEnd: () => void
  readonly #turn = new Turn()

  constructor(parts: Pick<EngineParts, 'settings' | 'clock' | 'log'>, onEnd: () => void) {
    this.#parts = parts
    this.#onEnd = onEnd
  }

  readonly isHeld = (): boolean => activePause(this.#pause(), this.#parts.clock.now()) !== null

  /** Resolves once nothing is paused (`waited` when it was), or when the signal aborts. The bell makes it look anew. */
  async pass(bell: Bell, signal: AbortSignal): Promise<'open' | 'waited' | 'stopped'> {
    const { clock } = this.#parts
    let hasWaited = false
    while (this.isHeld() && !signal.aborted) {
      hasWaited = true
      // The wall clock may be set meanwhile: never more than a while at once.
      await bell.wait(clock, Math.min(pauseLeftMs(this.#pause(), clock.now()), slowScanMs), signal)
    }
    if (signal.aborted) return 'stopped'
    await this.#turn.take(() => this.#forgetEnded())
    return hasWaited ? 'waited' : 'open'
  }

  #pause(): Pause {
    return this.#parts.settings.current().pause
  }

  async #forgetEnded(): Promise<void> {
    const isEnded = (pause: Pause): boolean =>
      pause.kind === 'until' && activePause(pause, this.#parts.clock.now()) === null
    if (!isEnded(this.#pause())) return
    try {
      await this.#parts.settings.update(before =>
        isEnded(before.pause) ? { ...before, pause: { kind: 'none' } } : before,
      )
      this.#onEnd()
    } catch (error) {
      // It has ended all the same; only the note of it stays until it can be written.
      if (!(error instanceof AppError)) throw error
      this.#parts.log('warn', 'the end of a pause could not be written', { code: error.code })
    }
  }
}

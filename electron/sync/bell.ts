import type { Clock } from './ports/clock.ts'

/** Wakes one waiter: rung while nobody waits, it is remembered once. */
export class Bell {
  #wake: (() => void) | null = null
  #isRung = false

  ring(): void {
    this.#isRung = true
    this.#wake?.()
  }

  /** Resolves when rung, after `ms`, or when the signal aborts. */
  async wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#isRung && !signal.aborted) {
      const waiting = new AbortController()
      const stop = (): void => {
        // Nobody reads why; without a reason an error with its stack would be made for each wait.
        waiting.abort(null)
      }
      this.#wake = stop
      signal.addEventListener('abort', stop, { once: true })
      await clock.sleep(ms, waiting.signal)
      signal.removeEventListener('abort', stop)
      this.#wake = null
    }
    this.#isRung = false
  }
}

import type { Clock } from '../../electron/sync/ports/clock.ts'
import type { Life, Scheduler } from './scheduler.ts'

/** Thrown into a process that has just been killed, out of whatever it does without waiting. Nobody is left to catch it. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** Never settles: what a dead process waits for. */
export const never = new Promise<never>(() => undefined)

/** One process of Musette: counts its effects on the world, and can be killed before any of them. */
export class SimProcess implements Life {
  isAlive = true
  readonly #scheduler: Scheduler
  readonly #onEffect: (label: string) => void

  /** `onEffect` is told before each effect; it may kill. */
  constructor(scheduler: Scheduler, onEffect: (label: string) => void) {
    this.#scheduler = scheduler
    this.#onEffect = onEffect
  }

  /** To be called before an effect of code that does not wait. Throws Killed when the process ends here. */
  effect(label: string): void {
    if (!this.isAlive) throw new Killed()
    this.#onEffect(label)
    if (hasEnded(this)) throw new Killed()
  }

  /** Something that takes time and changes nothing. */
  async look<T>(label: string, delayMs: number, work: () => T): Promise<T> {
    if (!this.isAlive) return never
    await this.#scheduler.task(label, delayMs, this)
    return hasEnded(this) ? never : work()
  }

  /** Something that takes time and then changes the world at once. */
  async change<T>(label: string, delayMs: number, work: () => T): Promise<T> {
    if (!this.isAlive) return never
    await this.#scheduler.task(label, delayMs, this)
    if (hasEnded(this)) return never
    this.#onEffect(label)
    return hasEnded(this) ? never : work()
  }
}

/** Asked anew, after something that may have ended it. */
function hasEnded(process: SimProcess): boolean {
  return !process.isAlive
}

/** The computer's clocks: the steady one is the run's; the wall clock is set wrong, jumps and changes its zone. */
export class SimWallClock {
  readonly #scheduler: Scheduler
  readonly #startMs: number
  #aheadMs = 0
  zone: string

  constructor(scheduler: Scheduler, startMs: number, zone: string) {
    this.#scheduler = scheduler
    this.#startMs = startMs
    this.zone = zone
  }

  /** As the computer has it. */
  get nowMs(): number {
    return Math.floor(this.trueMs + this.#aheadMs)
  }

  /** As it is. */
  get trueMs(): number {
    return this.#startMs + this.#scheduler.steadyMs
  }

  /** How far the computer's clock is ahead. */
  get aheadMs(): number {
    return this.#aheadMs
  }

  set aheadMs(ms: number) {
    this.#aheadMs = ms
  }

  /** The clock port of one process. */
  portOf(process: SimProcess): Clock {
    return {
      now: () => this.nowMs,
      monotonic: () => this.#scheduler.steadyMs,
      timeZone: () => this.zone,
      sleep: async (ms, signal) => {
        if (!process.isAlive) return never
        if (signal?.aborted === true) return undefined
        const wait = this.#scheduler.cancellable(`sleep ${Math.round(ms)}`, ms, process)
        const wake = (): void => wait.cancel()
        signal?.addEventListener('abort', wake, { once: true })
        await wait.done
        signal?.removeEventListener('abort', wake)
        return hasEnded(process) ? never : undefined
      },
    }
  }
}

import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../electron/sync/ports/clock.ts'

interface Sleeper {
  readonly wakeAt: number
  readonly wake: () => void
}

/** How a fake clock waits until everything that was woken has done its work. */
export type Settle = () => Promise<void>

async function fewTurns(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await setImmediate()
}

/** Time that moves only when a test says so. Sleepers wake in order, each with the clock at its own moment. */
export class FakeClock implements Clock {
  #wallMs: number
  #steadyMs = 0
  readonly #sleepers: Sleeper[] = []
  /** Every wait asked for, in ms, oldest first. */
  readonly waits: number[] = []
  settle: Settle = fewTurns
  zone = 'UTC'

  constructor(startsAtMs: number) {
    this.#wallMs = startsAtMs
  }

  readonly now = (): number => this.#wallMs
  readonly monotonic = (): number => this.#steadyMs
  readonly timeZone = (): string => this.zone

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.waits.push(ms)
    return new Promise(resolve => {
      if (signal?.aborted === true) {
        resolve()
        return
      }
      const wake = (): void => {
        const place = this.#sleepers.indexOf(sleeper)
        if (place >= 0) this.#sleepers.splice(place, 1)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const sleeper: Sleeper = { wakeAt: this.#steadyMs + Math.max(0, ms), wake }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', wake, { once: true })
    })
  }

  /** Moves on by `ms`; who is due meanwhile wakes on time, and all work is done when this returns. */
  async advance(ms: number): Promise<void> {
    const end = this.#steadyMs + ms
    await this.settle()
    for (let next = this.#next(); next !== null && next.wakeAt <= end; next = this.#next()) {
      this.#moveTo(next.wakeAt)
      next.wake()
      await this.settle()
    }
    this.#moveTo(end)
    await this.settle()
  }

  /** Lets time pass as fast as the work allows until it has ended. */
  async during<T>(work: Promise<T>): Promise<T> {
    let isDone = false
    const done = (): void => {
      isDone = true
    }
    work.then(done, done)
    for (;;) {
      await this.settle()
      // Read anew: the settling may have ended the work.
      if (isDone as boolean) return work
      const next = this.#next()
      if (next === null) continue
      this.#moveTo(next.wakeAt)
      next.wake()
    }
  }

  /** Sets the wall clock, as a person or a time server does; the steady clock goes on. */
  jump(ms: number): void {
    this.#wallMs += ms
  }

  #next(): Sleeper | null {
    return this.#sleepers.toSorted((a, b) => a.wakeAt - b.wakeAt)[0] ?? null
  }

  #moveTo(steadyMs: number): void {
    const step = Math.max(0, steadyMs - this.#steadyMs)
    this.#steadyMs += step
    this.#wallMs += step
  }
}

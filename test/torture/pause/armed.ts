import { existsSync, writeFileSync } from 'node:fs'
import type { PausedStep } from '../steps.ts'

/** The environment variable that says where to pause. */
export const armVariable = 'MUSETTE_TORTURE_PAUSE'

/** Where a process pauses: when `step` is met for the `nth` time, it makes the file `marker` and waits for `marker`.go. */
export interface Arm {
  readonly step: PausedStep
  readonly nth: number
  readonly marker: string
}

/** A pause that nobody ends must not outlive those who made it. */
const longestPauseMs = 120_000

/** Counts one thread's meetings with the armed step. */
export class Armed {
  readonly #arm: Arm
  #met = 0

  constructor(arm: Arm) {
    this.#arm = arm
  }

  /** True when this is the very meeting to pause at. */
  isNow(step: PausedStep): boolean {
    if (step !== this.#arm.step || existsSync(this.#arm.marker)) return false
    this.#met += 1
    return this.#met === this.#arm.nth
  }

  /** Says so, and stops this thread until it is killed or let go. */
  pause(): void {
    writeFileSync(this.#arm.marker, '')
    const nothing = new Int32Array(new SharedArrayBuffer(4))
    const until = Date.now() + longestPauseMs
    while (!existsSync(`${this.#arm.marker}.go`) && Date.now() < until) Atomics.wait(nothing, 0, 0, 5)
  }

  /** Pauses if this is the meeting to pause at. */
  meet(step: PausedStep): void {
    if (this.isNow(step)) this.pause()
  }
}

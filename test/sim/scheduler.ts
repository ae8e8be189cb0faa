import { setImmediate } from 'node:timers/promises'
import type { SimRandom } from './random.ts'

/** Whatever ends as one: a process of Musette, or the computer it runs on. Its tasks die with it. */
export interface Life {
  isAlive: boolean
}

interface Task {
  readonly label: string
  readonly dueMs: number
  readonly life: Life | null
  readonly go: () => void
}

/** How long a run may take without getting anywhere. */
const mostTasks = 2_000_000

/**
 * Decides alone what happens next. Everything that takes time is a task; of the tasks that are due the seed picks one,
 * and nothing else happens until all code that it woke has come to rest. Time moves only when nothing is due.
 */
export class Scheduler {
  readonly #random: SimRandom
  readonly #tasks: Task[] = []
  readonly #onTask: (label: string) => void
  #steadyMs = 0
  #count = 0

  constructor(random: SimRandom, onTask: (label: string) => void = () => undefined) {
    this.#random = random
    this.#onTask = onTask
    countImmediates()
  }

  /** Ms since the start of the run. */
  get steadyMs(): number {
    return this.#steadyMs
  }

  /** Resolves when it is picked, at the earliest after `delayMs`; never once its life has ended. */
  task(label: string, delayMs = 0, life: Life | null = null): Promise<void> {
    return this.cancellable(label, delayMs, life).done
  }

  /** The same, with a way to end the wait early. */
  cancellable(
    label: string,
    delayMs: number,
    life: Life | null,
  ): { readonly done: Promise<void>; cancel(): void } {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const task: Task = {
      ...{ label, life, dueMs: this.#steadyMs + Math.max(0, delayMs) },
      go: () => resolve(undefined),
    }
    this.#tasks.push(task)
    return {
      done: promise,
      cancel: () => {
        const place = this.#tasks.indexOf(task)
        if (place < 0) return
        this.#tasks.splice(place, 1)
        task.go()
      },
    }
  }

  /** Runs until `isDone`, or until the given moment of the run. Throws when nothing can ever happen again, or too much did. */
  async runUntil(endMs: number, isDone: () => boolean = () => false): Promise<void> {
    await settle()
    while (!isDone()) {
      const due = this.#due(endMs)
      if (due === null) {
        this.#steadyMs = Math.max(this.#steadyMs, endMs)
        return
      }
      this.#count += 1
      if (this.#count > mostTasks) throw new Error(`${mostTasks} steps and no end: ${due.label}`)
      this.#steadyMs = Math.max(this.#steadyMs, due.dueMs)
      this.#onTask(due.label)
      due.go()
      await settle()
    }
  }

  /** Takes one of the tasks that are due first; null when none is before the end. */
  #due(endMs: number): Task | null {
    let earliest = Number.POSITIVE_INFINITY
    for (let at = this.#tasks.length - 1; at >= 0; at -= 1) {
      const task = this.#tasks[at]
      if (task === undefined) continue
      if (task.life?.isAlive === false) this.#tasks.splice(at, 1)
      else earliest = Math.min(earliest, task.dueMs)
    }
    if (earliest > endMs) return null
    const now = Math.max(this.#steadyMs, earliest)
    const ready = this.#tasks.filter(task => task.dueMs <= now)
    const picked = this.#random.pick(ready)
    this.#tasks.splice(this.#tasks.indexOf(picked), 1)
    return picked
  }
}

/** Immediates that others have asked for and that have not come: zip's reader uses them. */
let pendingImmediates = 0
let isCounting = false

/** Counts them from here on, in this thread. */
function countImmediates(): void {
  if (isCounting) return
  isCounting = true
  const real = globalThis.setImmediate
  const counted = (work: (...args: unknown[]) => void, ...args: unknown[]): NodeJS.Immediate => {
    pendingImmediates += 1
    return real(() => {
      pendingImmediates -= 1
      work(...args)
    })
  }
  // Its overloads cannot be written as one function.
  globalThis.setImmediate = Object.assign(counted, { __promisify__: real.__promisify__ }) as typeof real
}

/** One turn of the event loop brings all promises and ticks to rest; each immediate takes one more. */
async function settle(): Promise<void> {
  do await setImmediate()
  while (pendingImmediates > 0)
}

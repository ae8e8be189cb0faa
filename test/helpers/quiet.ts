import { setImmediate } from 'node:timers/promises'

/** Counts work that is under way, so that a test can wait until there is none. */
export class Busy {
  #count = 0

  /** An object like `target` whose promises are counted while they are pending. */
  watch<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (from, key): unknown => {
        const value: unknown = Reflect.get(from, key, from)
        if (typeof value !== 'function') return value
        return (...args: readonly unknown[]): unknown => {
          const answer: unknown = Reflect.apply(value, from, args)
          return answer instanceof Promise ? this.#counted(answer) : answer
        }
      },
    })
  }

  /** Resolves once nothing has been under way for some turns of the event loop. */
  readonly settled = async (): Promise<void> => {
    for (let still = 0; still < 12; still = this.#count === 0 ? still + 1 : 0) await setImmediate()
  }

  async #counted(work: Promise<unknown>): Promise<unknown> {
    this.#count += 1
    try {
      return await work
    } finally {
      this.#count -= 1
    }
  }
}

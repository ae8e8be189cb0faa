import type { WireReply } from '../../../electron/intervals/transport.ts'

/** Whatever can be killed. */
export interface Living {
  readonly isAlive: boolean
}

/** Thrown where nobody is on the line any more: killed, aborted or closed. */
export class HungUp extends Error {
  override readonly name = 'HungUp'
}

/** Musette's end of one request. Once its process is killed it never settles. */
export class Line {
  readonly reply: Promise<WireReply>
  readonly #life: Living
  readonly #signal: AbortSignal | undefined
  readonly #resolve: (reply: WireReply) => void
  readonly #reject: (error: unknown) => void
  readonly #onGivenUp: () => void
  #isSettled = false

  /** `onGivenUp` is told when Musette itself ends the request. */
  constructor(life: Living, signal: AbortSignal | undefined, onGivenUp: () => void) {
    const { promise, resolve, reject } = Promise.withResolvers<WireReply>()
    this.reply = promise
    this.#life = life
    this.#signal = signal
    this.#resolve = resolve
    this.#reject = reject
    this.#onGivenUp = onGivenUp
    signal?.addEventListener('abort', this.#abort, { once: true })
    if (signal?.aborted === true) this.#abort()
  }

  /** Somebody is still waiting. */
  get isOpen(): boolean {
    return this.#life.isAlive && !this.#isSettled
  }

  get isKilled(): boolean {
    return !this.#life.isAlive
  }

  throwIfHungUp(): void {
    if (!this.isOpen) throw new HungUp()
  }

  /** Hands the reply over; false where nobody is there to take it. */
  deliver(reply: WireReply): boolean {
    return this.#end(() => this.#resolve(reply))
  }

  fail(error: unknown): boolean {
    return this.#end(() => this.#reject(error))
  }

  /** Musette ends it with this error. */
  giveUp(error: unknown): void {
    if (this.fail(error)) this.#onGivenUp()
  }

  readonly #abort = (): void => this.giveUp(this.#signal?.reason)

  #end(settle: () => void): boolean {
    if (!this.isOpen) return false
    this.#isSettled = true
    this.#signal?.removeEventListener('abort', this.#abort)
    settle()
    return true
  }
}

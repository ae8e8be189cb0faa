import { AppError } from '../../shared/app-error.ts'
import type { Clock } from '../sync/ports/clock.ts'
import type { RequestBudget, RequestKind } from '../sync/ports/request-budget.ts'

/**
 * The service counts ten requests a second per address. The window is a quarter longer than a second because requests
 * do not arrive at the distance at which they left.
 */
const windowMs = 1250

/** A longer wait for the budget is the queue's business, which can say so and do something else meanwhile. */
const longestBudgetWaitMs = 60_000

export interface RateLimiterDeps {
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>
  readonly budget: RequestBudget
  /** Most requests in any window of 1.25 s; 0 means no limit. */
  readonly perSecond: number
}

export interface PassOptions {
  /** Goes out although the service asked for a pause that is not over: for the one question that begins a sync. */
  readonly evenInWait?: boolean
}

/** The one gate that every request of the process passes, in the order in which they ask. */
export class RateLimiter {
  readonly #deps: RateLimiterDeps
  /** Settles when everyone who asked before has passed or left. Never rejects. */
  #queue: Promise<void> = Promise.resolve()
  /** Monotonic times of the last requests, oldest first. */
  #sentAt: readonly number[] = []
  #heldUntil = Number.NEGATIVE_INFINITY

  constructor(deps: RateLimiterDeps) {
    this.#deps = deps
  }

  /**
   * Resolves when one request of this kind may go out now; it is then counted. Throws AppError `rate-limited` while
   * the service's own wait lasts, `budget-spent` when our budget opens in more than 60 s (both with `retryAfterMs`),
   * and the signal's reason when it aborts. With `evenInWait` the service's own wait does not hold it, all else does.
   */
  async pass(kind: RequestKind, signal?: AbortSignal, options: PassOptions = {}): Promise<void> {
    const before = this.#queue
    const { promise, resolve } = Promise.withResolvers<undefined>()
    this.#queue = promise
    try {
      await untilAborted(before, signal)
      await this.#admit(kind, signal, options)
    } finally {
      // One who leaves early still keeps the order of those around it.
      void before.then(() => resolve(undefined))
    }
  }

  /** Lets nothing through for so long, but for what may pass `evenInWait`: the service said so. */
  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#deps.clock.monotonic() + ms)
  }

  async #admit(
    kind: RequestKind,
    signal: AbortSignal | undefined,
    { evenInWait = false }: PassOptions,
  ): Promise<void> {
    const { clock, budget } = this.#deps
    let budgetWaitedMs = 0
    for (;;) {
      signal?.throwIfAborted()
      if (!evenInWait) this.#throwIfHeld()
      const budgetMs = budget.waitMs(kind)
      if (budgetMs !== null) {
        if (budgetWaitedMs + budgetMs > longestBudgetWaitMs) throw budgetSpent(budgetMs)
        // At least 1 ms each time, so that a budget which always answers 0 cannot spin here.
        budgetWaitedMs += Math.max(1, budgetMs)
        await clock.sleep(Math.max(1, budgetMs), signal)
        continue
      }
      const windowWaitMs = this.#windowWaitMs()
      if (windowWaitMs > 0) {
        await clock.sleep(windowWaitMs, signal)
        continue
      }
      this.#sentAt = [...this.#sentAt, clock.monotonic()]
      budget.spend(kind)
      return
    }
  }

  #windowWaitMs(): number {
    const { perSecond, clock } = this.#deps
    if (perSecond === 0) {
      this.#sentAt = []
      return 0
    }
    const now = clock.monotonic()
    this.#sentAt = this.#sentAt.filter(at => at > now - windowMs)
    const oldest = this.#sentAt.at(-perSecond)
    return this.#sentAt.length < perSecond || oldest === undefined ? 0 : oldest + windowMs - now
  }

  #throwIfHeld(): void {
    const { clock, budget } = this.#deps
    const leftMs = Math.max(this.#heldUntil - clock.monotonic(), budget.heldMs?.() ?? 0)
    if (leftMs <= 0) return
    throw new AppError('rate-limited', 'the service asked for a pause that is not over yet', 'retry', {
      retryAfterMs: Math.ceil(leftMs),
    })
  }
}

function budgetSpent(retryAfterMs: number): AppError {
  return new AppError('budget-spent', 'the budget of requests is used up for now', 'retry', {
    retryAfterMs,
  })
}

/** Waits for `turn`, or throws the signal's reason as soon as it aborts. `turn` must never reject. */
async function untilAborted(turn: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return turn
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<undefined>()
  const leave = () => aborted.resolve(undefined)
  signal.addEventListener('abort', leave, { once: true })
  await Promise.race([turn, aborted.promise])
  signal.removeEventListener('abort', leave)
  signal.throwIfAborted()
}

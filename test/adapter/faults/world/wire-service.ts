import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate } from 'node:timers/promises'
import { createIntervalsClient } from '../../../../electron/intervals/client.ts'
import type { Timeouts } from '../../../../electron/intervals/transport.ts'
import type { Clock } from '../../../../electron/sync/ports/clock.ts'
import type { IntervalsService } from '../../../../electron/sync/ports/intervals-service.ts'
import type { RequestBudget } from '../../../../electron/sync/ports/request-budget.ts'

/** What is asked of the service, by the client's own words for it. */
export type Asked = 'profile' | 'upload' | 'list' | 'events'

/** One request as it left, by the test's clock. */
export interface SentRequest {
  readonly what: Asked
  readonly atMs: number
}

export interface WireDeps {
  readonly clock: Clock
  readonly budget: () => RequestBudget
  /** Where a request of this kind goes, as an origin. */
  readonly road: (what: Asked) => string
  readonly key: string
  readonly perSecond: number
}

type Client = ReturnType<typeof createIntervalsClient>

/** Requests of one kind whose answers never come, or never end: the client must give them up soon. */
interface Hurry {
  readonly what: Asked
  readonly timeouts: Partial<Timeouts>
  left: number
}

/** A request on its way. `before` settles when the answer to the one that left before it was handed over. */
interface Ticket {
  readonly before: Promise<unknown>
  readonly handOver: () => void
}

/** So many turns of the event loop, and whoever got an answer has begun what follows from it. */
const turnsToReact = 5

/**
 * The real client of the service, one for each origin and haste, over real sockets. It counts every request that goes out, and
 * knows when none is under way, so that a test's clock can stand still meanwhile. Answers are handed over in the order
 * in which the requests left: which of two sockets is read first must not decide a count.
 */
export class WireService implements IntervalsService {
  readonly sent: SentRequest[] = []
  readonly #deps: WireDeps
  readonly #clients = new Map<string, Client>()
  readonly #asking = new AsyncLocalStorage<{ readonly what: Asked; ticket: Ticket | null }>()
  #hurry: Hurry | null = null
  #out = 0
  #last: Promise<unknown> = Promise.resolve()
  #quiet = Promise.withResolvers<undefined>()

  constructor(deps: WireDeps) {
    this.#deps = deps
    this.#quiet.resolve(undefined)
  }

  get isQuiet(): boolean {
    return this.#out === 0
  }

  /** Resolves once no request is under way. */
  async quiet(): Promise<void> {
    await this.#quiet.promise
  }

  /** New clients, as a new process has them: what the old ones remembered is forgotten. */
  async renew(): Promise<void> {
    await this.close()
    this.#hurry = null
  }

  /**
   * Gives up the next `times` requests of a kind after these times, in real milliseconds. All others have the times that
   * ship, so that a busy computer makes no fault of an answer that is only slow.
   */
  hurry(what: Asked, timeouts: Partial<Timeouts>, times: number): void {
    this.#hurry = { what, timeouts, left: times }
  }

  async close(): Promise<void> {
    const clients = [...this.#clients.values()]
    this.#clients.clear()
    await Promise.all(clients.map(client => client.close()))
  }

  profile(...args: Parameters<IntervalsService['profile']>) {
    return this.#ask('profile', client => client.profile(...args))
  }

  connections(): Promise<readonly string[]> {
    return Promise.resolve([])
  }

  uploadActivity(...args: Parameters<IntervalsService['uploadActivity']>) {
    return this.#ask('upload', client => client.uploadActivity(...args))
  }

  listActivities(...args: Parameters<IntervalsService['listActivities']>) {
    return this.#ask('list', client => client.listActivities(...args))
  }

  listEvents(...args: Parameters<IntervalsService['listEvents']>) {
    return this.#ask('events', client => client.listEvents(...args))
  }

  async #ask<T>(what: Asked, ask: (client: Client) => Promise<T>): Promise<T> {
    const asking: { readonly what: Asked; ticket: Ticket | null } = { what, ticket: null }
    try {
      return await this.#asking.run(asking, () => ask(this.#client(this.#deps.road(what), this.#haste(what))))
    } finally {
      if (asking.ticket !== null) await this.#comesBack(asking.ticket)
    }
  }

  #haste(what: Asked): Partial<Timeouts> | null {
    const hurry = this.#hurry
    if (hurry?.what !== what || hurry.left <= 0) return null
    hurry.left -= 1
    return hurry.timeouts
  }

  #client(origin: string, haste: Partial<Timeouts> | null): Client {
    const { clock, budget, key, perSecond } = this.#deps
    const name = haste === null ? origin : `${origin} in haste`
    const known = this.#clients.get(name)
    if (known !== undefined) return known
    const client = createIntervalsClient({
      ...{ origin, clock, perSecond, timeouts: haste ?? {} },
      credential: () => Promise.resolve({ kind: 'apiKey', key }),
      budget: {
        waitMs: kind => budget().waitMs(kind),
        heldMs: () => budget().heldMs?.() ?? 0,
        spend: kind => {
          budget().spend(kind)
          this.#goesOut()
        },
      },
      userAgent: 'Musette/0.0.0 (+https://github.com/musette-app/musette)',
    })
    this.#clients.set(name, client)
    return client
  }

  /** The budget is spent as a request passes the gate: from here on it is on the wire. */
  #goesOut(): void {
    const asking = this.#asking.getStore()
    if (asking === undefined) throw new Error('a request without a caller')
    const { promise, resolve } = Promise.withResolvers<undefined>()
    asking.ticket = { before: this.#last, handOver: () => resolve(undefined) }
    this.#last = promise
    if (this.#out === 0) this.#quiet = Promise.withResolvers<undefined>()
    this.#out += 1
    this.sent.push({ what: asking.what, atMs: this.#deps.clock.now() })
  }

  async #comesBack(ticket: Ticket): Promise<void> {
    await ticket.before
    for (let turn = 0; turn < turnsToReact; turn += 1) await setImmediate()
    ticket.handOver()
    this.#out -= 1
    if (this.#out === 0) this.#quiet.resolve(undefined)
  }
}

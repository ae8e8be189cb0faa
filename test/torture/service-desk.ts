import type { FakeIntervals } from '../fake-intervals/server.ts'
import type { LoggedRequest } from '../fake-intervals/types.ts'
import type { SimRandom } from '../sim/random.ts'
import { activities } from '../e2e/helpers/service-log.ts'
import type { Arrived } from './oracle.ts'
import type { ServiceStep } from './steps.ts'

/** A hold that was asked for. */
export interface Hold {
  isHolding(): boolean
  /** The service goes on: it acts on what it has got although nobody waits any more, or has lost it. */
  letGo(): void
}

interface Asked {
  readonly step: ServiceStep
  /** Uploads that came since: one of a process that is dead already holds nothing up. */
  readonly since: WeakSet<LoggedRequest>
  left: number
  isHolding: boolean
  readonly end: PromiseWithResolvers<'go' | 'drop'>
}

/** Watches each upload as the service sees it, and holds the service up where a kill is wanted. */
export class ServiceDesk {
  readonly #service: FakeIntervals
  readonly #random: SimRandom
  readonly #bodies: { readonly log: LoggedRequest; readonly at: number }[] = []
  #asked: Asked | null = null

  constructor(service: FakeIntervals, random: SimRandom) {
    this.#service = service
    this.#random = random
    service.state.onUpload = (moment, log) => this.#see(moment, log)
  }

  /** Holds the service at the nth upload from now on that comes to this step. */
  hold(step: ServiceStep, nth: number): Hold {
    const asked: Asked = {
      ...{ step, left: nth, isHolding: false },
      ...{ since: new WeakSet<LoggedRequest>(), end: Promise.withResolvers<'go' | 'drop'>() },
    }
    this.#asked = asked
    return {
      isHolding: () => asked.isHolding,
      letGo: () => {
        this.#asked = null
        asked.end.resolve(step === 'whole body sent, not stored' && this.#random.chance(0.5) ? 'drop' : 'go')
      },
    }
  }

  /** Whole bodies in the order they came. Of one that was dropped nobody knows what it was. */
  bodies(): readonly Arrived[] {
    return this.#bodies.flatMap(({ log, at }) =>
      log.fileSha256 === null ? [] : [{ sha256: log.fileSha256, at }],
    )
  }

  /** The activities that are there. */
  stored(): readonly Arrived[] {
    return activities(this.#service).map(({ sha256, createdAt }) => ({ sha256: sha256 ?? '', at: createdAt }))
  }

  async #see(moment: 'received' | 'acted', log: LoggedRequest): Promise<'go' | 'drop'> {
    const asked = this.#asked
    if (moment === 'received') {
      this.#bodies.push({ log, at: Date.now() })
      asked?.since.add(log)
    }
    const wanted = moment === 'received' ? 'whole body sent, not stored' : 'stored, no reply'
    if (asked === null || asked.step !== wanted || asked.isHolding || !asked.since.has(log)) return 'go'
    asked.left -= 1
    if (asked.left > 0) return 'go'
    asked.isHolding = true
    return asked.end.promise
  }
}

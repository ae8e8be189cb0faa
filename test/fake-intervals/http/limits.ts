import type { Switches } from '../switches.ts'

const quarterHourMs = 15 * 60_000

/** Why a request was refused, and in how many ms it would be let in. */
export interface OverLimit {
  readonly limit: 'second' | 'quarter-hour' | 'day'
  readonly waitMs: number
}

/**
 * The service's three limits: requests a second for one address (a bucket that allows a short burst), and
 * requests in 15 minutes and on one UTC day for one credential.
 */
export class Limits {
  #buckets = new Map<string, { tokens: number; at: number }>()
  #counts = new Map<string, { quarter: number[]; day: string; today: number }>()

  /** Counts a request of this address; null when it may pass. `atMs` must not run backwards. */
  address(address: string, switches: Switches, atMs: number): OverLimit | null {
    if (switches.perSecond <= 0) return null
    const bucket = this.#buckets.get(address) ?? { tokens: switches.burst, at: atMs }
    const refilled = bucket.tokens + ((atMs - bucket.at) / 1000) * switches.perSecond
    bucket.tokens = Math.min(switches.burst, refilled)
    bucket.at = atMs
    this.#buckets.set(address, bucket)
    if (bucket.tokens < 1)
      return { limit: 'second', waitMs: ((1 - bucket.tokens) / switches.perSecond) * 1000 }
    bucket.tokens--
    return null
  }

  /** Counts a request of this credential by the server's clock; null when it may pass. */
  credential(secret: string, switches: Switches, nowMs: number): OverLimit | null {
    const day = new Date(nowMs).toISOString().slice(0, 10)
    const count = this.#counts.get(secret) ?? { quarter: [], day, today: 0 }
    this.#counts.set(secret, count)
    if (count.day !== day) {
      count.day = day
      count.today = 0
    }
    count.quarter = count.quarter.filter(at => at > nowMs - quarterHourMs && at <= nowMs)
    if (switches.perDay > 0 && count.today >= switches.perDay) {
      return { limit: 'day', waitMs: Date.parse(`${day}T00:00:00Z`) + 86_400_000 - nowMs }
    }
    const oldest = count.quarter[0]
    if (switches.per15Min > 0 && oldest !== undefined && count.quarter.length >= switches.per15Min) {
      return { limit: 'quarter-hour', waitMs: oldest + quarterHourMs - nowMs }
    }
    count.quarter.push(nowMs)
    count.today++
    return null
  }

  reset(): void {
    this.#buckets = new Map()
    this.#counts = new Map()
  }
}

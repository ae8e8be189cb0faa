import type { SimRandom } from '../random.ts'

/** How this run's service answers where the real one is not known, and what else goes on in the account. */
export interface ServiceOptions {
  readonly athleteId: string
  readonly timeZone: string
  /** What is said of bytes that are there already; `off`: they are taken anew. */
  readonly known: '200' | '409' | '409-with-ids' | 'off'
  /** What is said of bytes whose activities were deleted; `201`: they are taken anew. */
  readonly tombstone: '200' | '200-empty' | '409' | '422' | '201'
  /** The longest that lists lag behind an upload. Taken as 0 when `known` is `off`: nothing could then tell what was sent. */
  readonly mostListLagMs: number
  /** How likely one upload becomes several activities, whatever is in it. */
  readonly severalChance: number
  /** How likely another app brings the same ride too. */
  readonly othersChance: number
  /** How likely the athlete deletes an activity within a day. */
  readonly deletedChance: number
  /** While it lasts (ms since the start), uploads are answered 200 and come to nothing. */
  readonly dormant: { readonly fromMs: number; readonly forMs: number } | null
  /** How often a day the athlete changes the plan, on average. */
  readonly planChangesPerDay: number
  /** The longest wait for the line, between pieces of a body and before a reply. */
  readonly mostDelayMs: number
}

/** The service as it most likely is, quick, with nothing else going on. */
export const plainOptions: ServiceOptions = {
  athleteId: 'i1',
  timeZone: 'UTC',
  known: '200',
  tombstone: '200',
  mostListLagMs: 0,
  severalChance: 0,
  othersChance: 0,
  deletedChance: 0,
  dormant: null,
  planChangesPerDay: 0,
  mostDelayMs: 0,
}

const zones = ['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kolkata'] as const

/** One of the services that might be. */
export function drawServiceOptions(random: SimRandom): ServiceOptions {
  return {
    athleteId: 'i1',
    timeZone: random.pick(zones),
    known: random.pick(['200', '200', '200', '409', '409-with-ids', 'off']),
    tombstone: random.pick(['200', '200', '200-empty', '409', '422', '201']),
    mostListLagMs: random.chance(0.5) ? random.int(1, 30_000) : 0,
    severalChance: random.chance(0.3) ? 0.3 : 0,
    othersChance: random.chance(0.3) ? 0.5 : 0,
    deletedChance: random.chance(0.2) ? 0.3 : 0,
    dormant: random.chance(0.05)
      ? { fromMs: random.int(0, 6 * 3_600_000), forMs: random.int(60_000, 12 * 3_600_000) }
      : null,
    planChangesPerDay: random.chance(0.5) ? random.int(1, 12) : 0,
    mostDelayMs: random.pick([5, 200, 3000]),
  }
}

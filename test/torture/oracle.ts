import type { Step } from './steps.ts'

/** A ride that was made. Moments are ms since 1970. */
export interface MadeRide {
  /** Of the recording's own bytes, unpacked. */
  readonly sha256: string
  readonly name: string
  /** Just before its last byte was written; null for one that never gets it. */
  readonly finishedAt: number | null
}

/** Bytes that reached the service whole, or an activity that it made of them. */
export interface Arrived {
  readonly sha256: string
  readonly at: number
}

/** Any folder by name: what must not change about each of its files, in one text. */
export type FolderPrint = Readonly<Record<string, string>>

/** All that is known when Musette has come to rest. */
export interface Evidence {
  readonly rides: readonly MadeRide[]
  readonly bodies: readonly Arrived[]
  readonly activities: readonly Arrived[]
  readonly kills: readonly { readonly step: Step; readonly at: number }[]
  /** Pairs of what should be there and what is. */
  readonly source: Compared
  readonly foreign: Compared
  readonly workouts: Compared
  /** Rides that are whole and have no final state in the ledger. */
  readonly unsettled: readonly string[]
  /** Left in the staging folder, or as temporary files elsewhere. */
  readonly leftovers: readonly string[]
  /** What SQLite's own check of the ledger says; `ok` when all is well. */
  readonly integrity: string
}

export interface Compared {
  readonly expected: FolderPrint
  readonly found: FolderPrint
}

export type FindingKind =
  'lost' | 'duplicated' | 'early' | 'source touched' | 'workouts wrong' | 'unsettled' | 'leftover' | 'ledger'

export interface Finding {
  readonly kind: FindingKind
  /** The kill that it follows; null where none came before it. */
  readonly step: Step | null
  readonly what: string
}

/** Pure: every promise that was broken. Empty when all were kept. */
export function judge(evidence: Evidence): readonly Finding[] {
  const { source, foreign, workouts } = evidence
  const whole = (kind: FindingKind, what: readonly string[]): readonly Finding[] =>
    what.map(one => ({ kind, step: evidence.kills.at(-1)?.step ?? null, what: one }))
  return [
    ...lostOrDoubled(evidence),
    ...early(evidence),
    ...whole('source touched', differences(source)),
    ...whole('workouts wrong', [...differences(foreign), ...differences(workouts)]),
    ...whole('unsettled', evidence.unsettled),
    ...whole('leftover', evidence.leftovers),
    ...whole('ledger', evidence.integrity === 'ok' ? [] : [evidence.integrity]),
  ]
}

function lostOrDoubled(evidence: Evidence): readonly Finding[] {
  // Two files of one ride's bytes are one recording.
  const finished = new Map<string, MadeRide>()
  for (const ride of evidence.rides) {
    if (ride.finishedAt !== null && !finished.has(ride.sha256)) finished.set(ride.sha256, ride)
  }
  return [...finished.values()].flatMap((ride): readonly Finding[] => {
    const stored = evidence.activities.filter(activity => activity.sha256 === ride.sha256)
    const what = `${ride.name} (${ride.sha256.slice(0, 12)})`
    const last = stored.at(-1)
    if (last === undefined) {
      const since = lastSeen(evidence, ride)
      const next = evidence.kills.find(kill => kill.at >= since) ?? evidence.kills.at(-1)
      return [{ kind: 'lost', step: next?.step ?? null, what }]
    }
    if (stored.length === 1) return []
    return [
      { kind: 'duplicated', step: killBefore(evidence, last.at), what: `${what}, ${stored.length} times` },
    ]
  })
}

/** Bytes on their way that were not of a ride that was whole by then. */
function early(evidence: Evidence): readonly Finding[] {
  return [...evidence.bodies, ...evidence.activities].flatMap((arrived): readonly Finding[] => {
    const isWhole = evidence.rides.some(
      ride => ride.sha256 === arrived.sha256 && ride.finishedAt !== null && ride.finishedAt <= arrived.at,
    )
    if (isWhole) return []
    const ride = evidence.rides.find(one => one.sha256 === arrived.sha256)
    const what = `${ride?.name ?? 'bytes of no finished ride'} (${arrived.sha256.slice(0, 12)})`
    return [{ kind: 'early', step: killBefore(evidence, arrived.at), what }]
  })
}

function lastSeen(evidence: Evidence, ride: MadeRide): number {
  const sent = evidence.bodies.filter(body => body.sha256 === ride.sha256).map(body => body.at)
  return Math.max(ride.finishedAt ?? 0, ...sent)
}

function killBefore(evidence: Evidence, at: number): Step | null {
  return evidence.kills.findLast(kill => kill.at <= at)?.step ?? null
}

function differences({ expected, found }: Compared): readonly string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort()
  return names
    .filter(name => expected[name] !== found[name])
    .map(name => `${name}: should be ${expected[name] ?? 'absent'}, is ${found[name] ?? 'absent'}`)
}

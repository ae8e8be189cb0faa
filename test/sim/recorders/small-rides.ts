import { buildFit, type FitSpec } from '../../helpers/fit-builder.ts'
import { buildGpx } from '../../helpers/gpx-builder.ts'
import { buildTcx } from '../../helpers/tcx-builder.ts'
import type { XmlRideSpec } from '../../helpers/xml-ride.ts'
import type { SimRandom } from '../random.ts'

/** When a ride was, and which of the rides of a run it is. */
export interface RideWhen {
  readonly key: number
  /** Counts the rides of one use, from 0. */
  readonly nth?: number
  readonly startAtMs: number
  readonly durationS: number
}

/** No two rides of a run have the same, so no two have the same bytes. */
export function serialOf(key: number, nth = 0): number {
  return key * 1000 + nth + 1
}

/** A FIT of 20 to 200 records over the whole duration, closed unless the spec says otherwise. */
export function smallFit(random: SimRandom, when: RideWhen, spec: Partial<FitSpec> = {}): Uint8Array {
  const records = random.int(20, 200)
  return buildFit({
    startTime: new Date(when.startAtMs),
    durationS: when.durationS,
    recordEveryS: Math.max(1, Math.ceil(when.durationS / records)),
    serial: serialOf(when.key, when.nth),
    sport: random.pick(['cycling', 'cycling', 'running', 'rowing']),
    headerSize: random.chance(0.2) ? 12 : 14,
    littleEndian: !random.chance(0.2),
    ...spec,
  })
}

/** Points of XML take ten times the bytes of a FIT's records, so there are fewer. */
function xmlSpec(random: SimRandom, when: RideWhen, spec: Partial<XmlRideSpec>): XmlRideSpec {
  return {
    startTime: new Date(when.startAtMs),
    durationS: when.durationS,
    recordEveryS: Math.max(1, Math.ceil(when.durationS / random.int(10, 30))),
    serial: serialOf(when.key, when.nth),
    withPositions: random.chance(0.7),
    ...spec,
  }
}

export function smallTcx(random: SimRandom, when: RideWhen, spec: Partial<XmlRideSpec> = {}): Uint8Array {
  return buildTcx(xmlSpec(random, when, spec))
}

/** Its points have places: a GPX without is no GPX. */
export function smallGpx(random: SimRandom, when: RideWhen, spec: Partial<XmlRideSpec> = {}): Uint8Array {
  return buildGpx(xmlSpec(random, when, { withPositions: true, ...spec }))
}

/** A ride that ended before this moment: 1 minute to 4 hours long, up to 30 days ago. */
export function pastRide(random: SimRandom, beforeMs: number, key: number, nth = 0): RideWhen {
  const durationS = random.int(60, 4 * 3600)
  const agoMs = random.int(60_000, 30 * 86_400_000)
  return { key, nth, durationS, startAtMs: beforeMs - agoMs - durationS * 1000 }
}

/** `2026-11-21-08-00-00`, as trainers and phones name files. */
export function stampOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replaceAll(/[T:]/g, '-')
}

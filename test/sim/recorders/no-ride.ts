import { zipBytes } from '../../helpers/archive-builder.ts'
import { buildFit } from '../../helpers/fit-builder.ts'
import type { SimRandom } from '../random.ts'
import type { Recorder } from '../recorder.ts'
import { pastRide, serialOf, smallFit, smallGpx } from './small-rides.ts'
import { cutUp, spanMs, StepList } from './step-list.ts'

const text = (words: string): Uint8Array => new TextEncoder().encode(words)

/** A planned workout, a device's settings, a course: whole FITs, and none of them a ride. */
export function otherFit(random: SimRandom, atMs: number, key: number, nth = 0): Uint8Array {
  const type = random.pick(['workout', 'settings', 'course', 'device', 'monitoring', 'totals'] as const)
  return buildFit({ startTime: new Date(atMs), type, serial: serialOf(key, nth) })
}

export const notActivities: Recorder = {
  name: 'FIT and GPX that are no rides',
  plan: (random, startAtMs, key) => {
    const list = new StepList()
    const count = random.int(1, 4)
    for (let nth = 0; nth < count; nth++) {
      const fit = otherFit(random, startAtMs, key, nth)
      const [ending, bytes] = random.pick([
        ['fit', fit],
        ['fit', fit],
        ['zip', zipBytes([{ name: 'plan.fit', bytes: fit }])],
        ['gpx', smallGpx(random, pastRide(random, startAtMs, key, nth), { withTimes: false })],
      ] as const)
      list.writePieces(`other ${key}/${nth}.${ending}`, cutUp(random, bytes, random.int(1, 3)), () =>
        spanMs(random, 10, 20_000),
      )
    }
    return { steps: list.steps, rides: [], mayAlsoBeSent: [] }
  },
}

/**
 * What else lies in such folders: notes, empty files, a login page saved as a FIT, attributes of another system, a folder
 * called like a ride, and the 584 bytes that a trainer leaves which was quit at once and never closed its file.
 */
export const junk: Recorder = {
  name: 'junk',
  plan: (random, startAtMs, key) => {
    const stub = smallFit(random, { key, startAtMs, durationS: 200 }, { headerSize: 12 }).slice(0, 584)
    stub.fill(0, 4, 8)
    const things: readonly (readonly [string, Uint8Array])[] = [
      ['notes.txt', text(`rides of ${key}`)],
      ['empty.fit', new Uint8Array(0)],
      ['stub.fit', stub],
      ['login.fit', text(`<!DOCTYPE html><html><body>sign in ${key}</body></html>`)],
      ['._ride.fit', smallFit(random, pastRide(random, startAtMs, key, 1))],
      ['folder.fit/inside.txt', text('a folder')],
      ['table.tcx', text('time;watts\n0;200\n')],
    ]
    const list = new StepList()
    const picked = things.filter(() => random.chance(0.6))
    for (const [name, bytes] of picked.length === 0 ? things : picked)
      list.write(spanMs(random, 10, 60_000), `junk ${key}/${name}`, 0, bytes)
    return { steps: list.steps, rides: [], mayAlsoBeSent: [] }
  },
}

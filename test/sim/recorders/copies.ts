import type { Recorder } from '../recorder.ts'
import { pastRide, smallFit, smallGpx, smallTcx } from './small-rides.ts'
import { cutUp, spanMs, StepList } from './step-list.ts'

/** A finished file comes slowly from a stick or over a poor network, with pauses of up to a minute. */
export const slowCopy: Recorder = {
  name: 'copied slowly from a stick',
  plan: (random, startAtMs, key) => {
    const when = pastRide(random, startAtMs, key)
    const [ending, bytes] = random.pick([
      ['fit', smallFit(random, when)],
      ['tcx', smallTcx(random, when)],
      ['gpx', smallGpx(random, when)],
    ] as const)
    const path = `From stick ${key}/ride.${ending}`
    const list = new StepList()
    const usualMs = spanMs(random, 50, 60_000)
    list.writePieces(path, cutUp(random, bytes, random.int(3, 20)), () => usualMs * (0.2 + random.next()))
    return { steps: list.steps, rides: [{ bytes, wholeAfterStep: list.last, path }], mayAlsoBeSent: [] }
  },
}

/** The copy carries the date of its original: set at the end, or again and again while the copying goes on. */
export const oldMtime: Recorder = {
  name: 'copied with an old mtime',
  plan: (random, startAtMs, key) => {
    const when = pastRide(random, startAtMs, key)
    const [ending, bytes] = random.pick([
      ['fit', smallFit(random, when)],
      ['tcx', smallTcx(random, when)],
      ['gpx', smallGpx(random, when)],
    ] as const)
    const path = `Copied ${key}/ride.${ending}`
    const list = new StepList()
    const isKeptOld = random.chance(0.6)
    const byMs = startAtMs - when.startAtMs - when.durationS * 1000
    let wholeAfterStep = -1
    for (const [index, piece] of cutUp(random, bytes, random.int(1, 8)).entries()) {
      const at = piece.byteOffset - bytes.byteOffset
      wholeAfterStep = list.write(spanMs(random, 1, 30_000), path, at, piece)
      if (isKeptOld || index === 0) list.ageMtime(random.int(0, 200), path, byMs)
    }
    list.ageMtime(spanMs(random, 1, 3000), path, byMs)
    return { steps: list.steps, rides: [{ bytes, wholeAfterStep, path }], mayAlsoBeSent: [] }
  },
}

/** Recorded on a disk whose clock is hours off (a share on another machine): every flush dates it in the past or future. */
export const skewedClock: Recorder = {
  name: 'recorded on a disk with another clock',
  plan: (random, startAtMs, key) => {
    const bytes = smallFit(random, { key, startAtMs, durationS: random.int(60, 1800) })
    const path = `Share ${key}/ride.fit`
    const behindMs = spanMs(random, 30_000, 7_200_000) * random.pick([1, -1])
    const list = new StepList()
    let wholeAfterStep = -1
    for (const piece of cutUp(random, bytes, random.int(3, 12))) {
      wholeAfterStep = list.write(
        spanMs(random, 500, 60_000),
        path,
        piece.byteOffset - bytes.byteOffset,
        piece,
      )
      list.ageMtime(0, path, behindMs)
    }
    return { steps: list.steps, rides: [{ bytes, wholeAfterStep, path }], mayAlsoBeSent: [] }
  },
}

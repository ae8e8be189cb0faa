import type { SimRandom } from '../random.ts'
import type { ExpectedRide, Recorder } from '../recorder.ts'
import { smallFit } from './small-rides.ts'
import { cutUp, spanMs, StepList } from './step-list.ts'

/** Reaches over the header and the start time, so that the ride before is gone with the first piece. */
const firstPieceBytes = 64

type Way = (random: SimRandom, list: StepList, path: string, bytes: Uint8Array, sizeBefore: number) => void

/** Opened anew (which empties it) and written in one go or in pieces. */
const emptied: Way = (random, list, path, bytes) => {
  list.truncate(0, path, 0)
  const pieces = random.chance(0.5) ? [bytes] : cutUp(random, bytes, random.int(2, 8))
  list.writePieces(path, pieces, () => spanMs(random, 1, 20_000))
}

/** Written over in place, the ride before still showing behind it, and cut to its size at the end. */
const writtenOver: Way = (random, list, path, bytes, sizeBefore) => {
  const rest = cutUp(random, bytes.subarray(firstPieceBytes), random.int(1, 8))
  list.write(0, path, 0, bytes.subarray(0, firstPieceBytes))
  list.writePieces(path, rest, () => spanMs(random, 1, 20_000), firstPieceBytes)
  if (sizeBefore > bytes.length) list.truncate(spanMs(random, 1, 5000), path, bytes.length)
}

/** Cut or stretched to its final size first, then written. */
const resized: Way = (random, list, path, bytes, sizeBefore) => {
  if (bytes.length !== sizeBefore) list.truncate(0, path, bytes.length)
  list.write(0, path, 0, bytes.subarray(0, firstPieceBytes))
  const rest = cutUp(random, bytes.subarray(firstPieceBytes), random.int(1, 6))
  list.writePieces(path, rest, () => spanMs(random, 1, 20_000), firstPieceBytes)
}

/**
 * One file for all rides: each overwrites the one before, minutes to an hour after it. Every one of them is a ride; how
 * long each lay there says whether it could be had.
 */
export const overwriteInPlace: Recorder = {
  name: 'overwrite in place (MyWhoosh)',
  plan: (random, startAtMs, key) => {
    const path = `MyWhoosh ${key}/MyNewActivity-5.0.fit`
    const way = random.pick([emptied, writtenOver, resized])
    const list = new StepList()
    const rides: ExpectedRide[] = []
    let atMs = startAtMs
    const count = random.int(2, 4)
    for (let nth = 0; nth < count; nth++) {
      const pauseMs = spanMs(random, 5000, 3_600_000)
      atMs += pauseMs
      const durationS = random.int(60, 3600)
      const bytes = smallFit(
        random,
        { key, nth, startAtMs: atMs - durationS * 1000, durationS },
        { manufacturer: 331 },
      )
      const before = rides.pop()
      const first = list.steps.length
      if (before === undefined) {
        list.writePieces(path, cutUp(random, bytes, random.int(1, 6)), () => spanMs(random, 1, 20_000))
      } else {
        // The pause ends with a touch that changes nothing, so that each way's first step is the one that destroys.
        list.write(pauseMs, path, 0, before.bytes.subarray(0, 1))
        rides.push({ ...before, goneAfterStep: first + 1 })
        way(random, list, path, bytes, before.bytes.length)
      }
      rides.push({ bytes, wholeAfterStep: list.last, path })
    }
    return { steps: list.steps, rides, mayAlsoBeSent: [] }
  },
}

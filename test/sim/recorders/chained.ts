import { join } from '../../helpers/fit-writer.ts'
import type { SimRandom } from '../random.ts'
import type { Recorder } from '../recorder.ts'
import { pastRide, smallFit, type RideWhen } from './small-rides.ts'
import { cutUp, spanMs, StepList } from './step-list.ts'

function partsOf(random: SimRandom, when: RideWhen, count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, nth) =>
    smallFit(random, { ...when, nth, startAtMs: when.startAtMs + nth * (when.durationS + 60) * 1000 }),
  )
}

/** Two or three FIT parts behind each other are one recording; also with several sessions in one part. */
export const chainedFit: Recorder = {
  name: 'chained FIT, copied',
  plan: (random, startAtMs, key) => {
    const parts = partsOf(random, pastRide(random, startAtMs, key), random.int(2, 3))
    const bytes = join(parts)
    const path = `chained-${key}.fit`
    const list = new StepList()
    // Never cut between two parts: what lies before would be a whole ride of its own.
    const seams = parts.map((_, index) => join(parts.slice(0, index + 1)).length)
    let pieces = cutUp(random, bytes, random.int(1, 8))
    while (
      pieces.some(piece => seams.slice(0, -1).includes(piece.byteOffset + piece.length - bytes.byteOffset))
    )
      pieces = cutUp(random, bytes, random.int(1, 8))
    list.writePieces(path, pieces, () => spanMs(random, 10, 30_000))
    return { steps: list.steps, rides: [{ bytes, wholeAfterStep: list.last, path }], mayAlsoBeSent: [] }
  },
}

/**
 * Each part is appended when it is done, closed like a ride of its own. So each beginning is final by its bytes and may go
 * up; the whole chain is then a longer version of it.
 */
export const chainedAppended: Recorder = {
  name: 'chained FIT, one part after the other',
  plan: (random, startAtMs, key) => {
    const parts = partsOf(random, pastRide(random, startAtMs, key), random.int(2, 3))
    const bytes = join(parts)
    const path = `chain-${key}.fit`
    const list = new StepList()
    let size = 0
    const earlier: Uint8Array[] = []
    for (const [index, part] of parts.entries()) {
      if (index > 0) earlier.push(bytes.subarray(0, size))
      const pieces = cutUp(random, part, random.int(1, 4))
      const pauseMs = index === 0 ? 0 : spanMs(random, 100, 1_800_000)
      list.write(pauseMs, path, size, pieces[0] ?? part)
      list.writePieces(
        path,
        pieces.slice(1),
        () => spanMs(random, 10, 20_000),
        size + (pieces[0]?.length ?? 0),
      )
      size += part.length
    }
    return {
      steps: list.steps,
      rides: [{ bytes, wholeAfterStep: list.last, path, earlierVersions: earlier }],
      mayAlsoBeSent: earlier,
    }
  },
}

/** Several sessions under one activity message: a triathlon, one recording. */
export const multisportFit: Recorder = {
  name: 'multisport FIT',
  plan: (random, startAtMs, key) => {
    const when = pastRide(random, startAtMs, key)
    const bytes = smallFit(
      random,
      { ...when, durationS: 600 },
      { sessions: random.int(2, 3), recordEveryS: 20 },
    )
    const path = `multisport-${key}.fit`
    const list = new StepList()
    list.writePieces(path, cutUp(random, bytes, random.int(1, 6)), () => spanMs(random, 10, 30_000))
    return { steps: list.steps, rides: [{ bytes, wholeAfterStep: list.last, path }], mayAlsoBeSent: [] }
  },
}

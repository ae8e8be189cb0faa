import { gzipBytes } from '../../helpers/archive-builder.ts'
import { buildFit } from '../../helpers/fit-builder.ts'
import type { Recorder } from '../recorder.ts'
import { pastRide, serialOf, smallFit } from './small-rides.ts'
import { cutUp, spanMs, StepList } from './step-list.ts'

/** The same recording plain and gzipped, in either order; the first of them may go away. One ride. */
export const gzTwin: Recorder = {
  name: 'gz twin of a ride already there',
  plan: (random, startAtMs, key) => {
    const bytes = smallFit(random, pastRide(random, startAtMs, key))
    const plain = { path: `twin-${key}.fit`, bytes }
    const packed = { path: `twin-${key}.fit.gz`, bytes: gzipBytes(bytes) }
    const [first, second] = random.chance(0.5) ? [plain, packed] : [packed, plain]
    const list = new StepList()
    const gapMs = (): number => spanMs(random, 10, 10_000)
    const wholeAfterStep = list.writePieces(first.path, cutUp(random, first.bytes, random.int(1, 4)), gapMs)
    list.write(spanMs(random, 10, 3_600_000), second.path, 0, second.bytes.subarray(0, 20))
    list.writePieces(second.path, cutUp(random, second.bytes.subarray(20), random.int(1, 4)), gapMs, 20)
    if (random.chance(0.3)) list.remove(spanMs(random, 10, 60_000), first.path)
    return { steps: list.steps, rides: [{ bytes, wholeAfterStep, path: first.path }], mayAlsoBeSent: [] }
  },
}

/** A finished ride is copied, renamed and moved about later: never a second upload. */
export const copyAndRename: Recorder = {
  name: 'copy and rename of a finished ride',
  plan: (random, startAtMs, key) => {
    const bytes = smallFit(random, pastRide(random, startAtMs, key))
    const path = `moved-${key}.fit`
    const list = new StepList()
    list.writePieces(path, cutUp(random, bytes, random.int(1, 5)), () => spanMs(random, 10, 20_000))
    const wholeAfterStep = list.last
    let lies = path
    const moves = random.int(1, 4)
    for (let nth = 0; nth < moves; nth++) {
      const next = `${random.pick([`sorted ${key}/2026`, `moved ${key}`])}/${nth}.fit`
      const afterMs = spanMs(random, 10, 2_400_000)
      if (random.chance(0.5)) {
        list.rename(afterMs, lies, next)
        lies = next
        continue
      }
      const pieces = cutUp(random, bytes, random.int(1, 4))
      list.write(afterMs, next, 0, pieces[0] ?? bytes)
      list.writePieces(next, pieces.slice(1), () => spanMs(random, 10, 20_000), pieces[0]?.length)
      if (random.chance(0.5)) list.ageMtime(0, next, spanMs(random, 60_000, 86_400_000))
    }
    return { steps: list.steps, rides: [{ bytes, wholeAfterStep, path }], mayAlsoBeSent: [] }
  },
}

/** Whole for a second to an hour, then gone: how long it lay there says whether it could be had. */
export const deletedLater: Recorder = {
  name: 'deleted after it was whole',
  plan: (random, startAtMs, key) => {
    const bytes = smallFit(random, pastRide(random, startAtMs, key))
    const path = `deleted-${key}.fit`
    const list = new StepList()
    list.writePieces(path, cutUp(random, bytes, random.int(1, 5)), () => spanMs(random, 10, 20_000))
    const wholeAfterStep = list.last
    const goneAfterStep = list.remove(spanMs(random, 1000, 3_600_000), path)
    return { steps: list.steps, rides: [{ bytes, wholeAfterStep, path, goneAfterStep }], mayAlsoBeSent: [] }
  },
}

/**
 * A ride is closed, and then goes on: the same file is written anew with the same start and more in it. The first
 * version was final, so it may be sent at once. Where it was, the longer one is held as a longer version of a ride already sent; where it
 * was not yet, the longer one takes its place (design, "An activity's life"). So the longer one is the ride, and the first may go up besides.
 */
export const longerVersion: Recorder = {
  name: 'a longer version after the first was whole',
  plan: (random, startAtMs, key) => {
    const spec = { serial: serialOf(key), startTime: new Date(startAtMs), recordEveryS: random.int(10, 20) }
    const firstS = random.int(200, 1200)
    const first = buildFit({ ...spec, durationS: firstS })
    const bytes = buildFit({ ...spec, durationS: firstS + random.int(100, 1200) })
    const path = `continued-${key}.fit`
    const list = new StepList()
    const gapMs = (): number => spanMs(random, 10, 10_000)
    list.writePieces(path, cutUp(random, first, random.int(1, 4)), gapMs)
    const pauseMs = spanMs(random, 500, 3_600_000)
    if (random.chance(0.4)) {
      list.writePieces(`${path}.tmp`, cutUp(random, bytes, random.int(1, 4)), gapMs)
      list.rename(pauseMs, `${path}.tmp`, path)
    } else {
      list.truncate(pauseMs, path, 0)
      list.writePieces(path, cutUp(random, bytes, random.int(1, 4)), gapMs)
    }
    return {
      steps: list.steps,
      rides: [{ bytes, wholeAfterStep: list.last, path, earlierVersions: [first] }],
      mayAlsoBeSent: [first],
    }
  },
}

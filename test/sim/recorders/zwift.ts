import type { SimRandom } from '../random.ts'
import type { Recorder } from '../recorder.ts'
import { smallFit, stampOf } from './small-rides.ts'
import { cutUp, spanMs, StepList } from './step-list.ts'
import { closeWithHeader, openHeader } from './unsealed.ts'

/** Where one Zwift keeps its rides; each has its own, since all call their buffer the same. */
function folderOf(key: number): string {
  return `Zwift ${key}/Activities`
}

function zwiftFit(random: SimRandom, key: number, startAtMs: number, durationS: number): Uint8Array {
  return smallFit(
    random,
    { key, startAtMs, durationS },
    { manufacturer: 260, subSport: 'virtual_activity', headerSize: 12 },
  )
}

/** The dated file is created empty when the ride begins; a buffer beside it is live and goes at the end. */
export const zwift: Recorder = {
  name: 'created at ride start, finished hours later (Zwift)',
  plan: (random, startAtMs, key) => {
    const durationS = random.int(600, 3 * 3600)
    const bytes = zwiftFit(random, key, startAtMs, durationS)
    const path = `${folderOf(key)}/${stampOf(startAtMs)}.fit`
    const buffer = `${folderOf(key)}/inProgressActivity.fit`
    const list = new StepList()
    // Empty, or a header that promises nothing.
    const begun = random.chance(0.5) ? 0 : 12
    list.write(random.int(0, 3000), path, 0, openHeader(random, bytes).subarray(0, begun))
    const flushes = random.int(5, 40)
    const gapMs = (durationS * 1000) / flushes
    list.writePieces(buffer, cutUp(random, openHeader(random, bytes), flushes), () => gapMs)
    if (random.chance(0.5)) {
      list.writePieces(path, cutUp(random, bytes, random.int(1, 4)), () => spanMs(random, 1, 3000))
    } else {
      list.writePieces(path, cutUp(random, openHeader(random, bytes), random.int(1, 4)), () =>
        spanMs(random, 1, 3000),
      )
      closeWithHeader(random, list, path, bytes)
    }
    const wholeAfterStep = list.last
    list.remove(spanMs(random, 1, 5000), buffer)
    return { steps: list.steps, rides: [{ bytes, wholeAfterStep, path }], mayAlsoBeSent: [] }
  },
}

/**
 * Zwift crashed: its buffer stays beside the finished ride (which is fetched or written at the next start), with the
 * same start second, cut off in mid-record. A ride, but not this one: it must never be sent.
 */
export const zwiftCrash: Recorder = {
  name: 'inProgressActivity.fit left after a crash, beside the finished ride',
  plan: (random, startAtMs, key) => {
    const durationS = random.int(300, 2 * 3600)
    const bytes = zwiftFit(random, key, startAtMs, durationS)
    const path = `${folderOf(key)}/${stampOf(startAtMs)}.fit`
    const buffer = `${folderOf(key)}/inProgressActivity.fit`
    const list = new StepList()
    list.write(random.int(0, 3000), path, 0, new Uint8Array(0))
    const flushes = cutUp(random, openHeader(random, bytes), random.int(4, 20))
    const crashed = flushes.slice(0, random.int(1, flushes.length - 1))
    list.writePieces(buffer, crashed, () => (durationS * 1000) / flushes.length)
    list.writePieces(path, cutUp(random, bytes, random.int(1, 5)), () => spanMs(random, 100, 600_000))
    return {
      steps: list.steps,
      rides: [{ bytes, wholeAfterStep: list.last, path }],
      mayAlsoBeSent: [],
    }
  },
}

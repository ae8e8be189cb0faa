import type { SimRandom } from '../random.ts'
import type { Recorder, RecorderPlan } from '../recorder.ts'
import { smallFit, smallTcx } from './small-rides.ts'
import { cutUp, spanMs, StepList } from './step-list.ts'
import { closeWithHeader, openHeader } from './unsealed.ts'

/** Sets its place aside as zeros, fills it from the front, closes it, and gives back what was too much. */
export const preallocatedFit: Recorder = {
  name: 'zeros set aside, then filled (FIT)',
  plan: (random, startAtMs, key) => {
    const spareBytes = random.pick([0, 0, 1, 15, 16, 4096])
    const gapMs = gapsOf(random)
    const bytes = smallFit(random, { key, startAtMs, durationS: random.int(60, 1200) })
    const path = `set-aside-${key}.fit`
    const list = new StepList()
    list.write(random.int(0, 5000), path, 0, new Uint8Array(bytes.length + spareBytes))
    list.writePieces(path, cutUp(random, openHeader(random, bytes), random.int(3, 12)), gapMs)
    closeWithHeader(random, list, path, bytes)
    if (spareBytes > 0) list.truncate(spanMs(random, 1, 3000), path, bytes.length)
    return planOf(list, bytes, path)
  },
}

/** The same for text: the closing element comes over the zeros. */
export const preallocatedTcx: Recorder = {
  name: 'zeros set aside, then filled (TCX)',
  plan: (random, startAtMs, key) => {
    const spareBytes = random.pick([0, 1, 3, 4096])
    const bytes = smallTcx(random, { key, startAtMs, durationS: random.int(60, 1200) })
    const path = `set-aside-${key}.tcx`
    const list = new StepList()
    list.truncate(random.int(0, 5000), path, 0)
    list.truncate(0, path, bytes.length + spareBytes)
    list.writePieces(path, cutUp(random, bytes, random.int(3, 12)), gapsOf(random))
    if (spareBytes > 0) list.truncate(spanMs(random, 1, 3000), path, bytes.length)
    return planOf(list, bytes, path)
  },
}

function gapsOf(random: SimRandom): () => number {
  const usualMs = spanMs(random, 100, 30_000)
  return () => usualMs * (0.5 + random.next())
}

function planOf(list: StepList, bytes: Uint8Array, path: string): RecorderPlan {
  return { steps: list.steps, rides: [{ bytes, wholeAfterStep: list.last, path }], mayAlsoBeSent: [] }
}

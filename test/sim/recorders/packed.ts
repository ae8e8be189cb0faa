import { gzipBytes, zipBytes, type ZipInput } from '../../helpers/archive-builder.ts'
import type { SimRandom } from '../random.ts'
import type { Recorder, RecorderPlan } from '../recorder.ts'
import { pastRide, smallFit, smallGpx, smallTcx } from './small-rides.ts'
import { cutUp, spanMs, StepList } from './step-list.ts'

/** Writes a packed file in pieces; whole with its last byte, and cut off until then. */
function planGrowing(
  random: SimRandom,
  path: string,
  packed: Uint8Array,
  rides: readonly Uint8Array[],
): RecorderPlan {
  const list = new StepList()
  const usualMs = spanMs(random, 50, 60_000)
  const gapMs = (): number => usualMs * (0.2 + random.next())
  list.writePieces(path, cutUp(random, packed, random.int(1, 12)), gapMs)
  return {
    steps: list.steps,
    rides: rides.map(bytes => ({ bytes, wholeAfterStep: list.last, path })),
    mayAlsoBeSent: [],
  }
}

/** As TrainingPeaks Virtual leaves them. */
export const gzGrowing: Recorder = {
  name: 'truncated .fit.gz that grows to whole',
  plan: (random, startAtMs, key) => {
    const when = pastRide(random, startAtMs, key)
    const [ending, bytes] = random.pick([
      ['fit', smallFit(random, when)],
      ['fit', smallFit(random, when)],
      ['tcx', smallTcx(random, when)],
    ] as const)
    return planGrowing(random, `TPVirtual ${key}/FITFiles/${key}_s.${ending}.gz`, gzipBytes(bytes), [bytes])
  },
}

/** As Garmin Connect gives them. */
export const zipGrowing: Recorder = {
  name: 'truncated .zip that grows to whole',
  plan: (random, startAtMs, key) => {
    const bytes = smallFit(random, pastRide(random, startAtMs, key))
    const packed = zipBytes([{ name: `${key}_ACTIVITY.fit`, bytes }])
    return planGrowing(random, `Downloads ${key}/${key}.zip`, packed, [bytes])
  },
}

/** Three rides of any format beside other files; sometimes a fourth that was cut off before it was packed. */
export const zipOfThree: Recorder = {
  name: 'zip with three rides',
  plan: (random, startAtMs, key) => {
    const rides = [0, 1, 2].map(nth => {
      const when = pastRide(random, startAtMs, key, nth)
      return random.pick([
        { name: `ride ${nth}.fit`, bytes: smallFit(random, when) },
        { name: `more/ride ${nth}.TCX`, bytes: smallTcx(random, when) },
        { name: `more/ride ${nth}.gpx`, bytes: smallGpx(random, when) },
      ])
    })
    const others: ZipInput[] = [{ name: 'readme.txt', bytes: new TextEncoder().encode(`export ${key}`) }]
    if (random.chance(0.3)) {
      const whole = smallFit(random, pastRide(random, startAtMs, key, 3))
      others.push({ name: 'broken.fit', bytes: whole.subarray(0, random.int(20, whole.length - 20)) })
    }
    const packed = zipBytes([...rides, ...others])
    return planGrowing(
      random,
      `Export ${key}/all.zip`,
      packed,
      rides.map(ride => ride.bytes),
    )
  },
}

/** Stops before its end and never goes on. There is no whole ride in it: nothing is ever sent by itself. */
export const truncatedForEver: Recorder = {
  name: 'truncated for ever',
  plan: (random, startAtMs, key) => {
    const when = pastRide(random, startAtMs, key)
    const fit = smallFit(random, when)
    const [ending, bytes] = random.pick([
      ['fit', fit],
      ['fit.gz', gzipBytes(fit)],
      ['zip', zipBytes([{ name: 'ride.fit', bytes: fit }])],
      ['tcx', smallTcx(random, when)],
      ['gpx', smallGpx(random, when)],
    ] as const)
    const path = `Broken off ${key}/ride.${ending}`
    const list = new StepList()
    const pieces = cutUp(random, bytes.subarray(0, random.int(20, bytes.length - 8)), random.int(1, 5))
    list.writePieces(path, pieces, () => spanMs(random, 50, 60_000))
    return { steps: list.steps, rides: [], mayAlsoBeSent: [] }
  },
}

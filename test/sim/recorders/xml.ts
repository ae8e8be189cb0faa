import type { SimRandom } from '../random.ts'
import type { Recorder, RecorderPlan } from '../recorder.ts'
import { pastRide, smallGpx, smallTcx } from './small-rides.ts'
import { cutUp, StepList } from './step-list.ts'

/** Appends while the ride lasts; the closing elements come at the end. */
function planAppended(random: SimRandom, path: string, bytes: Uint8Array, lastsS: number): RecorderPlan {
  const pieces = cutUp(random, bytes, random.int(4, 20))
  const list = new StepList()
  list.writePieces(path, pieces, () => ((lastsS * 1000) / pieces.length) * (0.2 + 1.6 * random.next()))
  return { steps: list.steps, rides: [{ bytes, wholeAfterStep: list.last, path }], mayAlsoBeSent: [] }
}

export const tcxAppended: Recorder = {
  name: 'TCX written by appending',
  plan: (random, startAtMs, key) => {
    const durationS = random.int(20, 3600)
    const bytes = smallTcx(random, { key, startAtMs, durationS })
    return planAppended(random, `appended-${key}.tcx`, bytes, durationS)
  },
}

export const gpxAppended: Recorder = {
  name: 'GPX written by appending',
  plan: (random, startAtMs, key) => {
    const durationS = random.int(20, 3600)
    const bytes = smallGpx(random, { key, startAtMs, durationS })
    return planAppended(random, `appended-${key}.${random.pick(['gpx', 'GPX'])}`, bytes, durationS)
  },
}

/** A second lap begins at some track point. */
function withTwoLaps(random: SimRandom, tcx: Uint8Array): Uint8Array {
  const points = new TextDecoder().decode(tcx).split('          <Trackpoint>\n')
  const at = random.int(2, points.length - 1)
  const time = /<Time>(.*?)<\/Time>/.exec(points[at] ?? '')?.[1] ?? ''
  const lap = [
    '        </Track>\n      </Lap>',
    `      <Lap StartTime="${time}">`,
    '        <TotalTimeSeconds>10</TotalTimeSeconds>\n        <Track>\n',
  ].join('\n')
  const pointsOf = (from: number, to?: number): string =>
    points.slice(from, to).join('          <Trackpoint>\n')
  return new TextEncoder().encode(`${pointsOf(0, at)}${lap}          <Trackpoint>\n${pointsOf(at)}`)
}

/** Laps, activities, or both; one file, one recording. */
export const tcxOfMany: Recorder = {
  name: 'TCX with several laps and activities',
  plan: (random, startAtMs, key) => {
    const when = pastRide(random, startAtMs, key)
    const activities = random.int(1, 3)
    const plain = smallTcx(random, when, { activities })
    const bytes = activities === 1 || random.chance(0.5) ? withTwoLaps(random, plain) : plain
    return planAppended(random, `many-${key}.tcx`, bytes, random.int(1, 120))
  },
}

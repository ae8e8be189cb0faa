import { garminXml } from '../../helpers/garmin-xml.ts'
import type { ExpectedRide, Recorder } from '../recorder.ts'
import { otherFit } from './no-ride.ts'
import { pastRide, serialOf, smallFit } from './small-rides.ts'
import { spanMs, StepList } from './step-list.ts'

/** A device that is plugged in: many small files at once, rides among them, with the dates at which they were made. */
export const garminDevice: Recorder = {
  name: 'device folder with many small files',
  plan: (random, startAtMs, key) => {
    const root = `Volume ${key}/GARMIN`
    const list = new StepList()
    const rides: ExpectedRide[] = []
    const put = (path: string, bytes: Uint8Array, ageMs: number): number => {
      const index = list.write(random.int(0, 20), `${root}/${path}`, 0, bytes)
      list.ageMtime(0, `${root}/${path}`, ageMs)
      return index
    }
    put('GarminDevice.xml', new TextEncoder().encode(garminXml()), spanMs(random, 3_600_000, 86_400_000))
    const count = random.int(2, 7)
    for (let nth = 0; nth < count; nth++) {
      const when = pastRide(random, startAtMs, key, nth)
      const bytes = smallFit(random, when, { manufacturer: 1 })
      const name = `ACTIVITY/A8D0${key.toString(36).toUpperCase()}${nth}.FIT`
      const wholeAfterStep = put(name, bytes, startAtMs - when.startAtMs - when.durationS * 1000)
      rides.push({ bytes, wholeAfterStep, path: `${root}/${name}` })
      if (random.chance(0.2)) put(`ACTIVITY/._A8D0${nth}.FIT`, new Uint8Array(4096).fill(5), 60_000)
    }
    const folders = ['SETTINGS', 'WORKOUTS', 'COURSES', 'MONITOR', 'RECORDS', 'TOTALS', 'NEWFILES']
    const others = random.int(3, 12)
    for (let nth = 0; nth < others; nth++) {
      const bytes = otherFit(random, startAtMs, key, count + nth)
      put(`${random.pick(folders)}/${serialOf(key, nth)}.FIT`, bytes, spanMs(random, 60_000, 86_400_000))
    }
    return { steps: list.steps, rides, mayAlsoBeSent: [] }
  },
}

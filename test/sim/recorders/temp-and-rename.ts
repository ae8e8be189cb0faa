import type { SimRandom } from '../random.ts'
import type { ExpectedRide, Recorder, RecorderPlan } from '../recorder.ts'
import { pastRide, smallFit, smallTcx } from './small-rides.ts'
import { cutUp, spanMs, StepList } from './step-list.ts'

/** Writes under a temporary name and renames when all is there. */
function planRename(
  random: SimRandom,
  startAtMs: number,
  key: number,
  names: { readonly temporary: string; readonly final: string },
): RecorderPlan {
  const when = pastRide(random, startAtMs, key)
  const bytes = names.final.endsWith('.tcx') ? smallTcx(random, when) : smallFit(random, when)
  const list = new StepList()
  list.writePieces(names.temporary, cutUp(random, bytes, random.int(1, 8)), () => spanMs(random, 10, 40_000))
  const wholeAfterStep = list.rename(spanMs(random, 1, 20_000), names.temporary, names.final)
  return { steps: list.steps, rides: [{ bytes, wholeAfterStep, path: names.final }], mayAlsoBeSent: [] }
}

/** Temporary names as programs, copying tools and clouds give them: none ends like a recording. */
export const tempAndRename: Recorder = {
  name: 'temporary name, then rename',
  plan: (random, startAtMs, key) => {
    const final = `exported-${key}.${random.pick(['fit', 'tcx', 'FIT'])}`
    const temporary = random.pick([
      `${final}.tmp`,
      `.${final}.aX3k9Q`,
      `~syncthing~${final}.tmp`,
      `${final}~`,
      `new-${key}`,
    ])
    return planRename(random, startAtMs, key, { temporary, final })
  },
}

/** A browser's download. Safari writes inside a folder of that name. */
export const download: Recorder = {
  name: 'download of a browser',
  plan: (random, startAtMs, key) => {
    const final = `${key}_ACTIVITY${random.pick(['', ' (1)'])}.fit`
    const temporary = random.pick([
      `${final}.crdownload`,
      `Unconfirmed ${key}.crdownload`,
      `${final}.part`,
      `${final}.opdownload`,
      `${final}.download/${final}.part`,
    ])
    return planRename(random, startAtMs, key, { temporary, final })
  },
}

/**
 * The temporary name is itself a recording's, and used again for the next ride. Each ride is whole when its last byte is
 * written, whatever it is renamed to afterwards: only its bytes count.
 */
export const candidateTempName: Recorder = {
  name: 'temporary name that ends in .fit',
  plan: (random, startAtMs, key) => {
    const temporary = `export ${key}/tmp.fit`
    const list = new StepList()
    const rides: ExpectedRide[] = []
    const count = random.int(1, 3)
    for (let nth = 0; nth < count; nth++) {
      const bytes = smallFit(random, pastRide(random, startAtMs, key, nth))
      list.writePieces(temporary, cutUp(random, bytes, random.int(1, 6)), () => spanMs(random, 10, 30_000))
      rides.push({ bytes, wholeAfterStep: list.last, path: temporary })
      list.rename(spanMs(random, 1, 15_000), temporary, `export ${key}/ride-${nth}.fit`)
    }
    return { steps: list.steps, rides, mayAlsoBeSent: [] }
  },
}

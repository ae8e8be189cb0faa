import type { Recorder } from '../recorder.ts'
import { smallFit, stampOf } from './small-rides.ts'
import { cutUp, spanMs, StepList } from './step-list.ts'

/** Two devices begin in the same second: same start, other bytes, two rides. Their flushes come in any order. */
export const sameSecond: Recorder = {
  name: 'two rides in one second',
  plan: (random, startAtMs, key) => {
    const durationS = random.int(30, 1800)
    const files = [0, 1].map(nth => {
      const bytes = smallFit(random, { key, nth, startAtMs, durationS })
      return {
        bytes,
        path: `${stampOf(startAtMs)} ${key}${nth === 0 ? '' : '-1'}.fit`,
        left: [...cutUp(random, bytes, random.int(1, 8))],
        wholeAfterStep: -1,
      }
    })
    const list = new StepList()
    for (let open = files; open.length > 0; open = files.filter(file => file.left.length > 0)) {
      const file = random.pick(open)
      const piece = file.left.shift()
      if (piece === undefined) continue
      const at = piece.byteOffset - file.bytes.byteOffset
      file.wholeAfterStep = list.write(
        random.chance(0.3) ? 0 : spanMs(random, 10, 60_000),
        file.path,
        at,
        piece,
      )
    }
    const rides = files.map(({ bytes, path, wholeAfterStep }) => ({ bytes, path, wholeAfterStep }))
    return { steps: list.steps, rides, mayAlsoBeSent: [] }
  },
}

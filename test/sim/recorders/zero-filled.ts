import type { Recorder } from '../recorder.ts'
import { pastRide, smallFit } from './small-rides.ts'
import { cutUp, spanMs, StepList } from './step-list.ts'

/** A device's file shows its right size at once and its content only later (MTP mounts). */
export const zeroFilled: Recorder = {
  name: 'right size but zeros for a while (MTP)',
  plan: (random, startAtMs, key) => {
    const bytes = smallFit(random, pastRide(random, startAtMs, key))
    const path = `Internal Storage ${key}/Garmin/Activities/${key}.fit`
    const list = new StepList()
    list.write(random.int(0, 5000), path, 0, new Uint8Array(bytes.length))
    if (random.chance(0.5)) list.ageMtime(random.int(0, 2000), path, spanMs(random, 60_000, 86_400_000))
    list.write(spanMs(random, 500, 3_600_000), path, 0, bytes.subarray(0, 14))
    list.writePieces(
      path,
      cutUp(random, bytes.subarray(14), random.int(1, 8)),
      () => spanMs(random, 1, 60_000),
      14,
    )
    const wholeAfterStep = list.last
    if (random.chance(0.5)) list.ageMtime(random.int(0, 2000), path, spanMs(random, 60_000, 86_400_000))
    return { steps: list.steps, rides: [{ bytes, wholeAfterStep, path }], mayAlsoBeSent: [] }
  },
}

/** Blocks arrive in any order, as a download in several streams writes them: size and both ends may be right long before. */
export const blocksOutOfOrder: Recorder = {
  name: 'blocks written out of order',
  plan: (random, startAtMs, key) => {
    const bytes = smallFit(random, pastRide(random, startAtMs, key))
    const path = `blocks-${key}.fit`
    const list = new StepList()
    const pieces = cutUp(random, bytes, random.int(3, 9))
    let at = 0
    const blocks = pieces.map(piece => {
      const block = { at, piece }
      at += piece.length
      return block
    })
    // The last one first, so that the size is right at once; which comes next is the seed's to say.
    const [first, last, ...others] = [blocks[0], blocks.at(-1), ...blocks.slice(1, -1)]
    const rest = others.map(block => ({ block, rank: random.next() })).toSorted((a, b) => a.rank - b.rank)
    for (const block of [last, first, ...rest.map(item => item.block)])
      if (block !== undefined) list.write(spanMs(random, 100, 60_000), path, block.at, block.piece)
    return { steps: list.steps, rides: [{ bytes, wholeAfterStep: list.last, path }], mayAlsoBeSent: [] }
  },
}

/** The content never comes, or only its beginning. There is no ride in it: nothing is ever sent. */
export const zeroFilledForEver: Recorder = {
  name: 'right size but zeros for ever (MTP)',
  plan: (random, startAtMs, key) => {
    const bytes = smallFit(random, pastRide(random, startAtMs, key)).slice()
    bytes.fill(0, random.chance(0.5) ? 0 : random.int(1, bytes.length - 32))
    const path = `Internal Storage ${key}/Garmin/Activities/${key}.${random.pick(['fit', 'fit', 'tcx', 'fit.gz', 'zip'])}`
    const list = new StepList()
    list.write(random.int(0, 60_000), path, 0, bytes)
    if (random.chance(0.7)) list.ageMtime(random.int(0, 2000), path, spanMs(random, 60_000, 86_400_000))
    return { steps: list.steps, rides: [], mayAlsoBeSent: [] }
  },
}

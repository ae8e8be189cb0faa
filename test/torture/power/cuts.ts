import { simRandom, type SimRandom } from '../../sim/random.ts'
import type { Tree } from '../trace/acts.ts'
import { DiskModel, hashOfTree, waysToCut, type CutWay } from './disk-model.ts'
import type { PhasePicture } from './take-picture.ts'

/** One power cut: when, what it does to the disk, and how far the service and the user are. */
export interface Cut {
  readonly phase: number
  /** After so many acts of the phase. */
  readonly acts: number
  readonly way: CutWay
  readonly seed: number
  /** How many of the phase's uploads the service has stored by then. */
  readonly stored: number
  /** Whether the files of rides that were on their way by then are taken off. */
  readonly takesOff: boolean
  /** The command had ended before. */
  readonly hasEnded: boolean
}

const drawnWays = 2

/** Every cut that leads to another state, in order. */
export function cutsOf(root: string, pictures: readonly PhasePicture[], random: SimRandom): readonly Cut[] {
  const seen = new Set<string>()
  return pictures.flatMap((picture, phase) => {
    const model = new DiskModel(root, picture.start)
    const cuts: Cut[] = []
    for (let acts = 0; acts <= picture.acts.length; acts += 1) {
      const act = picture.acts[acts - 1]
      if (act !== undefined) model.apply(act)
      const hasEnded = acts === picture.acts.length
      for (const way of waysToCut(random, drawnWays)) {
        const seed = random.int(0, 2 ** 31)
        const hash = hashOfTree(model.after(way, simRandom(seed)))
        for (const stored of storedBy(picture, acts)) {
          const key = `${phase} ${hash} ${stored} ${hasEnded}`
          if (seen.has(key)) continue
          seen.add(key)
          cuts.push({ ...{ phase, acts, way, seed, stored, hasEnded }, takesOff: random.chance(0.5) })
        }
      }
    }
    return cuts
  })
}

/** How many uploads may have been stored: between two acts the service may have got one more. */
function storedBy({ acts, uploads }: PhasePicture, done: number): readonly number[] {
  const count = (at: number): number =>
    uploads.filter(({ storedAt }) => storedAt !== null && storedAt < at).length
  const [least, most] = [count(acts[done - 1]?.at ?? 0), count(acts[done]?.at ?? Infinity)]
  return least === most ? [least] : [least, most]
}

/** Rides whose whole body the service had got before the last act: their copies must be safe. */
export function onTheWay({ acts, uploads }: PhasePicture, done: number): readonly string[] {
  const at = acts[done - 1]?.at ?? 0
  return uploads.filter(({ receivedAt }) => receivedAt < at).map(({ sha256 }) => sha256)
}

/** Makes the states of many cuts of one phase, each after the one before it. */
export class CutMaker {
  readonly #picture: PhasePicture
  readonly #model: DiskModel
  #done = 0

  constructor(root: string, picture: PhasePicture) {
    this.#picture = picture
    this.#model = new DiskModel(root, picture.start)
  }

  /** What is found after this cut. Cuts must come in order. */
  treeAfter({ acts, way, seed }: Cut): Tree {
    for (; this.#done < acts; this.#done += 1) {
      const act = this.#picture.acts[this.#done]
      if (act !== undefined) this.#model.apply(act)
    }
    return this.#model.after(way, simRandom(seed))
  }
}

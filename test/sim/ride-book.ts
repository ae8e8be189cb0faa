import { createHash } from 'node:crypto'
import type { PlannedUse } from './plan.ts'
import type { RecorderAct, RecorderPlan } from './recorder.ts'
import { recorders } from './recorders/all.ts'

/** What became of one ride on the recorder's side. */
export interface BookedRide {
  readonly sha256: string
  readonly bytes: number
  readonly recorder: string
  readonly key: number
  readonly source: number
  /** Forms of the ride that were sound before it was finished. */
  readonly earlier: readonly string[]
  /** Ms since the start of the run; null while it is being recorded, or for good. */
  wholeAtMs: number | null
  /** Where it lies whole; null once it was deleted or written over. */
  path: string | null
  /** It lay whole and in peace for so long that Musette had to take it. */
  wasFair: boolean
}

/** A folder that is looked at on a slow timer only (every hint lost) finds a ride within this, with time to settle. */
const fairMs = 13 * 60_000

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Knows what was recorded, when it was finished, and how long it could be had. The oracle judges by it. */
export class RideBook {
  readonly rides: BookedRide[] = []
  readonly #others = new Set<string>()
  /** Uses that have not come to their last step, with the paths of their rides. */
  readonly #underWay = new Map<PlannedUse, readonly string[]>()
  readonly #nowMs: () => number
  /** The last moment at which Musette could not work in peace. */
  #disturbedMs = 0
  /** Musette runs and knows its folders. */
  #isWatched = false
  /** Pauses that hold. */
  #holds = 0

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** The power went: what was being recorded stays as it is, and nobody can tell some of it from a finished ride. */
  endRecordings(bytesAt: (path: string) => Uint8Array | null): void {
    for (const [use, paths] of this.#underWay) {
      this.#underWay.delete(use)
      if (recorders[use.recorder]?.looksWhole === undefined) continue
      for (const path of paths) {
        const bytes = bytesAt(path)
        if (bytes !== null) this.#others.add(sha256Of(bytes))
      }
    }
  }

  /** A recorder begins. */
  begin(use: PlannedUse, plan: RecorderPlan, root: string): void {
    this.#underWay.set(
      use,
      plan.rides.flatMap(({ path }) => (path === null ? [] : [`${root}/${path}`])),
    )
    for (const ride of plan.rides) {
      this.rides.push({
        ...{ sha256: sha256Of(ride.bytes), bytes: ride.bytes.length, source: use.source },
        ...{ recorder: use.recorder, key: use.key, wasFair: false },
        earlier: (ride.earlierVersions ?? []).map(sha256Of),
        wholeAtMs: null,
        path: ride.path === null ? null : `${root}/${ride.path}`,
      })
    }
    for (const bytes of plan.mayAlsoBeSent) this.#others.add(sha256Of(bytes))
    this.afterStep(use, plan, -1)
  }

  /** Right before an act on the folder: what lay there may be gone after it. */
  beforeAct(root: string, act: RecorderAct): void {
    if (act.kind === 'ageMtime') return
    const touched =
      act.kind === 'rename' ? [`${root}/${act.from}`, `${root}/${act.to}`] : [`${root}/${act.path}`]
    for (const ride of this.rides) {
      if (ride.wholeAtMs === null || ride.path === null || !touched.includes(ride.path)) continue
      ride.wasFair ||= this.#isFair(ride.wholeAtMs)
      if (act.kind === 'rename' && ride.path === `${root}/${act.from}`) ride.path = `${root}/${act.to}`
      else ride.path = null
    }
  }

  /** Right after step `index` of a use. */
  afterStep(use: PlannedUse, plan: RecorderPlan, index: number): void {
    if (index === plan.steps.length - 1) this.#underWay.delete(use)
    const own = this.rides.filter(ride => ride.key === use.key)
    for (const [nth, ride] of plan.rides.entries()) {
      const booked = own[nth]
      if (booked === undefined || ride.wholeAfterStep !== index || ride.path === null) continue
      booked.wholeAtMs = this.#nowMs()
    }
  }

  /** Musette was started (and knows its folders) or ended. */
  setWatched(isWatched: boolean): void {
    this.disturb()
    this.#isWatched = isWatched
  }

  /** The owner paused something. */
  hold(): void {
    this.disturb()
    this.#holds += 1
  }

  release(): void {
    this.disturb()
    this.#holds -= 1
  }

  /** Something was, or is again no longer, wrong with the folders, the disk or the clock. */
  disturb(): void {
    for (const ride of this.rides) {
      if (ride.wholeAtMs !== null && ride.path !== null) ride.wasFair ||= this.#isFair(ride.wholeAtMs)
    }
    this.#disturbedMs = this.#nowMs()
  }

  /** True for the bytes of a ride that is finished, and of what may go up besides. */
  mayBeSent(sha256: string): boolean {
    if (this.#others.has(sha256)) return true
    return this.rides.some(ride => ride.sha256 === sha256 && ride.wholeAtMs !== null)
  }

  /** True when the ride lies whole where Musette can find it. */
  isThere(ride: BookedRide): boolean {
    return ride.wholeAtMs !== null && ride.path !== null
  }

  /** Musette could work in peace since then, and long enough to notice whatever was there. */
  isFairSince(ms: number): boolean {
    return this.#isFair(ms)
  }

  #isFair(wholeAtMs: number): boolean {
    return (
      this.#isWatched && this.#holds === 0 && this.#nowMs() - Math.max(wholeAtMs, this.#disturbedMs) >= fairMs
    )
  }
}

import type { SimRandom } from '../random.ts'
import type { Recorder, RecorderPlan } from '../recorder.ts'
import { smallFit, stampOf } from './small-rides.ts'
import { cutUp, spanMs, StepList } from './step-list.ts'
import { closeWithHeader, openHeader } from './unsealed.ts'

/** How a program that flushes while it records goes about it. */
interface LiveRide {
  readonly path: string
  readonly flushes: number
  readonly gapMs: () => number
  /** A silence in the middle, such as a long stop; 0 for none. */
  readonly silentMs: number
  /** The header promises the final size from the start instead of being patched at the end. */
  readonly isSizeKnown: boolean
}

function planLive(random: SimRandom, startAtMs: number, key: number, ride: LiveRide): RecorderPlan {
  const gaps = Array.from({ length: ride.flushes }, ride.gapMs)
  gaps[Math.floor(ride.flushes / 2)] = (gaps[Math.floor(ride.flushes / 2)] ?? 0) + ride.silentMs
  const recordedMs = gaps.reduce((sum, gap) => sum + gap, 0)
  const durationS = Math.max(20, Math.ceil(recordedMs / 1000))
  // What was recorded ends when the last flush does.
  const bytes = smallFit(random, { key, startAtMs: startAtMs + recordedMs - durationS * 1000, durationS })
  const list = new StepList()
  const nextGap = gaps.values()
  const flushed = ride.isSizeKnown ? bytes : openHeader(random, bytes)
  list.writePieces(
    ride.path,
    cutUp(random, flushed, ride.flushes),
    () => nextGap.next().value ?? ride.gapMs(),
  )
  if (!ride.isSizeKnown) closeWithHeader(random, list, ride.path, bytes)
  return {
    steps: list.steps,
    rides: [{ bytes, wholeAfterStep: list.last, path: ride.path }],
    mayAlsoBeSent: [],
  }
}

/** Flushes at gaps from 0.1 to 60 s; header and checksum come at the end. */
export const flushGaps: Recorder = {
  name: 'flushes every 0.1 to 60 s',
  plan: (random, startAtMs, key) => {
    const usualMs = spanMs(random, 100, 60_000)
    return planLive(random, startAtMs, key, {
      path: `ride-${key}.fit`,
      flushes: random.int(4, 30),
      gapMs: () => Math.min(60_000, Math.max(100, usualMs * (0.5 + random.next()))),
      silentMs: 0,
      isSizeKnown: false,
    })
  },
}

/** The whole size stands in the header from the start, so only size and checksum tell that more will come. */
export const headerFirst: Recorder = {
  name: 'final size in the header from the start',
  plan: (random, startAtMs, key) =>
    planLive(random, startAtMs, key, {
      path: `${stampOf(startAtMs)}-${key}.FIT`,
      flushes: random.int(3, 12),
      gapMs: () => spanMs(random, 100, 60_000),
      silentMs: 0,
      isSizeKnown: true,
    }),
}

/** Begins long before anything looks at its folder: many steps over one to four hours. */
export const longRide: Recorder = {
  name: 'started before Musette, hours long',
  plan: (random, startAtMs, key) => {
    const flushes = random.int(60, 120)
    const usualMs = (random.int(1, 4) * 3_600_000) / flushes
    return planLive(random, startAtMs, key, {
      path: `long-${key}.fit`,
      flushes,
      gapMs: () => usualMs * (0.7 + 0.6 * random.next()),
      silentMs: 0,
      isSizeKnown: false,
    })
  },
}

/** Created at the start, then nothing for three hours: a stop at a café, or a program that keeps all in memory. */
export const silentForHours: Recorder = {
  name: 'silent for three hours in the middle',
  plan: (random, startAtMs, key) =>
    planLive(random, startAtMs, key, {
      path: `${stampOf(startAtMs)} ${key}.fit`,
      flushes: random.int(2, 6),
      gapMs: () => spanMs(random, 200, 30_000),
      silentMs: 3 * 3_600_000 + random.int(-600_000, 600_000),
      isSizeKnown: random.chance(0.3),
    }),
}

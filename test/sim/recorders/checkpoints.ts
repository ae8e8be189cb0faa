import { buildFit } from '../../helpers/fit-builder.ts'
import type { FitSpec } from '../../helpers/fit-builder.ts'
import { buildGpx } from '../../helpers/gpx-builder.ts'
import type { SimRandom } from '../random.ts'
import type { Recorder, RecorderPlan } from '../recorder.ts'
import { serialOf, smallFit } from './small-rides.ts'
import { spanMs, StepList } from './step-list.ts'

/** The forms of one ride, each longer than the one before and whole in itself; the last is the finished ride. */
interface Versions {
  readonly path: string
  readonly gapsMs: readonly number[]
  /** The ride as it is after so many seconds. */
  readonly after: (seconds: number, isFinished: boolean) => Uint8Array
  /** How long before the moment its mtime is put after each write; 0 leaves it. */
  readonly mtimeBehindMs: number
}

function planVersions(versions: Versions): {
  readonly list: StepList
  readonly earlier: readonly Uint8Array[]
  readonly bytes: Uint8Array
} {
  const { path, gapsMs, after, mtimeBehindMs } = versions
  const list = new StepList()
  const all: Uint8Array[] = []
  let ms = 0
  for (const [index, gap] of gapsMs.entries()) {
    ms += gap
    const bytes = after(Math.floor(ms / 1000), index === gapsMs.length - 1)
    list.write(gap, path, 0, bytes)
    if (mtimeBehindMs !== 0) list.ageMtime(0, path, mtimeBehindMs)
    all.push(bytes)
  }
  return { list, earlier: all.slice(0, -1), bytes: all.at(-1) ?? new Uint8Array(0) }
}

function planOf(versions: Versions, mayVersionsBeSent: boolean): RecorderPlan {
  const { list, earlier, bytes } = planVersions(versions)
  const wholeAfterStep = list.steps.findLastIndex(step => step.act.kind === 'write')
  const ride = { bytes, wholeAfterStep, path: versions.path }
  return {
    steps: list.steps,
    rides: [mayVersionsBeSent ? { ...ride, earlierVersions: earlier } : ride],
    mayAlsoBeSent: mayVersionsBeSent ? earlier : [],
  }
}

function gapsOf(random: SimRandom, leastMs: number, mostMs: number): readonly number[] {
  const usualMs = spanMs(random, leastMs, mostMs)
  return Array.from({ length: random.int(4, 25) }, () =>
    Math.min(mostMs, Math.max(leastMs, usualMs * (0.7 + 0.6 * random.next()))),
  )
}

/** `checkpoint` is what every form but the last leaves out. */
function fitAfter(
  random: SimRandom,
  key: number,
  startAtMs: number,
  checkpoint: Partial<FitSpec>,
  recordEveryS = random.pick([5, 10]),
): Versions['after'] {
  const spec = { serial: serialOf(key), startTime: new Date(startAtMs), recordEveryS }
  return (seconds, isFinished) =>
    buildFit({ ...spec, durationS: Math.max(1, seconds), ...(isFinished ? {} : checkpoint) })
}

/**
 * Puts size and checksum right at every flush, 5 to 60 s apart, so each form proves to be sound; but only the last has the
 * `activity` message that closes a ride. Ten seconds of rest tell nothing here: a form may lie unchanged for a minute.
 */
export const checkpointFit: Recorder = {
  name: 'valid FIT at every checkpoint, closed at the end',
  looksWhole: 'later',
  plan: (random, startAtMs, key) => {
    const withSessions = random.chance(0.3)
    const after = fitAfter(random, key, startAtMs, { withActivityMessage: false, withSessions })
    const gapsMs = gapsOf(random, 5000, 60_000)
    return planOf({ path: `checkpoint-${key}.fit`, gapsMs, after, mtimeBehindMs: 0 }, false)
  },
}

/** The same, with a stop of ten minutes to three hours in which nothing is written. */
export const checkpointPause: Recorder = {
  name: 'valid FIT at every checkpoint, with a long stop',
  looksWhole: 'later',
  plan: (random, startAtMs, key) => {
    const after = fitAfter(random, key, startAtMs, { withActivityMessage: false, withSessions: false }, 60)
    const gaps = gapsOf(random, 5000, 60_000)
    const gapsMs = gaps.with(random.int(1, gaps.length - 1), spanMs(random, 600_000, 3 * 3_600_000))
    return planOf({ path: `stopped-${key}.fit`, gapsMs, after, mtimeBehindMs: 0 }, false)
  },
}

/** The same on a disk whose clock is behind: every form looks as if it had lain there for long. */
export const checkpointOldMtime: Recorder = {
  name: 'valid FIT at every checkpoint, mtime always old',
  looksWhole: 'later',
  plan: (random, startAtMs, key) => {
    const after = fitAfter(random, key, startAtMs, { withActivityMessage: false })
    const gapsMs = gapsOf(random, 500, 60_000)
    const mtimeBehindMs = spanMs(random, 60_000, 7_200_000)
    return planOf({ path: `Share ${key}/checkpoint.fit`, gapsMs, after, mtimeBehindMs }, false)
  },
}

/**
 * The nastier sort: every form is closed, `activity` message and all, as if the ride had ended there. By its bytes each is
 * final, so each may be sent; once one was, the last is a longer version of it.
 */
export const checkpointClosed: Recorder = {
  name: 'closed FIT at every checkpoint',
  plan: (random, startAtMs, key) => {
    const after = fitAfter(random, key, startAtMs, {})
    const gapsMs = gapsOf(random, 5000, 60_000)
    return planOf({ path: `closed-${key}.fit`, gapsMs, after, mtimeBehindMs: 0 }, true)
  },
}

function gpxAfter(key: number, startAtMs: number, recordEveryS: number): Versions['after'] {
  const spec = { serial: serialOf(key), startTime: new Date(startAtMs), recordEveryS }
  // The last form always has a point more.
  return (seconds, isFinished) =>
    buildGpx({ ...spec, durationS: Math.max(1, seconds) + (isFinished ? recordEveryS : 0) })
}

/** A logger that writes its closing elements anew behind each point, at most 9 s apart: the ten seconds of rest tell. */
export const checkpointGpx: Recorder = {
  name: 'well-formed GPX at every flush, under 10 s apart',
  looksWhole: 'ten-seconds',
  plan: (random, startAtMs, key) => {
    const gapsMs = gapsOf(random, 300, 9000)
    return planOf(
      { path: `track-${key}.gpx`, gapsMs, after: gpxAfter(key, startAtMs, 3), mtimeBehindMs: 0 },
      false,
    )
  },
}

/**
 * The same on a disk whose clock is behind. An mtime from before the last point cannot be true, so it must not stand for ten
 * seconds of rest.
 */
export const checkpointGpxOldMtime: Recorder = {
  name: 'well-formed GPX at every flush, mtime always old',
  looksWhole: 'ten-seconds',
  plan: (random, startAtMs, key) => {
    const gapsMs = gapsOf(random, 300, 9000)
    const mtimeBehindMs = spanMs(random, 60_000, 7_200_000)
    const after = gpxAfter(key, startAtMs, 3)
    return planOf({ path: `Share ${key}/track.gpx`, gapsMs, after, mtimeBehindMs }, false)
  },
}

/**
 * Such a logger with more than 10 s between its points. Nothing in such a GPX says whether more will come, and ten seconds of
 * rest are what makes one whole: each form may be sent, and the last is then a longer version.
 */
export const checkpointGpxSlow: Recorder = {
  name: 'well-formed GPX at every flush, over 10 s apart',
  plan: (random, startAtMs, key) => {
    const gapsMs = gapsOf(random, 12_000, 60_000)
    return planOf(
      { path: `slow-track-${key}.gpx`, gapsMs, after: gpxAfter(key, startAtMs, 30), mtimeBehindMs: 0 },
      true,
    )
  },
}

/** Some programs never write the `activity` message: a finished ride all the same, which must go up some day. */
export const neverClosed: Recorder = {
  name: 'finished FIT without an activity message',
  plan: (random, startAtMs, key) => {
    const durationS = random.int(60, 3600)
    const bytes = smallFit(
      random,
      { key, startAtMs: startAtMs - durationS * 1000, durationS },
      { withActivityMessage: false, withSessions: random.chance(0.7) },
    )
    const path = `never-closed-${key}.fit`
    const list = new StepList()
    list.write(random.int(100, 5000), path, 0, bytes)
    return { steps: list.steps, rides: [{ bytes, wholeAfterStep: 0, path }], mayAlsoBeSent: [] }
  },
}

import {
  profileDurationS,
  zoneEnds,
  zoneOf,
  type ProfileStep,
  type WorkoutProfile,
  type Zone,
} from '../../shared/workout-profile.ts'

/** What is drawn of one step: slices by zone, or one free block. In seconds across and fractions of threshold up. */
export interface StepShape {
  readonly step: ProfileStep
  readonly startS: number
  readonly endS: number
  readonly slices: readonly Slice[]
}

/** A part of a step that lies in one zone; `zone` is null where no power is asked for. */
export interface Slice {
  readonly zone: Zone | null
  readonly fromS: number
  readonly toS: number
  readonly from: number
  readonly to: number
}

/** How high a step without power is drawn: an easy ride's height, so that it is seen and promises nothing. */
const freeHeight = 0.5

/** The shapes of a workout, in order. A ramp is cut where it crosses from one zone into the next. */
export function stepShapes(profile: WorkoutProfile): readonly StepShape[] {
  let startS = 0
  return profile.steps.map(step => {
    const shape = { step, startS, endS: startS + step.durationS, slices: slicesOf(step, startS) }
    startS = shape.endS
    return shape
  })
}

/** How far up the picture reaches: past threshold, and past the hardest step. */
export function topOf(profile: WorkoutProfile): number {
  return profile.steps.reduce((top, { from, to }) => Math.max(top, from ?? 0, to ?? 0), 1.15) * 1.08
}

/** The step at a moment; the last one at the end. */
export function stepAt(profile: WorkoutProfile, atS: number): number {
  const place = stepShapes(profile).findIndex(shape => atS < shape.endS)
  return place === -1 ? profile.steps.length - 1 : place
}

/** The texts that are shown during a step. */
export function cuesIn(profile: WorkoutProfile, shape: StepShape): readonly string[] {
  const isLast = shape.endS >= profileDurationS(profile)
  return profile.cues
    .filter(cue => cue.atS >= shape.startS && (isLast || cue.atS < shape.endS))
    .map(cue => cue.text)
}

function slicesOf(step: ProfileStep, startS: number): readonly Slice[] {
  const { from, to, durationS } = step
  const endS = startS + durationS
  if (from === null || to === null || step.kind === 'free') {
    return [{ zone: null, fromS: startS, toS: endS, from: freeHeight, to: freeHeight }]
  }
  const [low, high] = from < to ? [from, to] : [to, from]
  const cuts = zoneEnds.filter(end => end > low && end < high)
  const rising = [low, ...cuts, high]
  const heights = from < to ? rising : rising.reverse()
  const timeAt = (height: number): number =>
    from === to ? startS : startS + (durationS * (height - from)) / (to - from)
  return heights.slice(1).map((end, place) => {
    const begin = heights[place] ?? from
    return {
      zone: zoneOf((begin + end) / 2),
      fromS: timeAt(begin),
      toS: from === to ? endS : timeAt(end),
      from: begin,
      to: end,
    }
  })
}

import type { FaultCode } from '../proof.ts'

/**
 * One step of a workout, repeats already unrolled. Durations are seconds; power is in the workout's `unit`;
 * cadence is in rpm, null where none is asked for. A steady step without power (a heart rate target) has null.
 */
export type WorkoutStep =
  | {
      readonly kind: 'steady'
      readonly durationS: number
      readonly power: number | null
      readonly cadence: number | null
    }
  | {
      readonly kind: 'ramp'
      readonly durationS: number
      readonly from: number
      readonly to: number
      readonly cadence: number | null
    }
  | { readonly kind: 'free'; readonly durationS: number; readonly cadence: number | null }

/** A text shown to the rider, `atS` seconds from the start of the workout. */
export interface WorkoutCue {
  readonly atS: number
  readonly text: string
}

/** What a workout file asks of the rider, whatever its format. */
export interface WorkoutSteps {
  readonly name: string | null
  /** `ftp`: power as a fraction of FTP (0.95); `watts`: power in W. */
  readonly unit: 'ftp' | 'watts'
  readonly steps: readonly WorkoutStep[]
  readonly cues: readonly WorkoutCue[]
}

/** The answer of every workout reader. `detail` is a sentence part for people, without a full stop. */
export type WorkoutRead =
  | { readonly kind: 'workout'; readonly workout: WorkoutSteps }
  | { readonly kind: 'fault'; readonly code: FaultCode; readonly detail: string }

/** The same bound for every reader, so that a few hostile bytes cannot unroll into a full memory. */
export const maxWorkoutSteps = 10_000

/** No step is that long, in seconds or in metres: larger numbers would add up to infinity. */
export const longestStep = 10_000_000

/** No workout seen comes near this; a larger file is not read. */
export const maxWorkoutBytes = 4 * 1024 * 1024

/** Seconds from start to end. */
export function workoutDurationS(workout: WorkoutSteps): number {
  return workout.steps.reduce((sum, step) => sum + step.durationS, 0)
}

/** Zwift keeps numbers in single precision and writes 180 s as 180.00002. */
const durationToleranceS = 0.01
/** Three decimals of FTP is what the service writes; the little more forgives the subtraction itself. */
const fractionTolerance = 0.001 + 1e-9
const wattsTolerance = 0.5 + 1e-9
const cadenceTolerance = 0.5

/**
 * Do two workouts ask the same of the rider, step by step? Names and cues are not compared. Forgives what a
 * program changes when it rewrites a file: number formats, rounding to 0.001, a ramp from x to x for a steady x.
 */
export function sameSteps(a: WorkoutSteps, b: WorkoutSteps): boolean {
  if (a.unit !== b.unit || a.steps.length !== b.steps.length) return false
  const tolerance = a.unit === 'ftp' ? fractionTolerance : wattsTolerance
  return a.steps.every((step, index) => {
    const other = b.steps[index]
    return other !== undefined && sameStep(step, other, tolerance)
  })
}

function sameStep(a: WorkoutStep, b: WorkoutStep, tolerance: number): boolean {
  const [powerA, powerB] = [powersOf(a), powersOf(b)]
  return (
    (a.kind === 'free') === (b.kind === 'free') &&
    isNear(a.durationS, b.durationS, durationToleranceS) &&
    isNear(a.cadence, b.cadence, cadenceTolerance) &&
    isNear(powerA.from, powerB.from, tolerance) &&
    isNear(powerA.to, powerB.to, tolerance)
  )
}

function powersOf(step: WorkoutStep): { readonly from: number | null; readonly to: number | null } {
  switch (step.kind) {
    case 'steady':
      return { from: step.power, to: step.power }
    case 'ramp':
      return { from: step.from, to: step.to }
    case 'free':
      return { from: null, to: null }
  }
}

function isNear(a: number | null, b: number | null, tolerance: number): boolean {
  if (a === null || b === null) return a === b
  return Math.abs(a - b) <= tolerance
}

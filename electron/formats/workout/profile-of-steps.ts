import {
  longestCue,
  mostProfileCues,
  mostProfileSteps,
  type ProfileStep,
  type WorkoutProfile,
} from '../../../shared/workout-profile.ts'
import { workoutDurationS, type WorkoutStep, type WorkoutSteps } from './workout-steps.ts'

/** Two days; a file that says more measures in something else than seconds. */
const longestWorkoutS = 48 * 3600
/** Twenty times FTP is no target of anyone's. */
const highest = 20

/** What is drawn of a workout file; null for one without steps, with too many, or in watts of an unknown FTP. */
export function profileOfSteps(workout: WorkoutSteps, ftp: number | null): WorkoutProfile | null {
  const unit = workout.unit === 'ftp' ? 1 : ftp
  if (unit === null || !(unit > 0)) return null
  if (workout.steps.length === 0 || workout.steps.length > mostProfileSteps) return null
  if (workoutDurationS(workout) > longestWorkoutS) return null
  return {
    steps: workout.steps.map(step => profileStep(step, unit)),
    cues: workout.cues
      .slice(0, mostProfileCues)
      .map(cue => ({ atS: cue.atS, text: cue.text.slice(0, longestCue) })),
  }
}

function profileStep(step: WorkoutStep, unit: number): ProfileStep {
  const { durationS, cadence } = step
  switch (step.kind) {
    case 'steady': {
      const power = fraction(step.power, unit)
      return { kind: 'steady', durationS, from: power, to: power, cadence }
    }
    case 'ramp':
      return {
        kind: 'ramp',
        durationS,
        from: fraction(step.from, unit),
        to: fraction(step.to, unit),
        cadence,
      }
    case 'free':
      return { kind: 'free', durationS, from: null, to: null, cadence }
  }
}

/** Three decimals are what the service itself writes; a power that nobody could mean is none. */
function fraction(power: number | null, unit: number): number | null {
  if (power === null || power < 0 || power / unit > highest) return null
  return Math.round((power / unit) * 1000) / 1000
}

import type { WorkoutView } from '../../shared/app-snapshot.ts'
import { sportName } from '../text/states.ts'
import { dayName, duration } from './dates.ts'

/** When and what: `today 17:30 · Ride · 1 h 05`. */
export function workoutMoment(workout: WorkoutView, today: string): string {
  const day = dayName(workout.date, today)
  const when = workout.time === null ? day : `${day} ${workout.time}`
  return [when, ...kindWords(workout)].join(' · ')
}

/** What, without when: `17:30 · Ride · 1 h 05`. */
export function workoutKind(workout: WorkoutView): string {
  return [...(workout.time === null ? [] : [workout.time]), ...kindWords(workout)].join(' · ')
}

function kindWords(workout: WorkoutView): readonly string[] {
  return [
    ...(workout.sport === null ? [] : [sportName(workout.sport)]),
    ...(workout.durationS === null ? [] : [duration(workout.durationS)]),
  ]
}

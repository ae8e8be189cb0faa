import { addDays } from './clock.ts'
import { asText } from './json.ts'
import type { FakeState } from './state.ts'
import type { FakeAthlete, FakeEvent, JsonObject } from './types.ts'
import { averageFraction, workoutDoc } from './workout-writers/workout-doc.ts'
import { totalSeconds } from './workout-writers/steps.ts'
import type { WorkoutSource } from './workout-writers/steps.ts'
import { writeWorkout } from './workout-writers/write-workout.ts'
import type { WorkoutFormat } from './workout-writers/write-workout.ts'

/** How events are asked for. `powerRange` in percent either side. */
export interface EventView {
  readonly ext: WorkoutFormat | null
  readonly resolve: boolean
  readonly powerRange: number
}

/** Events as they are without anything asked for. */
export const plainView: EventView = { ext: null, resolve: false, powerRange: 2.5 }

/** First moment of an event, local. */
export function startOf(event: FakeEvent): string {
  return asText(event.fields['start_date_local']) ?? ''
}

/** The moment after its last, local: the next midnight for what has no end of its own. */
export function endOf(event: FakeEvent): string {
  return asText(event.fields['end_date_local']) ?? `${addDays(startOf(event).slice(0, 10), 1)}T00:00:00`
}

/** What a workout file is made from; null for an event without steps. */
export function workoutOf(event: FakeEvent, athlete: FakeAthlete): WorkoutSource | null {
  if (event.steps === null || event.steps.length === 0) return null
  return {
    name: asText(event.fields['name']) ?? '',
    description: asText(event.fields['description']) ?? '',
    author: athlete.name,
    sport: asText(event.fields['type']) ?? 'Ride',
    ftp: athlete.ftp,
    steps: event.steps,
  }
}

/** One event as the service shows it, with explicit nulls. */
export function eventJson(
  event: FakeEvent,
  athlete: FakeAthlete,
  state: FakeState,
  view: EventView,
): JsonObject {
  const { steps, fields } = event
  const isWorkout = steps !== null && steps.length > 0
  const isIndoor = fields['indoor'] === true || fields['type'] === 'VirtualRide'
  const resolve = view.resolve ? { ftp: athlete.ftp, isIndoor, powerRange: view.powerRange } : null
  const intensity = isWorkout ? averageFraction(steps) : null
  const seconds = isWorkout ? totalSeconds(steps) : null
  const load = intensity === null || seconds === null ? null : Math.round((intensity ** 2 * seconds) / 36)
  return {
    start_date_local: null,
    icu_training_load: load,
    icu_atl: null,
    icu_ctl: null,
    type: null,
    calendar_id: 1,
    uid: null,
    athlete_id: athlete.id,
    category: null,
    name: null,
    description: null,
    indoor: null,
    color: null,
    moving_time: seconds,
    w_prime: null,
    p_max: null,
    atl_days: null,
    ctl_days: null,
    updated: state.stamp(),
    not_on_fitness_chart: false,
    show_as_note: false,
    show_on_ctl_line: false,
    for_week: false,
    target: isWorkout ? 'AUTO' : null,
    joules: intensity === null || seconds === null ? null : Math.round(intensity * athlete.ftp * seconds),
    joules_above_ftp: isWorkout ? 0 : null,
    push_errors: null,
    athlete_cannot_edit: false,
    hide_from_athlete: false,
    structure_read_only: false,
    created_by_id: athlete.id,
    shared_event_id: null,
    entered: false,
    carbs_per_hour: null,
    sub_type: 'NONE',
    distance: isWorkout ? 0 : null,
    tags: null,
    attachments: null,
    oauth_client_id: null,
    external_id: null,
    load_target: null,
    time_target: null,
    distance_target: null,
    plan_athlete_id: null,
    plan_folder_id: null,
    plan_workout_id: null,
    plan_applied: null,
    icu_intensity: intensity === null ? null : Math.round(intensity * 1000) / 10,
    plan_name: null,
    paired_activity_id: null,
    workout_doc: null,
    ...fields,
    // A request cannot set these.
    id: event.id,
    end_date_local: endOf(event),
    icu_ftp: null,
    ...(isWorkout
      ? { workout_doc: workoutDoc(steps, athlete.ftp, asText(fields['description']) ?? '', resolve) }
      : {}),
    ...fileFields(event, athlete, state, view.ext),
  }
}

function fileFields(
  event: FakeEvent,
  athlete: FakeAthlete,
  state: FakeState,
  ext: WorkoutFormat | null,
): JsonObject {
  const workout = workoutOf(event, athlete)
  if (ext === null || workout === null) return {}
  const { fileName, content } = writeWorkout(workout, ext, madeAt(event, state))
  return { workout_filename: fileName, workout_file_base64: content.toString('base64') }
}

/** The same event gives the same file on each request: its time of creation is when it was last changed. */
export function madeAt(event: FakeEvent, state: FakeState): number {
  const updated = Date.parse(asText(event.fields['updated']) ?? '')
  return Number.isNaN(updated) ? state.clock.now() : updated
}

import type { NeedView, RideView, WorkoutPlace, WorkoutView } from '../../../shared/app-snapshot.ts'
import type { WorkoutsView } from '../../../shared/window-data.ts'
import type { ProfileStep, WorkoutProfile } from '../../../shared/workout-profile.ts'

/** A profile of `[minutes, from, to]` in percent of threshold; a step without figures is a free ride. */
export function profileOf(
  ...steps: readonly (readonly [number] | readonly [number, number] | readonly [number, number, number])[]
): WorkoutProfile {
  return {
    steps: steps.map(([minutes, from, to = from]): ProfileStep => {
      const free = from === undefined || to === undefined
      return {
        kind: free ? 'free' : from === to ? 'steady' : 'ramp',
        durationS: minutes * 60,
        from: free ? null : from / 100,
        to: free ? null : to / 100,
        cadence: null,
      }
    }),
    cues: [],
  }
}

export const bigGear = profileOf(
  [10, 40, 65],
  [8, 88],
  [4, 55],
  [8, 88],
  [4, 55],
  [8, 90],
  [4, 55],
  [8, 92],
  [11, 60, 40],
)

export const vo2 = profileOf(
  [12, 40, 75],
  ...Array.from(
    { length: 5 },
    () =>
      [
        [3, 118],
        [3, 50],
      ] as const,
  ).flat(),
  [10, 55, 40],
)

export function placeOf(some: Partial<WorkoutPlace> = {}): WorkoutPlace {
  return {
    trainerId: 't1',
    trainerName: 'Zwift',
    state: 'written',
    reason: null,
    fileName: '2026-11-21 Big Gear Grinds 4711.zwo',
    ...some,
  }
}

export function workoutOf(some: Partial<WorkoutView> = {}): WorkoutView {
  return {
    eventId: '4711',
    date: '2026-11-21',
    time: '17:30',
    name: 'Big Gear Grinds',
    sport: 'Ride',
    durationS: 3900,
    load: 62,
    profile: bigGear,
    places: [placeOf()],
    ...some,
  }
}

/** Fourteen days from `first` on. */
export function daysFrom(first: string, count = 14): readonly string[] {
  return Array.from({ length: count }, (_, place) =>
    new Date(Date.parse(`${first}T12:00:00Z`) + place * 86_400_000).toISOString().slice(0, 10),
  )
}

export function workoutsOf(some: Partial<WorkoutsView> = {}): WorkoutsView {
  return {
    days: daysFrom('2026-11-21'),
    workouts: [workoutOf()],
    fetchedAt: '2026-11-21T15:56:00.000Z',
    trouble: null,
    ...some,
  }
}

export function rideOf(some: Partial<RideView> = {}): RideView {
  return {
    fileId: 1,
    name: 'Lunch spin',
    sourceName: 'Edge 530',
    state: 'uploaded',
    reasonCode: 'sent',
    reason: 'Sent to Intervals.icu.',
    startTime: '2026-11-20T11:10:00.000Z',
    sport: 'cycling',
    durationS: 2880,
    distanceM: 24_100,
    activityIds: ['i900'],
    ...some,
  }
}

export function needOf(some: Partial<NeedView> = {}): NeedView {
  return {
    fileId: 7,
    name: '2026-11-19-18-02-11.fit',
    sourceName: 'Edge 530',
    state: 'held',
    reasonCode: 'damaged',
    reason: 'Damaged at the end. Its first 1 h 12 min can be read. Kept safe in the archive.',
    actions: ['uploadAnyway', 'ignore'],
    ...some,
  }
}

import { expect, test } from 'vitest'
import { profileOfSteps } from '../../../../electron/formats/workout/profile-of-steps.ts'
import type { WorkoutStep, WorkoutSteps } from '../../../../electron/formats/workout/workout-steps.ts'
import { longestCue, mostProfileCues, mostProfileSteps } from '../../../../shared/workout-profile.ts'

const steady = (power: number | null, durationS = 60): WorkoutStep => ({
  ...{ kind: 'steady', durationS, power, cadence: null },
})
const workout = (steps: readonly WorkoutStep[], unit: 'ftp' | 'watts' = 'ftp'): WorkoutSteps => ({
  ...{ name: null, unit, steps, cues: [] },
})

test('draws each kind of step', () => {
  const ramp: WorkoutStep = { kind: 'ramp', durationS: 60, from: 0.5, to: 0.70001, cadence: 90 }
  const free: WorkoutStep = { kind: 'free', durationS: 60, cadence: null }
  expect(profileOfSteps(workout([steady(0.5), ramp, free, steady(null)]), null)?.steps).toEqual([
    { kind: 'steady', durationS: 60, from: 0.5, to: 0.5, cadence: null },
    { kind: 'ramp', durationS: 60, from: 0.5, to: 0.7, cadence: 90 },
    { kind: 'free', durationS: 60, from: null, to: null, cadence: null },
    { kind: 'steady', durationS: 60, from: null, to: null, cadence: null },
  ])
})

test('makes fractions of watts', () => {
  expect(profileOfSteps(workout([steady(150)], 'watts'), 200)?.steps[0]?.from).toBe(0.75)
})

test.each([-1, 21])('draws no power of %s times FTP', power => {
  expect(profileOfSteps(workout([steady(power)]), null)?.steps[0]?.from).toBeNull()
})

test.each<[string, WorkoutSteps, number | null]>([
  ['no steps', workout([]), null],
  ['too many steps', workout(Array.from({ length: mostProfileSteps + 1 }, () => steady(1))), null],
  ['watts of an unknown FTP', workout([steady(150)], 'watts'), null],
  ['watts of no FTP', workout([steady(150)], 'watts'), 0],
  ['metres for seconds', workout([steady(1, 1e300)]), null],
])('draws nothing of %s', (_, steps, ftp) => {
  expect(profileOfSteps(steps, ftp)).toBeNull()
})

test('cuts and counts the texts', () => {
  const cues = Array.from({ length: mostProfileCues + 1 }, (_, atS) => ({ atS, text: 'x'.repeat(5000) }))
  const drawn = profileOfSteps({ ...workout([steady(1)]), cues }, null)?.cues ?? []
  expect([drawn.length, drawn[0]?.text.length]).toEqual([mostProfileCues, longestCue])
})

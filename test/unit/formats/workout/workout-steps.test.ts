import { expect, test } from 'vitest'
import { readZwo } from '../../../../electron/formats/workout/read-zwo.ts'
import { sameSteps, type WorkoutSteps } from '../../../../electron/formats/workout/workout-steps.ts'

function workout(steps: string): WorkoutSteps {
  const text = `<workout_file><workout>${steps}</workout></workout_file>`
  const read = readZwo(new TextEncoder().encode(text))
  if (read.kind === 'fault') throw new Error(read.detail)
  return read.workout
}

const steady = '<SteadyState Power="0.35" Duration="30"/>'

test.each([
  ['attribute order', steady, '<SteadyState Duration="30" Power="0.35"/>'],
  ['single precision', steady, '<SteadyState Duration="30.000002" Power="0.34999999" pace="0"/>'],
  ['element case', '<FreeRide Duration="60"/>', '<Freeride Duration="60"/>'],
  ['rounding', steady, '<SteadyState Duration="30" Power="0.351"/>'],
  [
    'intervals rolled up',
    '<SteadyState Power="1" Duration="9"/><SteadyState Power="0.5" Duration="9"/>'.repeat(2),
    '<IntervalsT Repeat="2" OnDuration="9" OffDuration="9" OnPower="1" OffPower="0.5"/>',
  ],
  ['a range as its middle', '<SteadyState PowerLow="0.3" PowerHigh="0.4" Duration="30"/>', steady],
  ['a level ramp', '<Ramp PowerLow="0.35" PowerHigh="0.35" Duration="30"/>', steady],
  [
    'a warm-up as a ramp',
    '<Warmup PowerLow="0.3" PowerHigh="0.5" Duration="30"/>',
    '<Ramp PowerLow="0.3" PowerHigh="0.5" Duration="30"/>',
  ],
])('forgives %s', (_, a, b) => {
  expect(sameSteps(workout(a), workout(b))).toBe(true)
})

test.each([
  ['power', steady, '<SteadyState Power="0.352" Duration="30"/>'],
  ['duration', steady, '<SteadyState Power="0.35" Duration="31"/>'],
  ['cadence', steady, '<SteadyState Power="0.35" Duration="30" Cadence="90"/>'],
  ['no power', steady, '<SteadyState Duration="30"/>'],
  ['free riding', '<SteadyState Duration="30"/>', '<FreeRide Duration="30"/>'],
  ['one step more', steady, steady + steady],
  [
    'the direction of a ramp',
    '<Ramp PowerLow="0.3" PowerHigh="0.5" Duration="30"/>',
    '<Ramp PowerLow="0.5" PowerHigh="0.3" Duration="30"/>',
  ],
])('sees another %s', (_, a, b) => {
  expect(sameSteps(workout(a), workout(b))).toBe(false)
})

test('watts are not fractions', () => {
  const ftp = workout(steady)
  expect(sameSteps(ftp, { ...ftp, unit: 'watts' })).toBe(false)
})

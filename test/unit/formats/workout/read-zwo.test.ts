import { describe, expect, test } from 'vitest'
import { readZwo } from '../../../../electron/formats/workout/read-zwo.ts'
import type { WorkoutRead, WorkoutSteps } from '../../../../electron/formats/workout/workout-steps.ts'

const read = (text: string): WorkoutRead => readZwo(new TextEncoder().encode(text))
const file = (steps: string, name = 'Ride'): string =>
  `<workout_file><author>A</author><name>${name}</name><workout>${steps}</workout></workout_file>`

function stepsOf(steps: string): WorkoutSteps['steps'] {
  const result = read(file(steps))
  if (result.kind === 'fault') throw new Error(result.detail)
  return result.workout.steps
}

describe('readZwo', () => {
  test('reads name, steps and cues', () => {
    expect(
      read(
        file(
          `<Warmup PowerLow="0.5" PowerHigh="0.7" Duration="600" Cadence="90"/>
           <SteadyState Power="0.96" Duration="480"><textevent timeoffset="30" message="Hold"/></SteadyState>
           <FreeRide Duration="60"/>
           <Cooldown PowerLow="0.6" PowerHigh="0.4" Duration="300"/>`,
          'Threshold &amp; more',
        ),
      ),
    ).toEqual({
      kind: 'workout',
      workout: {
        name: 'Threshold & more',
        unit: 'ftp',
        steps: [
          { kind: 'ramp', durationS: 600, from: 0.5, to: 0.7, cadence: 90 },
          { kind: 'steady', durationS: 480, power: 0.96, cadence: null },
          { kind: 'free', durationS: 60, cadence: null },
          { kind: 'ramp', durationS: 300, from: 0.6, to: 0.4, cadence: null },
        ],
        cues: [{ atS: 630, text: 'Hold' }],
      },
    })
  })

  test('unrolls intervals', () => {
    expect(
      stepsOf(
        '<IntervalsT Repeat="2" OnDuration="60" OffDuration="30" OnPower="1.2" OffPower="0.5" Cadence="100" CadenceResting="80"/>',
      ),
    ).toEqual([
      { kind: 'steady', durationS: 60, power: 1.2, cadence: 100 },
      { kind: 'steady', durationS: 30, power: 0.5, cadence: 80 },
      { kind: 'steady', durationS: 60, power: 1.2, cadence: 100 },
      { kind: 'steady', durationS: 30, power: 0.5, cadence: 80 },
    ])
  })

  test.each([
    ['a range by its middle', '<SteadyState PowerLow="0.5" PowerHigh="0.75" Duration="10"/>', 0.625],
    ['no power as none', '<SteadyState Duration="10"/>', null],
    ['any case of letters', '<STEADYSTATE power="0.5" DURATION="10"/>', 0.5],
    ['values in elements', '<workoutstep><Duration>10</Duration><Power>0.5</Power></workoutstep>', 0.5],
    ['a prefix nobody declared', '<SteadyState x:note="1" Power="0.5" Duration="10"/>', 0.5],
    ['zero cadence as none', '<SteadyState Cadence="0" Power="0.5" Duration="10"/>', 0.5],
  ])('reads %s', (_, steps, power) => {
    expect(stepsOf(steps)).toEqual([{ kind: 'steady', durationS: 10, power, cadence: null }])
  })

  test.each([
    ['blanks before the declaration', ` \n<?xml version="1.0"?>${file('<RestDay/>')}`],
    ['a byte order mark', `\ufeff${file('<RestDay/>')}`],
    ['a DTD', `<!DOCTYPE workout_file [<!ENTITY d "x">]>${file('<RestDay/>', 'Ri&d;de')}`],
    ['an external entity', `<!DOCTYPE w [<!ENTITY d SYSTEM "file:///etc/passwd">]>${file('', 'Ri&d;de')}`],
    ['an undeclared entity', file('<RestDay/>', 'Ri&nbsp;de')],
  ])('passes over %s', (_, text) => {
    expect(read(text)).toEqual({
      kind: 'workout',
      workout: { name: 'Ride', unit: 'ftp', steps: [], cues: [] },
    })
  })

  test('reads UTF-16', () => {
    const bytes = Buffer.from(`\ufeff${file('<RestDay/>', 'Größe')}`, 'utf16le')
    expect(readZwo(bytes)).toMatchObject({ workout: { name: 'Größe' } })
  })

  test.each([
    ['an empty file', '', 'empty'],
    ['a mismatched tag', '<workout_file><workout></workout_file>', 'not-well-formed'],
    ['a cut-off file', file('<Ramp Duration="1"/>').slice(0, -8), 'cut-off'],
    ['text that is no XML', 'hello', 'not-well-formed'],
    ['another document', '<gpx/>', 'unknown-format'],
    ['no workout inside', '<workout_file><name>x</name></workout_file>', 'bad-structure'],
    ['deep nesting', file('<a>'.repeat(100) + '</a>'.repeat(100)), 'too-large'],
    ['a step without end', file('<FreeRide Duration="1e308"/><FreeRide Duration="1e308"/>'), 'too-large'],
    ['a bomb of repeats', file('<IntervalsT Repeat="1e9" OnDuration="1" OffDuration="1"/>'), 'too-large'],
    [
      'many repeats',
      file('<IntervalsT Repeat="4000" OnDuration="1" OffDuration="1"/>'.repeat(3)),
      'too-large',
    ],
  ])('finds fault with %s', (_, text, code) => {
    expect(read(text)).toMatchObject({ kind: 'fault', code })
  })
})

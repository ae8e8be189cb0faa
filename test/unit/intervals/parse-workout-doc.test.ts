import { describe, expect, test } from 'vitest'
import { docDurationS, parseWorkoutDoc } from '../../../electron/intervals/parse-workout-doc.ts'
import {
  longestCue,
  mostProfileCues,
  mostProfileSteps,
  profileDurationS,
} from '../../../shared/workout-profile.ts'

const minute = { duration: 60, power: { value: 50, units: '%ftp' } }

/** `60 0.5-0.7 @90` for each step; `free` and `ramp` are said. */
function said(doc: unknown): readonly string[] | null {
  const profile = parseWorkoutDoc(doc)
  if (profile === null) return null
  return profile.steps.map(({ kind, durationS, from, to, cadence }) => {
    const power = from === to ? String(from) : `${from}-${to}`
    return `${kind} ${durationS} ${power}${cadence === null ? '' : ` @${cadence}`}`
  })
}

const withSteps = (...steps: readonly unknown[]) => ({ ftp: 200, steps })

describe('the steps of a workout document', () => {
  test.each<[string, readonly unknown[], readonly string[]]>([
    ['a percentage', [minute], ['steady 60 0.5']],
    [
      'a range, as its middle',
      [{ duration: 60, power: { start: 50, end: 75, units: '%ftp' } }],
      ['steady 60 0.625'],
    ],
    ['watts', [{ duration: 60, power: { value: 150, units: 'w' } }], ['steady 60 0.75']],
    [
      'a ramp, up and down',
      [
        { duration: 60, ramp: true, power: { start: 50, end: 70, units: '%ftp' } },
        { duration: 60, ramp: true, power: { start: 140, end: 80, units: 'w' } },
      ],
      ['ramp 60 0.5-0.7', 'ramp 60 0.7-0.4'],
    ],
    ['a ramp that goes nowhere', [{ ...minute, ramp: true }], ['steady 60 0.5']],
    ['a free ride', [{ duration: 60, freeride: true }], ['free 60 null']],
    [
      'an all-out effort',
      [{ duration: 60, maxeffort: true, power: { value: 200, units: '%ftp' } }],
      ['free 60 null'],
    ],
    ['a heart rate', [{ duration: 60, hr: { value: 80, units: '%lthr' } }], ['steady 60 null']],
    ['a pace', [{ duration: 60, pace: { start: 78, end: 82, units: '%pace' } }], ['steady 60 null']],
    ['nothing at all', [{ duration: 60 }], ['steady 60 null']],
    ['a cadence', [{ ...minute, cadence: { value: 90, units: 'rpm' } }], ['steady 60 0.5 @90']],
    ['a range of cadences', [{ ...minute, cadence: { start: 85, end: 95 } }], ['steady 60 0.5 @90']],
    ['no cadence', [{ ...minute, cadence: { value: 0 } }], ['steady 60 0.5']],
    ['a step of no length, which is dropped', [minute, { ...minute, duration: 0 }], ['steady 60 0.5']],
    [
      'a distance, by its resolved pace',
      [{ distance: 400, pace: { value: 100, units: '%pace' }, _pace: { value: 4 } }],
      ['steady 100 null'],
    ],
    ['a negative power', [{ duration: 60, power: { value: -50, units: '%ftp' } }], ['steady 60 null']],
    ['a power beyond belief', [{ duration: 60, power: { value: 1e9, units: '%ftp' } }], ['steady 60 null']],
    ['a text for a power', [{ duration: 60, power: 'hard' }], ['steady 60 null']],
  ])('draw %s', (_, steps, expected) => {
    expect(said(withSteps(...steps))).toEqual(expected)
  })

  test.each<[string, unknown, unknown, string]>([
    ['a zone', { value: 2, units: 'power_zone' }, undefined, '0.65'],
    ['the first zone', { value: 1, units: 'power_zone' }, undefined, '0.495'],
    ['the last zone', { value: 7, units: 'power_zone' }, undefined, '1.65'],
    ['two zones', { start: 2, end: 3, units: 'power_zone' }, undefined, '0.725'],
    ['a zone the service resolved', { value: 2, units: 'power_zone' }, { start: 120, end: 140 }, '0.65'],
    ['no such zone', { value: 8, units: 'power_zone' }, undefined, 'null'],
    ['half a zone', { value: 2.5, units: 'power_zone' }, undefined, 'null'],
    ['a best effort', { value: 60, units: '%mmp' }, { value: 180, start: 176, end: 184 }, '0.9'],
    ['a best effort nobody resolved', { value: 60, units: '%mmp' }, undefined, 'null'],
    [
      'a percentage, whatever its range outdoors',
      { value: 50, units: '%ftp' },
      { start: 97, end: 103 },
      '0.5',
    ],
  ])('draw %s', (_, power, _power, expected) => {
    expect(said(withSteps({ duration: 60, power, _power }))).toEqual([`steady 60 ${expected}`])
  })

  test('draw no watts where the FTP is not told', () => {
    expect(said({ steps: [{ duration: 60, power: { value: 150, units: 'w' } }] })).toEqual(['steady 60 null'])
  })

  test('unroll repeats, also within each other', () => {
    const on = { duration: 30, power: { value: 120, units: '%ftp' } }
    const off = { duration: 15, power: { value: 50, units: '%ftp' } }
    const inner = { reps: 2, text: '2x', steps: [on, off] }
    expect(said(withSteps(minute, { reps: 2, steps: [inner, minute] }, minute))).toEqual([
      'steady 60 0.5',
      ...['steady 30 1.2', 'steady 15 0.5', 'steady 30 1.2', 'steady 15 0.5', 'steady 60 0.5'],
      ...['steady 30 1.2', 'steady 15 0.5', 'steady 30 1.2', 'steady 15 0.5', 'steady 60 0.5'],
      'steady 60 0.5',
    ])
  })
})

describe('texts for the rider', () => {
  test('stand where their step begins, and each round says which it is', () => {
    const main = { reps: 2, text: 'Main set 2x', steps: [{ ...minute, text: 'Go' }, minute] }
    const bare = { reps: 2, text: '2x', steps: [minute] }
    expect(parseWorkoutDoc(withSteps({ ...minute, text: 'Spin up' }, main, bare))?.cues).toEqual([
      { atS: 0, text: 'Spin up' },
      { atS: 60, text: 'Main set 1/2 Go' },
      { atS: 180, text: 'Main set 2/2 Go' },
    ])
  })

  test('may follow each other within a step', () => {
    const text = 'Settle in 33^Find your rhythm <!>'
    expect(parseWorkoutDoc(withSteps(minute, { ...minute, text }))?.cues).toEqual([
      { atS: 60, text: 'Settle in' },
      { atS: 93, text: 'Find your rhythm' },
    ])
  })

  test('are cut and counted', () => {
    const steps = Array.from({ length: mostProfileCues + 1 }, () => ({ ...minute, text: 'x'.repeat(5000) }))
    const cues = parseWorkoutDoc(withSteps(...steps))?.cues ?? []
    expect([cues.length, cues[0]?.text.length]).toEqual([mostProfileCues, longestCue])
  })
})

describe('a document that cannot be drawn', () => {
  const nested = (depth: number): unknown => (depth === 0 ? minute : { reps: 1, steps: [nested(depth - 1)] })
  test.each<[string, unknown]>([
    ['nothing', null],
    ['a list', [minute]],
    ['no steps', {}],
    ['an empty list of steps', withSteps()],
    ['steps that are none', { steps: 'x' }],
    ['a step that is none', withSteps(minute, 7)],
    ['a step without a length', withSteps(minute, { power: { value: 50, units: '%ftp' } })],
    ['a distance without a pace', withSteps({ distance: 400 })],
    ['a pace of nothing', withSteps({ distance: 400, _pace: { value: 0 } })],
    ['a length beyond belief', withSteps({ ...minute, duration: 1e300 })],
    ['a sum beyond belief', withSteps({ reps: 900, steps: [{ ...minute, duration: 3600 }] })],
    ['rounds that are no number', withSteps({ reps: 'many', steps: [minute] })],
    ['rounds below nothing', withSteps({ reps: -1, steps: [minute] })],
    ['rounds without end', withSteps({ reps: 1e12, steps: [minute] })],
    ['rounds of rounds of rounds', withSteps({ reps: 1000, steps: [{ reps: 1000, steps: [minute] }] })],
    ['repeats far too deep', withSteps(nested(5000))],
    ['too many steps', withSteps(...Array.from({ length: mostProfileSteps + 1 }, () => minute))],
  ])('has %s', (_, doc) => {
    expect(parseWorkoutDoc(doc)).toBeNull()
  })

  test('is not one with as many steps as may be, or repeats of nothing', () => {
    const steps = Array.from({ length: mostProfileSteps }, () => minute)
    expect(said(withSteps(...steps))).toHaveLength(mostProfileSteps)
    expect(said(withSteps({ reps: 1e12, steps: [] }, minute))).toEqual(['steady 60 0.5'])
  })

  // Each field in turn holds what it should not.
  const odd = [null, true, -1, Number.NaN, 1e308, '', 'x', [], {}, [null], { value: {} }, { start: [] }]
  const keys = [
    'duration',
    'reps',
    'steps',
    'power',
    '_power',
    'cadence',
    'text',
    'ramp',
    'freeride',
    'distance',
  ]
  test.each(keys)('never throws, whatever %s is', key => {
    for (const value of odd) {
      const profile = parseWorkoutDoc(withSteps({ ...minute, [key]: value }))
      const length = profile === null ? 0 : profileDurationS(profile)
      expect(Number.isFinite(length)).toBe(true)
    }
  })
})

describe('a text without end', () => {
  test.each<[string, string]>([
    ['digits', '1'.repeat(1_000_000)],
    ['blanks', `${' '.repeat(1_000_000)}a`],
    ['times', ' 1^a'.repeat(250_000)],
  ])('of %s holds nothing up, for a step or for a repeat', (_, text) => {
    const step = { ...minute, text }
    const profile = parseWorkoutDoc(withSteps(step, { reps: 2, text, steps: [step] }))
    expect(profile?.steps).toHaveLength(3)
    expect(profile?.cues.length).toBeLessThanOrEqual(mostProfileCues)
  })
})

test.each([
  [{ duration: 3240 }, 3240],
  [{ duration: 0 }, null],
  [{ duration: '60' }, null],
  [null, null],
])('the length %j tells is %j', (doc, expected) => {
  expect(docDurationS(doc)).toBe(expected)
})

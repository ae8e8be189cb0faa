import { expect, test } from 'vitest'
import {
  ago,
  calendarDay,
  dayName,
  dayWord,
  duration,
  fullMoment,
  longDay,
  relativeDay,
  soon,
  stepDuration,
} from '../../renderer/format/dates.ts'
import { bytes, bytesOf, count, distance, percent, resolveUnits } from '../../renderer/format/units.ts'
import { cuesIn, stepAt, stepShapes, topOf } from '../../renderer/format/workout-shapes.ts'
import { profileOf } from '../helpers/window/workouts.ts'

const at = (day: number, hour: number, minute: number, month = 10, year = 2026): string =>
  new Date(year, month, day, hour, minute).toISOString()
const nowMs = new Date(2026, 10, 21, 18, 0).getTime() // a Saturday, local time

test.each([
  [at(21, 17, 30), 'today 17:30'],
  [at(21, 0, 0), 'today 00:00'],
  [at(20, 23, 59), 'yesterday 23:59'],
  [at(22, 7, 5), 'tomorrow 07:05'],
  [at(19, 18, 40), 'Thu 18:40'],
  [at(15, 9, 0), 'Sun 09:00'],
  [at(14, 9, 0), '14 Nov'],
  [at(14, 9, 0, 10, 2025), '14 Nov 2025'],
  ['2026-11-21', 'today'],
  ['2026-11-23', 'Mon'],
  ['2026-12-24', '24 Dec'],
  ['nonsense', 'date unknown'],
])('a moment near now is said in the words of its day: %s is %s', (moment, words) => {
  expect(dayWord(moment, nowMs, 'en-GB')).toBe(words)
})

test('the hour is written as the locale writes it', () => {
  expect(dayWord(at(21, 17, 30), nowMs, 'en-US')).toMatch(/^today 5:30\sPM$/)
})

test('a day is named beside today, also over a change of the clocks', () => {
  expect(dayName('2026-10-25', '2026-10-24', 'en-GB')).toBe('tomorrow')
  expect(dayName('2026-11-24', '2026-11-21', 'en-GB')).toBe('Tue')
  expect(dayName('2027-01-02', '2026-11-21', 'en-GB')).toBe('2 Jan 2027')
  expect(relativeDay('2026-11-24', '2026-11-21')).toBeNull()
  expect(relativeDay('2026-11-20', '2026-11-21')).toBe('yesterday')
})

test('a day has a long name, a full one, and one for the calendar', () => {
  expect(longDay('2026-11-23', 'en-GB')).toBe('Monday 23 November')
  expect(fullMoment(at(23, 7, 2), 'en-GB')).toMatch(/^Monday,? 23 November 2026 at 07:02$/)
  expect(calendarDay('2026-11-23', 'en-GB')).toEqual({ weekday: 'Mon', day: '23' })
})

test.each([
  [400, 'just now', 'now'],
  [1000, '1 second ago', 'in 1 second'],
  [59_999, '59 seconds ago', 'in 59 seconds'],
  [60_000, '1 minute ago', 'in 1 minute'],
  [7_200_000, '2 hours ago', 'in 2 hours'],
  [180_000_000, '2 days ago', 'in 2 days'],
  [-5000, 'just now', 'now'],
])('a span of %i ms is %s, or %s', (ms, past, future) => {
  expect([ago(ms), soon(ms)]).toEqual([past, future])
})

test.each([
  [0, '0 s', '0 s'],
  [45, '45 s', '45 s'],
  [90, '2 min', '1 min 30'],
  [2880, '48 min', '48 min'],
  [3599, '1 h 00', '59 min 59'],
  [3900, '1 h 05', '1 h 05'],
  [36_000, '10 h 00', '10 h 00'],
])('%i seconds last %s, as a step %s', (seconds, whole, step) => {
  expect([duration(seconds), stepDuration(seconds)]).toEqual([whole, step])
})

test.each([
  ['auto', 'en-US', 'imperial'],
  ['auto', 'en-GB', 'metric'],
  ['auto', 'de', 'metric'],
  ['imperial', 'de', 'imperial'],
  ['metric', 'en-US', 'metric'],
] as const)('units %s in %s are %s', (units, locale, resolved) => {
  expect(resolveUnits(units, locale)).toBe(resolved)
})

test('distances, sizes and numbers are told as people read them', () => {
  expect(distance(24_100, 'metric', 'en-GB')).toBe('24.1 km')
  expect(distance(850, 'metric', 'en-GB')).toBe('850 m')
  expect(distance(24_140, 'imperial', 'en-GB')).toBe('15.0 mi')
  expect(distance(24_100, 'metric', 'de')).toBe('24,1 km')
  expect([0, 640, 12_400, 1_800_000, 2.5e9].map(size => bytes(size, 'en-GB'))).toEqual([
    '0 bytes',
    '640 bytes',
    '12 kB',
    '1.8 MB',
    '2.5 GB',
  ])
  expect(bytesOf(200_000, 1_800_000, 'en-GB')).toBe('0.2 of 1.8 MB')
  expect(count(123_456, 'en-GB')).toBe('123,456')
  expect(percent(0.876)).toBe('88 %')
})

test('a falling ramp is cut at the zones it crosses, without a gap', () => {
  const [shape] = stepShapes(profileOf([10, 100, 40]))
  const slices = shape?.slices ?? []
  expect(slices.map(slice => slice.zone)).toEqual([4, 3, 2, 1])
  expect(slices[0]).toMatchObject({ fromS: 0, from: 1, to: 0.9 })
  expect(slices.at(-1)?.toS).toBeCloseTo(600)
  for (const [place, slice] of slices.slice(1).entries()) expect(slice.fromS).toBe(slices[place]?.toS)
})

test('a moment belongs to the step that is then ridden, the end to the last', () => {
  const profile = {
    ...profileOf([1, 50], [2, 90]),
    cues: [
      { atS: 60, text: 'Go' },
      { atS: 180, text: 'Done' },
    ],
  }
  expect([0, 59, 60, 179, 180, 999].map(second => stepAt(profile, second))).toEqual([0, 0, 1, 1, 1, 1])
  expect(stepShapes(profile).map(shape => cuesIn(profile, shape))).toEqual([[], ['Go', 'Done']])
  expect(topOf(profile)).toBeGreaterThan(1.15)
})

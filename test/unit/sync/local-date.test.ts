import { expect, test } from 'vitest'
import { addDays, dateThere, localDate, localMidnight, wallMs } from '../../../electron/sync/local-date.ts'

test.each([
  ['2026-11-21T23:30:00Z', 'Europe/Zurich', '2026-11-22'],
  ['2026-11-21T23:30:00Z', 'America/Los_Angeles', '2026-11-21'],
  ['2026-11-21T10:30:00Z', 'Pacific/Kiritimati', '2026-11-22'],
  ['2026-11-21T10:30:00Z', 'Pacific/Pago_Pago', '2026-11-20'],
])('%s in %s is %s', (instant, zone, date) => {
  expect(localDate(Date.parse(instant), zone)).toBe(date)
})

test.each([
  ['an ordinary day', '2026-11-21', 'Asia/Kathmandu', '2026-11-20T18:15:00.000Z'],
  ['the day clocks go forward at 2', '2026-03-29', 'Europe/Zurich', '2026-03-28T23:00:00.000Z'],
  ['the day after', '2026-03-30', 'Europe/Zurich', '2026-03-29T22:00:00.000Z'],
  ['the day clocks go back at 3', '2026-10-25', 'Europe/Zurich', '2026-10-24T22:00:00.000Z'],
  [
    'a day that begins at 1: there is no midnight',
    '2026-03-08',
    'America/Havana',
    '2026-03-08T05:00:00.000Z',
  ],
  [
    'a day with two midnights begins at the first',
    '2026-11-01',
    'America/Havana',
    '2026-11-01T04:00:00.000Z',
  ],
  ['a day whose eve has its last hour twice', '2024-03-24', 'America/Asuncion', '2024-03-24T04:00:00.000Z'],
])('%s', (_, date, zone, instant) => {
  const midnight = localMidnight(date, zone)
  expect(midnight === null ? null : new Date(midnight).toISOString()).toBe(instant)
})

test.each([
  ['2026-02-29', 'UTC'],
  ['2026-00-10', 'UTC'],
  ['2011-12-30', 'Pacific/Apia'],
])('%s does not exist in %s', (date, zone) => {
  expect(localMidnight(date, zone)).toBeNull()
})

test.each([
  ['2026-12-31', 1, '2027-01-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-03-28', 2, '2026-03-30'],
  ['2026-01-01', -1, '2025-12-31'],
])('%s and %i days is %s', (date, days, expected) => {
  expect(addDays(date, days)).toBe(expected)
})

test.each([
  ['Pacific/Auckland', '2026-11-22'],
  ['America/Los_Angeles', '2026-11-21'],
  [null, '2026-11-22'],
  ['Mars/Olympus', '2026-11-22'],
])('where %s is the athlete’s zone it is %s there', (there, date) => {
  expect(dateThere(Date.UTC(2026, 10, 21, 20), there, 'Asia/Tokyo')).toBe(date)
})

test.each([
  ['UTC', 0],
  ['Asia/Kathmandu', 5.75],
  ['America/St_Johns', -3.5],
])('the clock on the wall in %s is %s h ahead', (zone, hours) => {
  const ms = Date.UTC(2026, 10, 21, 20, 0, 0, 123)
  expect(wallMs(ms, zone)).toBe(ms + hours * 3_600_000)
})

test('there is no clock on the wall of a zone nobody knows', () => {
  expect(wallMs(0, 'Mars/Olympus')).toBeNull()
})

import { expect, test } from 'vitest'
import { calmTimeZone } from '../../demo/workouts.ts'

const timeThere = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(Date.parse(at))

test.each([
  ['2026-11-21T12:00:00Z', 'Europe/Berlin'],
  ['2026-11-21T00:10:00Z', 'UTC'],
  ['2026-11-21T23:49:59Z', 'UTC'],
])('at %s the demo keeps the zone %s', (at, zone) => {
  expect(calmTimeZone(Date.parse(at), zone)).toBe(zone)
})

test.each([
  ['2026-11-21T23:50:00Z', 'UTC', '12:50'],
  ['2026-11-22T00:09:00Z', 'UTC', '12:09'],
  ['2026-11-21T22:55:00Z', 'Europe/Berlin', '12:55'],
  ['2026-11-21T11:05:00Z', 'Etc/GMT-13', '12:05'],
])('at %s, midnight in %s, the demo plays where it is noon', (at, zone, noon) => {
  expect(timeThere(at, calmTimeZone(Date.parse(at), zone))).toBe(noon)
})

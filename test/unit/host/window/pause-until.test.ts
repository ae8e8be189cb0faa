import { expect, test } from 'vitest'
import { activePause, pauseLeftMs } from '../../../../shared/pause.ts'
import { pauseFrom } from '../../../../electron/host/window/pause-until.ts'

test.each([
  // now, zone, the morning
  ['2026-11-21T20:00:00Z', 'UTC', '2026-11-22T04:00:00.000Z'],
  ['2026-11-21T12:00:00Z', 'America/New_York', '2026-11-22T09:00:00.000Z'],
  // A night owl's day has not ended at one in the morning.
  ['2026-11-22T00:30:00Z', 'Europe/Berlin', '2026-11-22T03:00:00.000Z'],
  // Nobody means the next hour by "tomorrow".
  ['2026-11-22T03:00:00Z', 'UTC', '2026-11-23T04:00:00.000Z'],
  ['2026-11-22T02:00:00Z', 'UTC', '2026-11-22T04:00:00.000Z'],
  ['2026-11-22T02:00:01Z', 'UTC', '2026-11-23T04:00:00.000Z'],
  // The nights in which the clocks change.
  ['2026-03-28T20:00:00Z', 'Europe/Berlin', '2026-03-29T02:00:00.000Z'],
  ['2026-10-24T20:00:00Z', 'Europe/Berlin', '2026-10-25T03:00:00.000Z'],
  ['2026-11-01T03:00:00Z', 'America/New_York', '2026-11-01T09:00:00.000Z'],
  // No midnight at all in Santiago's spring night.
  ['2026-09-05T22:00:00Z', 'America/Santiago', '2026-09-06T07:00:00.000Z'],
  ['2026-11-21T20:00:00Z', 'Asia/Kathmandu', '2026-11-21T22:15:00.000Z'],
])('"until tomorrow" at %s in %s ends at %s', (now, zone, at) => {
  expect(pauseFrom('tomorrow', Date.parse(now), zone)).toEqual({ kind: 'until', at })
})

test('an hour is an hour, and "until I resume" has no end', () => {
  const now = Date.parse('2026-11-21T20:00:00Z')
  expect(pauseFrom('hour', now, 'UTC')).toEqual({ kind: 'until', at: '2026-11-21T21:00:00.000Z' })
  expect(pauseFrom('untilResumed', now, 'UTC')).toEqual({ kind: 'untilResumed' })
})

test.each([
  ['Europe/Berlin', '2026-10-24T00:00:01Z', 27],
  ['Europe/Berlin', '2026-06-20T00:00:01Z', 26],
  ['America/New_York', '2026-10-31T06:00:01Z', 27],
])(
  'the longest "until tomorrow" in %s, from %s, is not taken for a clock that ran ahead',
  (zone, at, hours) => {
    const now = Date.parse(at)
    const pause = pauseFrom('tomorrow', now, zone)
    expect(activePause(pause, now)).toEqual(pause)
    expect(Math.ceil(pauseLeftMs(pause, now) / 3_600_000)).toBe(hours)
  },
)

import { describe, expect, test } from 'vitest'
import { event, file, plan, ride, row, today, tomorrow, type Case } from '../../../helpers/workout-plans.ts'

describe('a library', () => {
  test.each<Case>([
    ['writes what is new', { events: [event('1')] }, [`write ${ride('1')} (new)`]],
    [
      'keeps what is there',
      { events: [event('1')], manifest: [row('1')], files: [file(ride('1'), 'v1')] },
      [`keep ${ride('1')} as written`],
    ],
    [
      'finds its file whatever the case of its name',
      { events: [event('1')], manifest: [row('1')], files: [file(ride('1').toUpperCase(), 'v1')] },
      [`keep ${ride('1')} as written`],
    ],
    [
      'replaces its file when the event changes',
      { events: [event('1', 'v2')], manifest: [row('1')], files: [file(ride('1'), 'v1')] },
      [`replace ${ride('1')} with v2 (event-changed)`],
    ],
    [
      'writes under the new date before it removes the old',
      {
        events: [event('1', 'v1', { date: tomorrow })],
        manifest: [row('1')],
        files: [file(ride('1'), 'v1')],
      },
      [`write ${ride('1', 1, tomorrow)} (event-moved) -${ride('1')}`],
    ],
    [
      'writes under the new name before it removes the old',
      {
        events: [event('1', 'v2', { name: 'Race' })],
        manifest: [row('1')],
        files: [file(ride('1'), 'v1')],
      },
      [`write ${ride('1', 1, today, 'Race')} (event-changed) -${ride('1')}`],
    ],
    [
      'removes the file of an event that is gone',
      { manifest: [row('1')], files: [file(ride('1'), 'v1')] },
      [`remove ${ride('1')} (event-gone)`],
    ],
    [
      'removes the file of a day that is over',
      {
        manifest: [row('1', 'v1', { eventDate: '2026-11-21' })],
        files: [file(ride('1', 1, '2026-11-21'), 'v1')],
      },
      [`remove ${ride('1', 1, '2026-11-21')} (out-of-range)`],
    ],
    [
      'removes the file of an event moved out of the range',
      {
        events: [event('1', 'v1', { date: '2026-12-24' })],
        manifest: [row('1')],
        files: [file(ride('1'), 'v1')],
      },
      [`remove ${ride('1')} (out-of-range)`],
    ],
    [
      'removes all of its own with no days',
      { range: null, manifest: [row('1')], files: [file(ride('1'), 'v1'), file('mine.zwo', null)] },
      [`remove ${ride('1')} (out-of-range)`],
    ],
    [
      'removes the file of an event that lost its workout',
      {
        events: [event('1', 'v1', { file: null })],
        manifest: [row('1')],
        files: [file(ride('1'), 'v1')],
      },
      [`remove ${ride('1')} (no-workout)`, 'skip 1 (no-workout)'],
    ],
    [
      'removes the file of a sport that is no longer wanted',
      {
        sports: ['Run'],
        events: [event('1')],
        manifest: [row('1')],
        files: [file(ride('1'), 'v1')],
      },
      [`remove ${ride('1')} (other-sport)`, 'skip 1 (other-sport)'],
    ],
    [
      'writes the first and last day of the range and nothing beyond',
      {
        events: ['2026-11-21', today, '2026-11-28', '2026-11-29'].map((date, index) =>
          event(String(index), 'v1', { date }),
        ),
      },
      [`write ${ride('1')} (new)`, `write ${ride('2', 1, '2026-11-28')} (new)`],
    ],
    [
      'takes sports without regard to case, and none for a sport',
      {
        sports: ['virtualride'],
        events: [event('1', 'v1', { type: 'VirtualRide' }), event('2', 'v1', { type: null })],
      },
      [`write ${ride('1')} (new)`, 'skip 2 (other-sport)'],
    ],
    [
      'passes over notes and tells of workouts without a file',
      { events: [event('1', '', { file: null, category: 'NOTE' }), event('2', '', { file: null })] },
      ['skip 2 (no-workout)'],
    ],
    [
      'writes both of two events of one name and content',
      { events: [event('1'), event('2')] },
      [`write ${ride('1')} (new)`, `write ${ride('2')} (new)`],
    ],
    ['writes an event listed twice once', { events: [event('1'), event('1')] }, [`write ${ride('1')} (new)`]],
    [
      'does not take its own file of another event for a foreign one',
      { events: [event('1'), event('2')], manifest: [row('1')], files: [file(ride('1'), 'v1')] },
      [`keep ${ride('1')} as written`, `write ${ride('2')} (new)`],
    ],
  ])('%s', (_, input, expected) => {
    expect(plan(input)).toEqual(expected)
  })
})

test('a library has no cap', () => {
  const events = Array.from({ length: 30 }, (_, index) => event(String(index)))
  expect(plan({ events }).every(action => action.startsWith('write'))).toBe(true)
})

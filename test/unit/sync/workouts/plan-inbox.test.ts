import { describe, expect, test } from 'vitest'
import type { CalendarEvent, ManifestFile } from '../../../../electron/sync/workouts/plan-types.ts'
import { event, file, plan, ride, row, tomorrow, type Case } from '../../../helpers/workout-plans.ts'

describe('an inbox', () => {
  const days = (count: number, from = 0): readonly CalendarEvent[] =>
    Array.from({ length: count }, (_, index) => event(String(from + index + 100)))
  const delivered = (count: number, from = 0): readonly ManifestFile[] =>
    days(count, from).map(each => row(each.id, 'v1', { state: 'delivered' }))
  const count = (actions: readonly string[]): Record<string, number> => {
    const counts: Record<string, number> = {}
    for (const action of actions) {
      const word = action.startsWith('skip') ? 'device-full' : (action.split(' ')[0] ?? '')
      counts[word] = (counts[word] ?? 0) + 1
    }
    return counts
  }

  test.each<Case>([
    [
      'gives a version once',
      { events: [event('1')], manifest: [row('1')] },
      [`keep ${ride('1')} as delivered`],
    ],
    [
      'gives a new version',
      { events: [event('1', 'v2')], manifest: [row('1', 'v1', { state: 'delivered' })] },
      [`write ${ride('1')} (event-changed) ?${ride('1')}`],
    ],
    [
      'does not give the same bytes again for another date',
      { events: [event('1', 'v1', { date: tomorrow })], manifest: [row('1')] },
      [`keep ${ride('1')} as delivered`],
    ],
    [
      'removes what the device has not taken when its event is gone',
      { manifest: [row('1')], files: [file(ride('1'), 'v1')] },
      [`remove ${ride('1')} (event-gone)`],
    ],
    [
      'has nothing to remove once the device took it',
      { manifest: [row('1')] },
      [`keep ${ride('1')} as delivered`],
    ],
    [
      'keeps what was delivered although the device has a new identity',
      { events: [event('1')], manifest: [row('1', 'v1', { folderIdentity: 'disk:9' })] },
      [`keep ${ride('1')} as delivered`],
    ],
  ])('%s', (_, input, expected) => {
    expect(plan({ kind: 'inbox', ...input })).toEqual(expected)
  })

  test.each<readonly [string, Parameters<typeof plan>[0], Record<string, number>]>([
    ['takes 25 files', { events: days(30) }, { write: 25, 'device-full': 5 }],
    [
      'counts foreign files',
      { events: days(3), files: Array.from({ length: 23 }, (_, index) => file(`${index}.zwo`, null)) },
      { write: 2, 'device-full': 1 },
    ],
    [
      'counts what the device has taken',
      { events: days(26), manifest: delivered(25) },
      { keep: 25, 'device-full': 1 },
    ],
    [
      'gives a new version of one it has although full',
      { events: [event('100', 'v2'), ...days(24, 1)], manifest: delivered(25) },
      { write: 1, keep: 24 },
    ],
    [
      'gives the room of removed files to others',
      {
        events: days(25, 1),
        manifest: days(25).map(each => row(each.id)),
        files: days(25).map(each => file(ride(each.id), 'v1')),
      },
      { remove: 1, keep: 24, write: 1 },
    ],
  ])('%s', (_, input, expected) => {
    expect(count(plan({ kind: 'inbox', ...input }))).toEqual(expected)
  })

  test('prefers the nearest days', () => {
    const far = Array.from({ length: 25 }, (_, index) => event(String(index), 'v1', { date: tomorrow }))
    const actions = plan({ kind: 'inbox', events: [...far, event('99')] })
    expect(actions[0]).toBe(`write ${ride('99')} (new)`)
  })
})

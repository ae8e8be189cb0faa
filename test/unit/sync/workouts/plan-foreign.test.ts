import { describe, expect, test } from 'vitest'
import type { WorkoutSteps } from '../../../../electron/formats/workout/workout-steps.ts'
import type { FolderFile } from '../../../../electron/sync/workouts/plan-types.ts'
import { event, file, plan, ride, row, steps, tomorrow, type Case } from '../../../helpers/workout-plans.ts'

describe('foreign files (P9)', () => {
  test.each<Case>([
    [
      'identical bytes at our name count as there',
      { events: [event('1')], files: [file(ride('1'), 'v1')] },
      ['skip 1 (same-file-there)'],
    ],
    [
      'identical bytes under another name count as there',
      { events: [event('1')], files: [file('from a friend.zwo', 'v1')] },
      ['skip 1 (same-file-there)'],
    ],
    [
      'identical bytes that no trainer reads do not count',
      { events: [event('1')], files: [file('ride.bak', 'v1')] },
      [`write ${ride('1')} (new)`],
    ],
    ['identical bytes are never removed', { files: [file(ride('1'), 'v1')] }, []],
    [
      'other bytes at our name are never touched',
      { events: [event('1')], files: [file(ride('1'), 'theirs')] },
      [`write ${ride('1', 2)} (new)`],
    ],
    [
      'a folder at our name is never touched',
      { events: [event('1')], files: [file(ride('1'), null, { kind: 'other' })] },
      [`write ${ride('1', 2)} (new)`],
    ],
    [
      'a file written beside one is kept there',
      {
        events: [event('1')],
        manifest: [row('1', 'v1', { fileName: ride('1', 2) })],
        files: [file(ride('1'), 'theirs'), file(ride('1', 2), 'v1')],
      },
      [`keep ${ride('1', 2)} as written`],
    ],
    [
      'a file written beside one is replaced there',
      {
        events: [event('1', 'v2')],
        manifest: [row('1', 'v1', { fileName: ride('1', 2) })],
        files: [file(ride('1'), 'theirs'), file(ride('1', 2), 'v1')],
      },
      [`replace ${ride('1', 2)} with v2 (event-changed)`],
    ],
    [
      'ours that the user changed is kept',
      { events: [event('1')], manifest: [row('1')], files: [file(ride('1'), 'edited')] },
      [`keep ${ride('1')} as userChanged`],
    ],
    [
      'a link put in the place of ours is kept',
      { events: [event('1')], manifest: [row('1')], files: [file(ride('1'), null, { kind: 'other' })] },
      [`keep ${ride('1')} as userChanged`],
    ],
    [
      'a new version is written beside ours that the user changed',
      { events: [event('1', 'v2')], manifest: [row('1')], files: [file(ride('1'), 'edited')] },
      [`write ${ride('1', 2)} (event-changed) ?${ride('1')}`],
    ],
    [
      'ours that the user changed stays when its event is gone',
      { manifest: [row('1')], files: [file(ride('1'), 'edited')] },
      [`keep ${ride('1')} as userChanged`],
    ],
    [
      'ours that the user changed is forgotten once its day is over',
      {
        manifest: [row('1', 'v1', { eventDate: '2026-11-21' })],
        files: [file(ride('1', 1, '2026-11-21'), 'edited')],
      },
      [`forget ${ride('1', 1, '2026-11-21')} (past)`],
    ],
    [
      'ours that the user changed stays when its event moves',
      {
        events: [event('1', 'v1', { date: tomorrow })],
        manifest: [row('1')],
        files: [file(ride('1'), 'edited')],
      },
      [`write ${ride('1', 1, tomorrow)} (event-moved) ?${ride('1')}`],
    ],
    [
      'ours that was changed back is ours again',
      {
        events: [event('1', 'v2')],
        manifest: [row('1', 'v1', { state: 'userChanged' })],
        files: [file(ride('1'), 'v1')],
      },
      [`replace ${ride('1')} with v2 (event-changed)`],
    ],
  ])('%s', (_, input, expected) => {
    expect(plan(input)).toEqual(expected)
  })
})

describe('what the user deleted from a library', () => {
  const gone = row('1')
  const deleted = row('1', 'v1', { state: 'userDeleted' })
  test.each<Case>([
    [
      'is not written again',
      { events: [event('1')], manifest: [gone] },
      [`keep ${ride('1')} as userDeleted`],
    ],
    [
      'is not written again at later passes',
      { events: [event('1')], manifest: [deleted] },
      [`keep ${ride('1')} as userDeleted`],
    ],
    [
      'is written again when its event changes',
      { events: [event('1', 'v2')], manifest: [deleted] },
      [`write ${ride('1')} (event-changed) ?${ride('1')}`],
    ],
    [
      'is written again when its event moves',
      { events: [event('1', 'v1', { date: tomorrow })], manifest: [deleted] },
      [`write ${ride('1', 1, tomorrow)} (event-moved) ?${ride('1')}`],
    ],
    ['is remembered while its event is away', { manifest: [deleted] }, [`keep ${ride('1')} as userDeleted`]],
    [
      'is forgotten once its day is over',
      { manifest: [row('1', 'v1', { state: 'userDeleted', eventDate: '2026-11-21' })] },
      [`forget ${ride('1', 1, '2026-11-21')} (past)`],
    ],
    [
      'comes back when the whole folder was replaced',
      { events: [event('1')], manifest: [row('1', 'v1', { folderIdentity: 'disk:9' })] },
      [`write ${ride('1')} (folder-replaced) ?${ride('1')}`],
    ],
    [
      'stays deleted where the folder only got a new identity',
      {
        events: [event('1'), event('2')],
        manifest: [
          row('1', 'v1', { folderIdentity: 'disk:9' }),
          row('2', 'v1', { folderIdentity: 'disk:9' }),
        ],
        files: [file(ride('2'), 'v1')],
      },
      [`keep ${ride('1')} as userDeleted`, `keep ${ride('2')} as written`],
    ],
  ])('%s', (_, input, expected) => {
    expect(plan(input)).toEqual(expected)
  })
})

describe('a file that Zwift rewrote', () => {
  const ours = row('1', 'v1', { workout: steps(0.35) })
  const now = (workout: WorkoutSteps | null): readonly FolderFile[] => [
    file(ride('1'), 'rewritten', { workout }),
  ]
  test.each<readonly [string, WorkoutSteps | null, string]>([
    ['with the same steps is ours', steps(0.34999999), 'remove'],
    ['without our cues is ours', { ...steps(0.35), cues: [] }, 'remove'],
    ['with its name spoilt by an encoding is ours', { ...steps(0.35), name: 'R-ide ' }, 'remove'],
    ['with other steps is the user’s', steps(0.4), 'keep'],
    ['with a cue we did not write is the user’s', steps(0.35, 'Mine'), 'keep'],
    ['with another name is the user’s', { ...steps(0.35), name: 'Mine' }, 'keep'],
    ['that cannot be read is the user’s', null, 'keep'],
  ])('%s', (_, workout, expected) => {
    expect(plan({ manifest: [ours], files: now(workout) })[0]?.split(' ')[0]).toBe(expected)
  })
})

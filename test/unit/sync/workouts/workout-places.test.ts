import { describe, expect, test } from 'vitest'
import type { ManifestEntry } from '../../../../electron/sync/workouts/workout-manifest.ts'
import { workoutPlaces } from '../../../../electron/sync/workouts/workout-places.ts'
import type { Trainer } from '../../../../shared/settings.ts'

const today = '2026-11-22'
const zwift: Trainer = {
  ...{ id: 't1', name: 'Zwift', folder: '/zwift', format: 'zwo', days: 7, sports: null },
  ...{ kind: 'library', isPaused: false },
}
const ride = { id: '5', date: today, type: 'Ride', hasFile: true }

function row(state: ManifestEntry['state'], other: Partial<ManifestEntry> = {}): ManifestEntry {
  const path = state === 'skipped' ? null : '/zwift/2026-11-22 Ride 5.zwo'
  return { trainerId: 't1', eventId: '5', date: today, name: 'Ride', path, state, reasonCode: null, ...other }
}

/** `state fileName: reason`. */
const told = (
  event: Partial<typeof ride>,
  trainer: Partial<Trainer>,
  rows: readonly ManifestEntry[],
): string =>
  workoutPlaces({ ...ride, ...event }, [{ ...zwift, ...trainer }], rows, today)
    .map(({ state, fileName, reason }) => `${state} ${String(fileName)}: ${String(reason)}`)
    .join()

const name = '2026-11-22 Ride 5.zwo'

describe('what became of a workout in a folder', () => {
  test.each<[string, Partial<typeof ride>, Partial<Trainer>, readonly ManifestEntry[]]>([
    [`written ${name}: null`, {}, {}, [row('written')]],
    [`delivered ${name}: null`, {}, {}, [row('delivered')]],
    [
      `userDeleted ${name}: You deleted it here; it comes back when it changes.`,
      {},
      {},
      [row('userDeleted')],
    ],
    [`userChanged ${name}: You changed it: it is yours now.`, {}, {}, [row('userChanged')]],
    // A newer version stands beside what the user changed.
    [`written ${name}: null`, {}, {}, [row('userChanged', { path: '/zwift/x.zwo' }), row('written')]],
    ['skipped null: No file: it has no steps.', { hasFile: false }, {}, []],
    ['skipped null: No file: it has no steps.', { hasFile: false }, { sports: ['Run'] }, []],
    [
      'skipped null: No file: the service has none as zwo.',
      {},
      {},
      [row('skipped', { reasonCode: 'no-workout' })],
    ],
    ['skipped null: Left out: this folder takes Run only.', {}, { sports: ['Run'] }, []],
    [
      'skipped null: Left out: this folder takes Run, Swim and Walk only.',
      {},
      { sports: ['Run', 'Swim', 'Walk'] },
      [],
    ],
    [
      'skipped null: Left out: this folder takes Run only.',
      { type: 'WeightTraining' },
      { sports: ['Run'] },
      [],
    ],
    ['pending null: Will be written at the next look.', {}, { sports: ['ride'] }, []],
    // The settings have changed since the last look.
    [
      'pending null: Will be written at the next look.',
      {},
      {},
      [row('skipped', { reasonCode: 'other-sport' })],
    ],
    [
      'skipped null: The device is full: it keeps 25 workouts.',
      {},
      {},
      [row('skipped', { reasonCode: 'device-full' })],
    ],
    [
      'skipped null: The same file is there already, put there by someone else.',
      ...([{}, {}, [row('skipped', { reasonCode: 'same-file-there' })]] as const),
    ],
    ['pending null: Will be written at the next look.', {}, {}, [row('intended')]],
    ['pending null: Will be written at the next look.', { date: '2026-11-28' }, {}, []],
    ['pending null: Not yet: this folder takes 7 days only.', { date: '2026-11-29' }, {}, []],
    ['pending null: Not yet: this folder takes today only.', { date: '2026-11-23' }, { days: 1 }, []],
    ['skipped null: Left out: this folder takes no days.', {}, { days: 0 }, []],
    ['pending null: This folder is paused.', {}, { isPaused: true }, []],
    [`written ${name}: null`, {}, { isPaused: true }, [row('written')]],
    // Another trainer's, and another event's.
    ['pending null: Will be written at the next look.', {}, {}, [row('written', { trainerId: 't2' })]],
    ['pending null: Will be written at the next look.', {}, {}, [row('written', { eventId: '6' })]],
  ])('%s', (expected, event, trainer, rows) => {
    expect(told(event, trainer, rows)).toBe(expected)
  })

  test('is told for each folder, in their order', () => {
    const trainers = [zwift, { ...zwift, id: 't2', name: 'Edge' }]
    expect(workoutPlaces(ride, trainers, [row('written', { trainerId: 't2' })], today)).toMatchObject([
      { trainerId: 't1', trainerName: 'Zwift', state: 'pending' },
      { trainerId: 't2', trainerName: 'Edge', state: 'written' },
    ])
  })
})

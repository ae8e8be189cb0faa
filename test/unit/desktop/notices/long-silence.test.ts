import { expect, test } from 'vitest'
import { longSilences } from '../../../../electron/desktop/notices/long-silence.ts'
import { noRides, type RideMemory } from '../../../../electron/desktop/parse-desktop-state.ts'
import { snapshotMs, sourceView } from '../../../helpers/snapshot-parts.ts'
import { snapshotOf } from '../../../helpers/window/snapshots.ts'

const day = 86_400_000
const at = (days: number): string => new Date(snapshotMs + days * day).toISOString()

/** What is remembered after rides on these days were seen, each on its day. */
function afterRides(days: readonly number[]): RideMemory {
  return days.reduce(
    (memory, ride) => look(memory, ride, snapshotOf({ sources: [sourceView({ newestAt: at(ride) })] })).state,
    noRides,
  )
}

function look(
  memory: RideMemory,
  days: number,
  snapshot = snapshotOf({ sources: [sourceView({ newestAt: at(0) })] }),
) {
  return longSilences(memory, snapshot, snapshotMs + days * day, false)
}

const weekly = [-28, -21, -14, -7, 0]

test('tells once, when a source that had rides every week has had none for four', () => {
  const memory = afterRides(weekly)
  expect(look(memory, 27.9).notices).toEqual([])
  const silent = look(memory, 28)
  expect(silent.notices.map(({ title }) => title)).toEqual(['No rides from Zwift for 4 weeks'])
  expect(look(silent.state, 29).notices).toEqual([])
  expect(look(silent.state, 400).notices).toEqual([])
})

test('a ride ends the silence; the next one is told again', () => {
  const { state } = look(afterRides(weekly), 28)
  const back = [30, 36, 42, 48, 54].reduce(
    (memory, ride) => look(memory, ride, snapshotOf({ sources: [sourceView({ newestAt: at(ride) })] })).state,
    state,
  )
  const later = snapshotOf({ sources: [sourceView({ newestAt: at(54) })] })
  expect(look(back, 82, later).notices).toHaveLength(1)
})

test.each([
  ['too few rides', [-21, -14, -7, 0]],
  ['a gap of more than a week', [-35, -28, -14, -7, 0]],
  ['five rides on one day', [-0.4, -0.3, -0.2, -0.1, 0]],
])('says nothing after %s', (_what, days) => {
  expect(look(afterRides(days), 60).notices).toEqual([])
})

test.each([
  ['is paused', { isPaused: true }],
  ['is away', { health: 'missing' }],
  ["can't be read", { health: 'unreadable' }],
] as const)('says nothing of a folder that %s: it says so itself', (_what, change) => {
  const snapshot = snapshotOf({ sources: [sourceView({ newestAt: at(0), ...change })] })
  expect(look(afterRides(weekly), 60, snapshot).notices).toEqual([])
})

test('old rides of a folder that was just added say nothing', () => {
  const snapshot = snapshotOf({ sources: [sourceView({ newestAt: at(-400) })] })
  expect(look(noRides, 0, snapshot).notices).toEqual([])
})

test('forgets a source that was removed, and never says anything at the start', () => {
  expect(look(afterRides(weekly), 28, snapshotOf({ sources: [] })).state).toEqual(noRides)
  const snapshot = snapshotOf({ sources: [sourceView({ newestAt: at(0) })] })
  expect(longSilences(afterRides(weekly), snapshot, snapshotMs + 28 * day, true).notices).toEqual([])
})

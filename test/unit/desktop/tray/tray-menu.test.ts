import { expect, test } from 'vitest'
import type { AppSnapshot } from '../../../../shared/app-snapshot.ts'
import { headline } from '../../../../shared/headline.ts'
import { trayMenu, type TrayLine } from '../../../../electron/desktop/tray/tray-menu.ts'
import { needView, rideView, snapshotMs, sourceView, workoutView } from '../../../helpers/snapshot-parts.ts'
import { countsOf, snapshotOf } from '../../../helpers/window/snapshots.ts'

const place = { locale: 'en-GB', timeZone: 'UTC' }
const calm = snapshotOf({ sources: [sourceView()] })
const linesOf = (snapshot: AppSnapshot): readonly TrayLine[] => trayMenu(snapshot, snapshotMs, place)
const labelsOf = (snapshot: AppSnapshot): readonly string[] =>
  linesOf(snapshot).flatMap(line => (line.kind === 'separator' ? [] : [line.label]))
const actionOf = (snapshot: AppSnapshot, label: RegExp) =>
  linesOf(snapshot).find(line => line.kind === 'action' && label.test(line.label))

const working = ['Sync now', 'Pause for 1 hour', 'Pause until tomorrow']
const always = ['Open Musette', 'Settings', 'Quit Musette']

test('says how it is, and offers what can be done', () => {
  expect(labelsOf(calm)).toEqual([headline(calm, snapshotMs, place).text, ...working, ...always])
  expect(linesOf(calm)[0]?.kind).toBe('text')
})

test('is the same for the same snapshot at the same time', () => {
  expect(linesOf(calm)).toEqual(linesOf(structuredClone(calm)))
})

test('the last ride leads to its activity', () => {
  const snapshot = snapshotOf({ ...calm, lastRides: [rideView(), rideView({ fileId: 8, sport: 'Run' })] })
  expect(actionOf(snapshot, /^Last ride/)).toEqual({
    kind: 'action',
    label: 'Last ride: VirtualRide, 65 min, 16:00',
    action: { kind: 'link', url: 'https://intervals.icu/activities/i42' },
  })
})

test.each([
  ['one that is not sent yet', { state: 'queued', activityIds: [] }],
  ['one whose id is no id', { activityIds: ['../evil'] }],
] as const)('%s leads to its story', (_what, change) => {
  const snapshot = snapshotOf({ ...calm, lastRides: [rideView(change)] })
  expect(actionOf(snapshot, /^Last ride/)).toMatchObject({
    action: { kind: 'show', page: 'activities', fileId: 7 },
  })
})

test('a ride of which little is known is named by its file', () => {
  const ride = rideView({ sport: null, durationS: null, startTime: null })
  expect(labelsOf(snapshotOf({ ...calm, lastRides: [ride] }))[1]).toBe('Last ride: morning.fit')
})

test.each([
  ['2026-11-21', '19:30', 'Next workout: Sweet spot 3 x 12, today 19:30'],
  ['2026-11-23', '07:00', 'Next workout: Sweet spot 3 x 12, Mon 07:00'],
  ['2026-11-23', null, 'Next workout: Sweet spot 3 x 12, Mon'],
])('the next workout on %s at %s', (date, time, label) => {
  expect(labelsOf(snapshotOf({ ...calm, nextWorkouts: [workoutView({ date, time })] }))[1]).toBe(label)
})

test('shows progress while something goes up', () => {
  const progress = { name: 'a.fit', sourceName: 'Zwift', sentBytes: 40, totalBytes: 100, done: 1, total: 5 }
  const snapshot = snapshotOf({
    ...calm,
    isWorking: true,
    progress,
    counts: countsOf({ uploading: 1, queued: 3 }),
  })
  expect(labelsOf(snapshot)[0]).toMatch(/\(2 of 5, 40 %\)$/)
})

test.each([
  [{ kind: 'until', at: '2026-11-21T19:00:00Z' }, ['Sync now', 'Resume']],
  [{ kind: 'untilResumed' }, ['Sync now', 'Resume']],
  [{ kind: 'until', at: '2026-11-21T17:00:00Z' }, working],
  [{ kind: 'none' }, working],
] as const)('while the pause is %j', (pause, expected) => {
  expect(labelsOf(snapshotOf({ ...calm, pause })).slice(1)).toEqual([...expected, ...always])
})

test('without an account there is nothing to sync, only a way to connect', () => {
  const labels = labelsOf(snapshotOf({ ...calm, account: { kind: 'none' } }))
  expect(labels.slice(1)).toEqual(['Connect to Intervals.icu', ...always])
})

test.each([
  ['one file', [needView()], 1, { kind: 'show', page: 'activities', fileId: 9 }],
  ['several', [needView(), needView({ fileId: 10 })], 2, { kind: 'show', page: 'today', fileId: null }],
] as const)('what needs the user is one click away: %s', (_what, needs, needsCount, action) => {
  const [first] = linesOf(snapshotOf({ ...calm, needs, needsCount, counts: countsOf({ held: needsCount }) }))
  expect(first).toMatchObject({ kind: 'action', action })
})

test('a name from elsewhere can neither break a line nor fill the screen', () => {
  const name = `a\nb\t${'x'.repeat(300)}`
  const [, label = ''] = labelsOf(snapshotOf({ ...calm, nextWorkouts: [workoutView({ name })] }))
  expect(label).not.toMatch(/[\n\t]/)
  expect(label.length).toBeLessThanOrEqual(60)
})

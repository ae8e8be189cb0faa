import { describe, expect, test } from 'vitest'
import type { AppSnapshot, NeedView, SourceView, WorkoutView } from '../../../../shared/app-snapshot.ts'
import { fitSnapshot, mostSnapshotBytes } from '../../../../electron/host/window/fit-snapshot.ts'
import { countsOf, snapshotOf } from '../../../helpers/window/snapshots.ts'

const long = (text: string, length: number): string =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length)

const source = (place: number, name: string, folder: string): SourceView => ({
  ...{ id: `s${place}`, name, folder, backfill: 'none', isPaused: false, health: 'watching', files: 1000 },
  ...{ sameRide: 'upload', otherFiles: 3, newestAt: '2026-11-21T06:00:00.000Z' },
  counts: countsOf({ uploaded: 1000, held: 2 }),
})

const need = (place: number, text: string): NeedView => ({
  ...{ fileId: place, name: text, sourceName: text, state: 'held', reasonCode: 'damaged', reason: text },
  actions: ['retry', 'ignore', 'uploadAnyway'],
})

const workout = (steps: number): WorkoutView => ({
  ...{ eventId: 'e1', date: '2026-11-22', time: '17:30', name: 'Sweet spot', sport: 'Ride' },
  ...{ durationS: 3600, load: 70, places: [] },
  profile: {
    steps: Array.from({ length: steps }, () => ({
      ...({ kind: 'steady', durationS: 60 } as const),
      ...{ from: 0.9, to: 0.9, cadence: null },
    })),
    cues: [],
  },
})

const bytes = (snapshot: AppSnapshot): number => Buffer.byteLength(JSON.stringify(snapshot))

test('what is small enough stays as it is', () => {
  const snapshot = snapshotOf({ sources: [source(1, long('Zwift ', 200), long('/rides', 300))] })
  expect(fitSnapshot(snapshot)).toBe(snapshot)
})

describe.each([
  ['plain', 'Zwift rides '],
  ['of three bytes a character', '自転車'],
  ['of pairs', '🚴🏽'],
  ['that JSON writes long', '"\\\u0001'],
])('texts %s', (_what, word) => {
  test('100 sources and needs with names and paths as long as can be stay under 64 kB, none left out', () => {
    const name = long(word, 200)
    const folder = `/${long(word, 4000)}`
    const snapshot = snapshotOf({
      sources: Array.from({ length: 100 }, (_, place) => source(place, name, folder)),
      needs: Array.from({ length: 100 }, (_, place) => need(place, folder)),
      needsCount: 100,
      troubles: Array.from({ length: 100 }, () => ({ code: 'folder-missing', message: name, file: folder })),
    })
    expect(bytes(snapshot)).toBeGreaterThan(500_000)
    const fitted = fitSnapshot(snapshot)
    expect(bytes(fitted)).toBeLessThanOrEqual(mostSnapshotBytes)
    expect(fitted.sources.map(one => one.id)).toEqual(snapshot.sources.map(one => one.id))
    expect(fitted.sources[0]).toMatchObject({ health: 'watching', counts: snapshot.sources[0]?.counts })
    expect(fitted.sources[0]?.name.length).toBeGreaterThan(20)
    expect(fitted.needsCount).toBe(100)
    expect(fitted.needs.length).toBeGreaterThan(0)
    expect(JSON.stringify(fitted)).not.toMatch(/\\ud[89a-f]/i)
  })
})

test('pictures of coming workouts go before anything else is cut much, the soonest last', () => {
  const nextWorkouts = Array.from({ length: 5 }, () => workout(200))
  const fitted = fitSnapshot(snapshotOf({ nextWorkouts }))
  expect(bytes(fitted)).toBeLessThanOrEqual(mostSnapshotBytes)
  expect(fitted.nextWorkouts.map(one => one.profile === null)).toEqual([false, true, true, true, true])
  expect(fitted.nextWorkouts.map(one => one.name)).toEqual(nextWorkouts.map(one => one.name))
})

test('even what nobody has fits', () => {
  const sources = Array.from({ length: 5000 }, (_, place) => source(place, long('n', 200), long('f', 4000)))
  expect(bytes(fitSnapshot(snapshotOf({ sources })))).toBeLessThanOrEqual(mostSnapshotBytes)
})

test('a path keeps both its ends', () => {
  const folder = `/home/rider/${'deep/'.repeat(20_000)}Activities`
  const fitted = fitSnapshot(snapshotOf({ sources: [source(1, 'Zwift', folder)] }))
  expect(fitted.sources[0]?.folder).toMatch(/^\/home\/rider\/.*….*Activities$/)
})

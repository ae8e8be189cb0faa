import { describe, expect, test } from 'vitest'
import type { Backfill } from '../../../../shared/settings.ts'
import { backOffMs } from '../../../../electron/sync/activities/back-off.ts'
import { isInBackfill, parseBackfill } from '../../../../electron/sync/activities/backfill.ts'
import { isSkippedFolder, liesIn, refusal } from '../../../../electron/sync/activities/folder-rules.ts'
import { hasRoom } from '../../../../electron/sync/activities/free-space.ts'
import { isoOrNever } from '../../../../electron/sync/activities/iso-time.ts'
import { activitiesAround, externalId } from '../../../../electron/sync/activities/look-up.ts'
import type { RecordingRow } from '../../../../electron/sync/ledger/recordings.ts'
import { FakeService } from '../../../helpers/fake-service.ts'

test.each([
  [1, 0, 1000],
  [2, 0, 2000],
  [9, 0, 256_000],
  [10, 0, 300_000],
  [5000, 0, 300_000],
  [0, 0, 1000],
  [1, 0.999, 750],
])('after failure %i with chance %f our own wait is %i ms', (failures, chance, ms) => {
  expect(backOffMs(failures, () => chance)).toBe(ms)
})

const now = Date.UTC(2026, 10, 21, 10, 30)
describe('--backfill', () => {
  test.each<[string, string, Backfill]>([
    ['none', 'UTC', { kind: 'none' }],
    ['all', 'UTC', { kind: 'all' }],
    ['30d', 'Europe/Zurich', { kind: 'since', at: '2026-10-22T10:30:00.000Z' }],
    ['0d', 'UTC', { kind: 'since', at: '2026-11-21T10:30:00.000Z' }],
    ['2026-01-01', 'UTC', { kind: 'since', at: '2026-01-01T00:00:00.000Z' }],
    ['2026-01-01', 'Europe/Zurich', { kind: 'since', at: '2025-12-31T23:00:00.000Z' }],
    ['2026-07-01', 'Europe/Zurich', { kind: 'since', at: '2026-06-30T22:00:00.000Z' }],
    ['2026-03-08', 'America/Havana', { kind: 'since', at: '2026-03-08T05:00:00.000Z' }],
  ])('%s in %s', (text, zone, expected) => {
    expect(parseBackfill(text, now, zone)).toEqual(expected)
  })

  test.each(['', '30', 'd', '-1d', '1.5d', '30D', '2026-1-1', '2026-02-30', '2026-13-01', 'ALL', ' all'])(
    'refuses %j',
    text => {
      expect(() => parseBackfill(text, now, 'UTC')).toThrow(/--backfill takes none, all/)
    },
  )

  const since: Backfill = { kind: 'since', at: '2026-11-01T00:00:00.000Z' }
  test.each<[Backfill, string | null, number, boolean]>([
    [{ kind: 'none' }, '2026-11-20T00:00:00Z', now, false],
    [{ kind: 'all' }, null, 0, true],
    [since, '2026-11-01T00:00:00.000Z', 0, true],
    [since, '2026-10-31T23:59:59.999Z', now, false],
    [since, null, Date.UTC(2026, 10, 1), true],
    [since, null, Date.UTC(2026, 10, 1) - 1, false],
  ])('%j holds a ride from %s (mtime %i): %s', (backfill, start, mtimeMs, isIn) => {
    expect(isInBackfill(backfill, start, mtimeMs)).toBe(isIn)
  })
})

describe('folders', () => {
  test.each([
    ['.Trash-1000', true],
    ['.stversions', true],
    ['$RECYCLE.BIN', true],
    ['System Volume Information', true],
    ['@eaDir', true],
    ['lost+found', true],
    ['Activities', false],
    ['recycled rides', false],
    ['~Backup', false],
  ])('%s is passed over: %s', (name, isSkipped) => {
    expect(isSkippedFolder(name)).toBe(isSkipped)
  })

  test.each([
    ['/a/b', '/a/b', true],
    ['/a/b/c', '/a/b', true],
    ['/a/b', '/a/b/c', false],
    ['/a/bc', '/a/b', false],
    ['/a/b/..c', '/a/b', true],
    ['/a', '/', true],
  ])('%s lies in %s: %s', (inner, outer, isIn) => {
    expect(liesIn(inner, outer)).toBe(isIn)
  })

  const taken = { home: '/home/me/.musette', sources: ['/rides'], backups: ['/backup'] }
  test.each([
    ['/home/me/.musette', "it overlaps Musette's own home"],
    ['/home/me/.musette/x', "it overlaps Musette's own home"],
    ['/home/me', "it overlaps Musette's own home"],
    ['/', "it overlaps Musette's own home"],
    ['/backup/2026', 'it overlaps a backup folder'],
    ['/rides', 'it is a source already'],
    ['/rides/2026', 'it overlaps the source /rides'],
    ['/rides 2', null],
    ['/home/me/rides', null],
  ])('%s as a source: %s', (folder, why) => {
    expect(refusal(folder, taken)).toBe(why)
  })
})

test.each([
  [10, 100, { bytes: 10, percent: 10 }, true],
  [9, 100, { bytes: 10, percent: 5 }, false],
  [10, 201, { bytes: 10, percent: 5 }, false],
  [1, 100, { bytes: 0, percent: 0 }, true],
  [0, 100, { bytes: 0, percent: 0 }, false],
])('%i bytes free of %i with %j kept free is room: %s', (freeBytes, totalBytes, keepFree, isRoom) => {
  expect(hasRoom({ freeBytes, totalBytes }, keepFree)).toBe(isRoom)
})

test.each([
  [Date.UTC(2026, 0, 1), '2026-01-01T00:00:00.000Z'],
  [0, '9999'],
  [-1, '9999'],
  [1e18, '9999'],
])('%i ms as text is %s', (ms, text) => {
  expect(isoOrNever(ms)).toBe(text)
})

describe('a ride is looked up', () => {
  test('by "musette-" and the first 32 digits of its hash, so that every computer gives it one name', () => {
    expect(externalId('0123456789abcdef'.repeat(4))).toBe(`musette-${'0123456789abcdef'.repeat(2)}`)
  })

  test.each([
    ['26 h before, by a clock at the eastern end of the world', '2026-11-20T06:00:00', ['a1']],
    ['26 h after', '2026-11-22T10:00:00', ['a1']],
    ['longer before', '2026-11-20T05:59:59', []],
    ['longer after', '2026-11-22T10:00:01', []],
  ])('among what began %s its start: %s', async (_, startDateLocal, ids) => {
    const service = new FakeService()
    service.hold(new Uint8Array([1]), { startDateLocal })
    const ride = { startTime: '2026-11-21T08:00:00.000Z' } as RecordingRow // nothing else of it is asked
    const found = await activitiesAround(service, 'i1', ride, new AbortController().signal)
    expect(found?.map(({ id }) => id)).toEqual(ids)
  })
})

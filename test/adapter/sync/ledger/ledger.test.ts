import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqliteDb } from '../../../../electron/adapters/sqlite-db.ts'
import { changeRecording } from '../../../../electron/sync/activities/change-recording.ts'
import type { Db } from '../../../../electron/sync/ports/db.ts'
import { looksUnchanged } from '../../../../electron/sync/ledger/files.ts'
import { openLedger, type Ledger } from '../../../../electron/sync/ledger/ledger.ts'
import { ledgerBudget } from '../../../../electron/sync/ledger/request-counts.ts'
import { ledgerVersion, prepareLedger, readVersion } from '../../../../electron/sync/ledger/schema.ts'
import { forgetImpossibleTimes } from '../../../../electron/sync/impossible-times.ts'
import { countStates, Overview } from '../../../../electron/sync/overview.ts'
import { reason } from '../../../../shared/reasons.ts'
import { activityStates, type ActivityState } from '../../../../shared/states.ts'
import { FakeClock } from '../../../helpers/fake-clock.ts'

let ledger: Ledger
beforeEach(() => {
  const db = openSqliteDb(':memory:')
  prepareLedger(db)
  ledger = openLedger(db)
})
afterEach(() => ledger.db.close())

describe('the tables', () => {
  test('are made once and keep what is in them', () => {
    ledger.meta.write('last-sync-at', '5')
    prepareLedger(ledger.db)
    expect([readVersion(ledger.db), ledger.meta.readNumber('last-sync-at')]).toEqual([ledgerVersion, 5])
  })

  test('of a newer Musette are refused', () => {
    ledger.db.script(`PRAGMA user_version = ${ledgerVersion + 1}`)
    expect(() => prepareLedger(ledger.db)).toThrow(expect.objectContaining({ code: 'ledger-newer' }))
  })

  test.each([
    ['a state', `UPDATE files SET state = 'nonsense'`],
    ['a reason', `UPDATE files SET reason_code = 'nonsense'`],
  ])('with %s nobody knows are damaged', (_, sql) => {
    addFile(0)
    ledger.db.script(sql)
    expect(() => ledger.files.all()).toThrow(expect.objectContaining({ code: 'ledger-damaged' }))
  })
})

function addFile(index: number): number {
  const stat = { kind: 'file', size: 1, mtimeMs: 1, ctimeMs: 1, identity: `1:${index}` } as const
  return ledger.files.insert('s1', `/r/${index}`, stat, 'new', 1, reason('not-looked-at')).id
}

/** The same numbers each time, for each seed others. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2_654_435_761
  return sides => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

const facts = {
  ...{ startTime: null, startTimeMissing: 'none', durationS: null, distanceM: null, sport: null },
  ...{ subSport: null, device: null, sessions: 1 },
}

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'the counts by state agree with the list of files (ledger %i)',
  seed => {
    const roll = dice(seed + 1)
    const anyState = (): ActivityState => activityStates[roll(activityStates.length)] ?? 'waiting'
    for (let ride = 0; ride < 8; ride += 1) {
      const row = {
        sha256: `h${ride}`,
        format: 'fit',
        bytes: 1,
        baseName: 'a',
        facts,
        sourceId: 's1',
      } as const
      // A recording is a ride: it neither waits to become one nor is none.
      const rideStates = activityStates.filter(each => each !== 'waiting' && each !== 'notActivity')
      const state = rideStates[roll(rideStates.length)] ?? 'queued'
      ledger.recordings.insert({ ...row, origin: 'new', isArchived: true, state, reason: reason('sent') }, 1)
    }
    for (let index = 0; index < 40; index += 1) {
      const id = addFile(index)
      const isArchive = roll(2) === 0
      const contents = Array.from({ length: isArchive ? roll(5) : roll(2) }, (_, position) => ({
        ...{ position, entry: isArchive ? `e${position}` : null, bytes: 1 },
        ...{ sha256: roll(3) === 0 ? null : `h${roll(10)}`, state: anyState(), reason: reason('settling') },
      }))
      ledger.files.setContents(id, contents)
      // As every writer does, a zip without any ride says so itself.
      const isRide = (sha256: string | null) => sha256 !== null && ledger.recordings.byHash(sha256) !== null
      const isNothing = contents.every(item => item.state === 'notActivity' && !isRide(item.sha256))
      const state = isArchive && isNothing ? 'notActivity' : anyState()
      ledger.files.setState(id, {
        ...{ state, reason: reason('busy'), checkAtMs: null, isExamined: roll(4) > 0, isArchive },
      })
    }
    const counts: Record<string, number> = Object.fromEntries(activityStates.map(state => [state, 0]))
    for (const file of new Overview(ledger, 1, true).files())
      counts[file.state] = (counts[file.state] ?? 0) + 1
    expect(countStates(ledger)).toEqual(counts)
  },
)

test.each(['size', 'mtimeMs', 'ctimeMs', 'identity'] as const)(
  'a file of which the %s is another does not look unchanged',
  field => {
    const row = ledger.files.byId(addFile(0))
    if (row === null) throw new Error('no row')
    const stat = { kind: 'file', size: 1, mtimeMs: 1, ctimeMs: 1, identity: '1:0' } as const
    const other = { size: 2, mtimeMs: 2, ctimeMs: 2, identity: '1:9' }[field]
    expect([looksUnchanged(row, stat), looksUnchanged(row, { ...stat, [field]: other })]).toEqual([
      true,
      false,
    ])
  },
)

test('nobody waits for a file that is not there', () => {
  const [here, away] = [addFile(0), addFile(1)]
  ledger.files.setCheckAt(here, 700)
  ledger.files.setCheckAt(away, 500)
  ledger.files.setPresent(away, false)
  expect(ledger.files.nextCheckOf('s1')).toBe(700)
})

test('an intent and an outcome are on the disk before anything follows from them', () => {
  const asked: string[] = []
  const db: Db = {
    ...ledger.db,
    transaction: (durability, work) => {
      asked.push(durability)
      return ledger.db.transaction(durability, work)
    },
  }
  const row = { sha256: 'h', format: 'fit', bytes: 1, baseName: 'a', facts, sourceId: 's1' } as const
  ledger.recordings.insert(
    { ...row, origin: 'new', isArchived: true, state: 'queued', reason: reason('new-ride') },
    1,
  )
  const changed = changeRecording(openLedger(db), 'h', { kind: 'attemptStarted' }, 2)
  expect([asked, changed.state, ledger.recordings.byHash('h')?.state]).toEqual([
    ...[['full'], 'uploading', 'uploading'],
  ])
  expect(ledger.history.of(null, ['h'])).toEqual([
    { atMs: 2, state: 'uploading', reason: reason('sending'), sha256: 'h' },
  ])
})

describe('the budget', () => {
  const minute = 60_000
  const hour = 60 * minute
  const limits = { per15Min: 0, perDay: 100 }
  const spend = (
    budget: ReturnType<typeof ledgerBudget>,
    kind: 'upload' | 'backfill' | 'other',
    n: number,
  ) => {
    for (let request = 0; request < n; request += 1) budget.spend(kind)
  }
  const waits = (budget: ReturnType<typeof ledgerBudget>) =>
    (['upload', 'backfill', 'other'] as const).map(kind => budget.waitMs(kind))

  test('keeps a tenth for looking up, and survives a restart', () => {
    const clock = new FakeClock(Date.UTC(2026, 10, 21, 10))
    spend(ledgerBudget(ledger.db, clock, limits), 'upload', 89)
    expect(waits(ledgerBudget(ledger.db, clock, limits))).toEqual([null, null, null])
    spend(ledgerBudget(ledger.db, clock, limits), 'upload', 1)
    expect(waits(ledgerBudget(ledger.db, clock, limits))).toEqual([14 * hour, 14 * hour, null])
    spend(ledgerBudget(ledger.db, clock, limits), 'other', 10)
    expect(waits(ledgerBudget(ledger.db, clock, limits))).toEqual([14 * hour, 14 * hour, 14 * hour])
  })

  test('gives backfill half the day, and new rides the rest', () => {
    const clock = new FakeClock(Date.UTC(2026, 10, 21, 10))
    const budget = ledgerBudget(ledger.db, clock, limits)
    spend(budget, 'upload', 30)
    spend(budget, 'backfill', 49)
    expect(waits(budget)).toEqual([null, null, null])
    spend(budget, 'backfill', 1)
    expect(waits(budget)).toEqual([null, 14 * hour, null])
  })

  test('counts the whole day, also what was used at its beginning', async () => {
    const clock = new FakeClock(Date.UTC(2026, 10, 21, 0, 30))
    const budget = ledgerBudget(ledger.db, clock, limits)
    spend(budget, 'upload', 89)
    await clock.advance(23 * hour)
    spend(budget, 'upload', 1)
    expect(waits(budget)).toEqual([hour / 2, hour / 2, null])
  })

  test('begins anew at midnight UTC', async () => {
    const clock = new FakeClock(Date.UTC(2026, 10, 21, 23, 59, 30))
    const budget = ledgerBudget(ledger.db, clock, limits)
    spend(budget, 'other', 100)
    expect(waits(budget)).toEqual([30_000, 30_000, 30_000])
    await clock.advance(30_000)
    expect(waits(budget)).toEqual([null, null, null])
  })

  test('gives back what was used 15 minutes ago, once its minute is over', async () => {
    const clock = new FakeClock(Date.UTC(2026, 10, 21, 10))
    const budget = ledgerBudget(ledger.db, clock, { per15Min: 10, perDay: 0 })
    spend(budget, 'upload', 5)
    await clock.advance(5 * minute)
    spend(budget, 'upload', 4)
    expect(waits(budget)).toEqual([11 * minute, 11 * minute, null])
    spend(budget, 'other', 1)
    expect(budget.waitMs('other')).toBe(11 * minute)
    await clock.advance(11 * minute)
    expect(waits(budget)).toEqual([null, null, null])
  })

  // Found by the simulation (seed 70066): whole minutes were counted, and a window of 15 could hold more than was allowed.
  test('allows no more than the limit in any 15 minutes, wherever they begin', async () => {
    const clock = new FakeClock(Date.UTC(2026, 10, 21, 10, 0, 59))
    const budget = ledgerBudget(ledger.db, clock, { per15Min: 10, perDay: 0 })
    spend(budget, 'other', 10)
    await clock.advance(15 * minute - 1000)
    expect(budget.waitMs('other')).not.toBeNull()
  })

  test('is not used up for as long as the clock had run ahead', async () => {
    const clock = new FakeClock(Date.UTC(2027, 10, 21, 10))
    spend(ledgerBudget(ledger.db, clock, { per15Min: 10, perDay: 0 }), 'backfill', 10)
    clock.jump(-365 * 24 * hour)
    forgetImpossibleTimes(ledger, clock.now())
    const budget = ledgerBudget(ledger.db, clock, { per15Min: 10, perDay: 0 })
    expect(budget.waitMs('other')).toBe(16 * minute)
    await clock.advance(16 * minute)
    expect(waits(budget)).toEqual([null, null, null])
    expect(waits(ledgerBudget(ledger.db, clock, { per15Min: 0, perDay: 20 }))).toEqual([
      null,
      14 * hour - 16 * minute,
      null,
    ])
  })

  test('without limits never waits', () => {
    const clock = new FakeClock(Date.UTC(2026, 10, 21, 10))
    const budget = ledgerBudget(ledger.db, clock, { per15Min: 0, perDay: 0 })
    spend(budget, 'backfill', 200)
    expect(waits(budget)).toEqual([null, null, null])
  })
})

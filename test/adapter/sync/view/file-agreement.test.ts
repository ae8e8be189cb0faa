import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addFileList } from '../../../../electron/sync/ledger/file-list-schema.ts'
import { removeSource } from '../../../../electron/sync/folders/manage-sources.ts'
import { writeTroubles } from '../../../../electron/sync/known-troubles.ts'
import { fileStory, listFiles } from '../../../../electron/sync/view/file-pages.ts'
import { activityStates } from '../../../../shared/states.ts'
import type { FilePage, FileQuery } from '../../../../shared/window-data.ts'
import { zipBytes } from '../../../helpers/archive-builder.ts'
import { EngineHome, minuteMs, nowMs } from '../../../helpers/engine-home.ts'
import { fitRide, tcxRide, unfinished } from '../../../helpers/rides.ts'
import { seedFile, type SeedArguments } from '../../../helpers/seed-file.ts'

let home: EngineHome

beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const everything: FileQuery = {
  ...{ text: '', states: [], sourceId: null, sport: null, from: null, to: null, offset: 0, limit: 500 },
}
const list = (query: Partial<FileQuery> = {}): FilePage => listFiles(home.parts, { ...everything, ...query })

const seed = (...file: SeedArguments): number => seedFile(home, ...file)

function seedEveryKind(): void {
  for (const state of activityStates) {
    seed(`ride-${state}.fit`, [{ state }])
    seed(`other-${state}.fit`, [{ state, isRide: false }])
    seed(`bare-${state}.fit`, [], { state })
    seed(`unexamined-${state}.fit`, [{ state: 'uploaded' }], { state, isExamined: false })
    seed(`bare-${state}.zip`, [], { state, isArchive: true })
    seed(`unexamined-${state}.zip`, [{ state: 'uploaded' }], { state, isArchive: true, isExamined: false })
    seed(`nothing-${state}.zip`, [{ state: 'notActivity', isRide: false }], { state, isArchive: true })
    for (const other of activityStates) {
      seed(`${state}-${other}.zip`, [{ state }, { state: other, isRide: false }], {
        ...{ isArchive: true, state: 'waiting' },
      })
    }
  }
}

function expectAgreement(): void {
  const rows = [0, 500].flatMap(offset => list({ offset }).rows)
  const told = rows.map(row => [
    fileStory(home.parts, row.fileId).path,
    row.state,
    row.reasonCode,
    row.nextAttemptAt,
  ])
  const overview = home.files().map(file => [file.path, file.state, file.reasonCode, file.nextAttemptAt])
  const byPath = (a: readonly unknown[], b: readonly unknown[]): number =>
    String(a[0]) < String(b[0]) ? -1 : 1
  expect(told.toSorted(byPath)).toEqual(overview.toSorted(byPath))
  // The list is filtered by what the ledger itself keeps: it must be what the rows show.
  for (const state of activityStates) {
    const shown = list({ states: [state] }).rows.map(row => row.state)
    expect(shown).toEqual(rows.filter(row => row.state === state).map(row => row.state))
  }
}

const kept = 'SELECT file_id, source_id, shown_state, sort_at, sport FROM file_list ORDER BY file_id'
const workedOut = 'SELECT file_id, source_id, shown_state, sort_at, sport FROM file_shown ORDER BY file_id'

describe('state and reason', () => {
  test('are the same as `musette files` tells, for every kind of file', () => {
    seedEveryKind()
    expectAgreement()
  })

  test('are the same while the account holds queued rides up and the queue pauses', () => {
    seedEveryKind()
    writeTroubles(home.parts.ledger, [{ code: 'signed-out', message: 'x', file: null }])
    home.parts.ledger.meta.write('paused-until', String(nowMs + 20 * minuteMs))
    expectAgreement()
    const [ride] = list({ text: 'ride-queued' }).rows
    expect(ride).toMatchObject({ reasonCode: 'signed-out', nextAttemptAt: '2026-11-21T10:20:00.000Z' })
  })

  test('are the same after real syncs, removed files and removed folders', async () => {
    home.put('rides/a.fit', fitRide('2026-11-20T08:00:00Z'))
    home.put(
      'rides/two.zip',
      zipBytes([
        { name: 'x.fit', bytes: fitRide('2026-11-19T08:00:00Z', 2) },
        { name: 'y.fit', bytes: unfinished(fitRide()) },
      ]),
    )
    home.put('rides/half.fit', unfinished(fitRide()))
    const source = await home.addSource('rides', 'all')
    await home.sync()
    home.put('rides/b.tcx', tcxRide(), 0)
    await home.sync()
    expectAgreement()
    expect(home.parts.ledger.db.all(kept)).toEqual(home.parts.ledger.db.all(workedOut))
    await removeSource(home.parts, source.id)
    expectAgreement()
    expect(home.parts.ledger.db.all(kept)).toEqual(home.parts.ledger.db.all(workedOut))
  })

  test('a ledger from before the list gets the same list', () => {
    seedEveryKind()
    seed('Ärger/ÜBER.fit', [{ state: 'queued' }])
    const { db } = home.parts.ledger
    // Such a ledger has no stand-ins; those get their lines when they are added.
    const columns = 'SELECT * FROM file_list WHERE file_id > 0 ORDER BY file_id'
    const before = db.all(columns)
    for (const row of db.all(
      `SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'file_list%'`,
    )) {
      db.script(`DROP TRIGGER ${String(row['name'])}`)
    }
    db.script('DROP TABLE file_list; DROP VIEW file_shown')
    addFileList(db)
    expect(db.all(columns)).toEqual(before)
  })
})

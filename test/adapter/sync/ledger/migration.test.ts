import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqliteDb } from '../../../../electron/adapters/sqlite-db.ts'
import { openLedgerToRead, openLedgerToWrite } from '../../../../electron/host/open-ledger.ts'
import { ledgerVersion, prepareLedger, readVersion } from '../../../../electron/sync/ledger/schema.ts'
import { Overview } from '../../../../electron/sync/overview.ts'
import type { Db } from '../../../../electron/sync/ports/db.ts'
import { tablesOfVersion1 } from '../../../helpers/ledger-version-1.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'musette-ledger-'))
  path = join(folder, 'ledger.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const sha256 = 'ab'.repeat(32)

/** A row in every table of the first version. */
const rows = `
  INSERT INTO meta VALUES ('bound-to', 'https://intervals.icu i1'), ('last-sync-at', '5');
  INSERT INTO files VALUES (7, 's1', '/rides/Größe.FIT', 10, 1000.5, 1000.5, '1:2', 1, 1000, NULL, 'new', 1, 0, 'waiting', 'settling', NULL);
  INSERT INTO files VALUES (8, 's1', '/rides/cut.fit', 9, 2000, 2000, '1:3', 1, 2000, 9000, 'new', 1, 0, 'held', 'damaged', 'ends early');
  INSERT INTO contents VALUES (7, 0, NULL, '${sha256}', 10, 'queued', 'new-ride', NULL);
  INSERT INTO past_contents VALUES (7, '${sha256}');
  INSERT INTO recordings VALUES ('${sha256}', 'fit', 10, 'Größe', '2026-11-21T08:00:00.000Z', 60, NULL, 'cycling', NULL,
    NULL, 1, 's1', 'new', 1, 'uploaded', 'sent', NULL, NULL, 0, 0, '["i7"]', 3000);
  INSERT INTO history VALUES (1, 3000, NULL, '${sha256}', 'uploaded', 'sent', NULL), (2, 3000, 8, NULL, 'held', 'damaged', NULL);
  INSERT INTO requests VALUES (29000000, 12, 3);
  INSERT INTO workout_files VALUES (1, 't1', '5', '2026-11-22', 'Ride', '/zwift', 'd:1', 'a.zwo', 'a.zwo', 'v', 'cd', x'00ff', '.tmp', 'written');
  INSERT INTO workout_skips VALUES ('t1', '6', '2026-11-22', 'Run', 'other-sport');
  INSERT INTO workout_bytes VALUES ('cd');
`
const tables = [
  ...['meta', 'files', 'contents', 'past_contents', 'recordings', 'history', 'requests'],
  ...['workout_files', 'workout_skips', 'workout_bytes'],
]

const everything = (db: Db): readonly unknown[] =>
  tables.map(name => [name, db.all(`SELECT * FROM ${name} ORDER BY 1`)])

/** Tables, views, indexes and triggers as they were made. */
const shape = (db: Db): readonly unknown[] =>
  db.all('SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name')

function makeVersion1(): void {
  const db = openSqliteDb(path)
  db.script(tablesOfVersion1 + rows)
  db.close()
}

describe('a ledger of version 1', () => {
  test('keeps all it holds, and becomes what a new one is', () => {
    makeVersion1()
    const db = openSqliteDb(path)
    const before = everything(db)
    prepareLedger(db)
    expect(everything(db)).toEqual(before)
    expect(readVersion(db)).toBe(ledgerVersion)
    expect(db.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' })
    expect(db.all('PRAGMA foreign_key_check')).toEqual([])
    const fresh = openSqliteDb(':memory:')
    prepareLedger(fresh)
    expect(shape(db)).toEqual(shape(fresh))
    fresh.close()
    db.close()
  })

  test('is migrated once', () => {
    makeVersion1()
    for (let start = 0; start < 2; start += 1) {
      const { ledger, setAside } = openLedgerToWrite(path, 0)
      const [event] = ledger.db.all('SELECT count(*) AS n FROM calendar_events')
      expect([setAside, event, readVersion(ledger.db)]).toEqual([null, { n: 0 }, ledgerVersion])
      // Written in its first life; a second migration would fail on it, or empty it.
      expect(ledger.files.byId(7)?.path).toBe('/rides/Größe.FIT')
      ledger.db.close()
    }
  })

  test('stays as it was when the migration cannot be ended', () => {
    makeVersion1()
    const db = openSqliteDb(path)
    const before = [shape(db), everything(db)]
    // Something else has the name of a table to be made.
    db.script('CREATE TABLE calendar_events (x)')
    expect(() => prepareLedger(db)).toThrow()
    db.script('DROP TABLE calendar_events')
    expect([readVersion(db), [shape(db), everything(db)]]).toEqual([1, before])
    db.close()
  })

  test('can be read by the command line before it is migrated, and is left as it is', () => {
    makeVersion1()
    const ledger = openLedgerToRead(path)
    if (ledger === null) throw new Error('no ledger')
    const files = new Overview(ledger, 10_000, true).files()
    expect(files.map(file => [file.path, file.state, file.activityIds])).toEqual([
      ['/rides/Größe.FIT', 'uploaded', ['i7']],
      ['/rides/cut.fit', 'held', []],
    ])
    expect([ledger.history.of(8, []).length, ledger.meta.readNumber('last-sync-at')]).toEqual([1, 5])
    expect(readVersion(ledger.db)).toBe(1)
    ledger.db.close()
  })
})

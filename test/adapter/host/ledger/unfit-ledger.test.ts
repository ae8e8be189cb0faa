import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLedgerToRead, openLedgerToWrite } from '../../../../electron/host/open-ledger.ts'
import { markUnfit } from '../../../../electron/host/unfit-ledger.ts'
import { ledgerVersion } from '../../../../electron/sync/ledger/schema.ts'
import { tablesOfVersion1 } from '../../../helpers/ledger-version-1.ts'
import { damageAnIndex, filesBeside, nowMs, readAll, writeLedger } from './ledger-of-a-home.ts'

const dayMs = 86_400_000
let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'musette-unfit-'))
  path = join(folder, 'ledger.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function sql(text: string): void {
  const database = new DatabaseSync(path)
  database.exec(text)
  database.close()
}

/** As a program leaves it that is killed while it writes, and keeps no WAL. */
function leaveHalfChanged(): void {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN; CREATE TABLE more (a)')
  for (let row = 0; row < 200; row += 1) database.exec('INSERT INTO more VALUES (randomblob(900))')
  const files = ['', '-journal'].map(
    ending => [`${path}${ending}`, readFileSync(`${path}${ending}`)] as const,
  )
  database.exec('ROLLBACK')
  database.close()
  for (const [file, bytes] of files) writeFileSync(file, bytes)
}

/** The ledger's file with all that was in its log. */
function size(): number {
  return readFileSync(path).length
}

const damages: readonly (readonly [string, () => void])[] = [
  ['cut within its header', () => truncateSync(path, 50)],
  ['cut after its header', () => truncateSync(path, 100)],
  ['cut within a page', () => truncateSync(path, 5000)],
  ['cut in half', () => truncateSync(path, Math.floor(size() / 2))],
  ['without its last page', () => truncateSync(path, size() - 4096)],
  ['a text', () => writeFileSync(path, 'hello\n')],
  ['nothing but zeros', () => writeFileSync(path, Buffer.alloc(9000))],
  [
    'random bytes',
    () => writeFileSync(path, Buffer.from(Array.from({ length: 9000 }, (_, at) => (at * 7919) % 251))),
  ],
  ['of a version below any', () => sql('PRAGMA user_version = -5')],
  ['of a version beyond any', () => sql('PRAGMA user_version = 33554434')],
  ['full, and without a version', () => sql('PRAGMA user_version = 0')],
  ['of today, and says it is older', () => sql('PRAGMA user_version = 1')],
  [
    "another program's",
    () => {
      rmSync(path)
      sql(`CREATE TABLE notes (a); PRAGMA user_version = ${ledgerVersion}`)
    },
  ],
  [
    "another program's, of an older version",
    () => {
      rmSync(path)
      sql('CREATE TABLE notes (a); PRAGMA user_version = 1')
    },
  ],
  ['without one of its tables', () => sql('DROP TABLE history')],
  ['without one of its indexes', () => sql('DROP INDEX recordings_by_state')],
  [
    'without one of its triggers',
    () => {
      const name = new DatabaseSync(path, { readOnly: true })
        .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1")
        .get()?.['name']
      sql(`DROP TRIGGER ${String(name)}`)
    },
  ],
  ['made with another column', () => sql('ALTER TABLE recordings ADD COLUMN more TEXT')],
  ["another home's", () => sql("UPDATE meta SET value = 'theirs' WHERE key = 'home-id'")],
  [
    'damaged in an index, and not checked whole for a day',
    () => {
      sql(`UPDATE meta SET value = '${nowMs - dayMs}' WHERE key = 'checked-at'`)
      damageAnIndex(path)
    },
  ],
  ['left in the middle of a change, with the journal that would undo it', leaveHalfChanged],
  ['marked by an engine that met the damage while it ran', () => markUnfit(path, 'column state')],
]

describe('a ledger that is', () => {
  test.each(damages)('%s is set aside byte for byte, and a fresh one begun', (_what, damage) => {
    writeLedger(path)
    damage()
    const before = readFileSync(path)
    const { ledger, setAside } = openLedgerToWrite(path, nowMs, 'ours')
    expect(readAll(ledger)).toBe(0)
    expect(ledger.meta.read('to-rebuild')).not.toBeNull()
    ledger.db.close()
    expect(readFileSync(setAside?.path ?? '').equals(before)).toBe(true)
    expect(setAside?.why).not.toBe('')
    // And the next start has nothing to say.
    const again = openLedgerToWrite(path, nowMs, 'ours')
    again.ledger.db.close()
    expect(again.setAside).toBeNull()
  })

  test('a folder is set aside with what is in it', () => {
    mkdirSync(path)
    writeFileSync(join(path, 'inside.txt'), 'kept')
    const { ledger, setAside } = openLedgerToWrite(path, nowMs)
    ledger.db.close()
    expect(readFileSync(join(setAside?.path ?? '', 'inside.txt'), 'utf8')).toBe('kept')
  })

  test.each(['-wal', '-shm', '-journal'])('with a folder at %s is set aside with it', ending => {
    writeLedger(path)
    mkdirSync(`${path}${ending}`)
    const { ledger, setAside } = openLedgerToWrite(path, nowMs, 'ours')
    ledger.db.close()
    expect(existsSync(`${setAside?.path ?? ''}${ending}`)).toBe(true)
    expect(existsSync(`${path}-journal`)).toBe(false)
  })

  test('beside a folder that is called like the mark is used', () => {
    writeLedger(path)
    mkdirSync(`${path}.unfit`)
    const { ledger, setAside } = openLedgerToWrite(path, nowMs, 'ours')
    ledger.db.close()
    expect(setAside).toBeNull()
  })

  test('gone, with a log of its own left behind, is set aside too', () => {
    writeFileSync(`${path}-wal`, 'what was written last')
    const { ledger, setAside } = openLedgerToWrite(path, nowMs)
    ledger.db.close()
    expect(readFileSync(`${setAside?.path ?? ''}-wal`, 'utf8')).toBe('what was written last')
  })

  test('half changed is told of by those who only look, and its journal goes aside with it', () => {
    writeLedger(path)
    leaveHalfChanged()
    const journal = readFileSync(`${path}-journal`)
    expect(() => openLedgerToRead(path)).toThrow(expect.objectContaining({ code: 'ledger-damaged' }))
    const { ledger, setAside } = openLedgerToWrite(path, nowMs, 'ours')
    ledger.db.close()
    expect(readFileSync(`${setAside?.path ?? ''}-journal`).equals(journal)).toBe(true)
    expect(existsSync(`${path}-journal`)).toBe(false)
  })

  test('behind a link is used where it is', () => {
    const elsewhere = join(folder, 'elsewhere.sqlite')
    writeLedger(elsewhere)
    symlinkSync(elsewhere, path)
    const { ledger, setAside } = openLedgerToWrite(path, nowMs, 'ours')
    expect([setAside, readAll(ledger)]).toEqual([null, 40])
    ledger.db.close()
  })

  test.each([
    ['empty', ''],
    ['the length of its first page and nothing but zeros, after a power cut', new Uint8Array(4096)],
  ])('%s is a new one', (_what, bytes) => {
    writeFileSync(path, bytes)
    expect(openLedgerToRead(path)).toBeNull()
    const { ledger, setAside } = openLedgerToWrite(path, nowMs)
    ledger.db.close()
    expect(setAside).toBeNull()
  })

  test('gone while it was made, with the head of a log that never said anything, is a new one', () => {
    writeLedger(path)
    const database = new DatabaseSync(path)
    database.exec("INSERT INTO meta VALUES ('x', 'y')")
    const head = readFileSync(`${path}-wal`).subarray(0, 32)
    database.close()
    rmSync(path)
    writeFileSync(`${path}-wal`, head)
    expect(openLedgerToRead(path)).toBeNull()
    const { ledger, setAside } = openLedgerToWrite(path, nowMs)
    ledger.db.close()
    expect(setAside).toBeNull()
    expect([...filesBeside(path).keys()]).toEqual(['ledger.sqlite'])
  })

  test('newer is refused, and left as it is', () => {
    writeLedger(path)
    sql(`PRAGMA user_version = ${ledgerVersion + 1}`)
    const before = readFileSync(path)
    expect(() => openLedgerToWrite(path, nowMs)).toThrow(expect.objectContaining({ code: 'ledger-newer' }))
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('older is migrated', () => {
    sql(`${tablesOfVersion1} INSERT INTO meta VALUES ('home-id', 'ours')`)
    const { ledger, setAside } = openLedgerToWrite(path, nowMs, 'ours')
    ledger.db.close()
    expect(setAside).toBeNull()
  })

  test("older, and another home's, is not", () => {
    sql(`${tablesOfVersion1} INSERT INTO meta VALUES ('home-id', 'theirs')`)
    const { ledger, setAside } = openLedgerToWrite(path, nowMs, 'ours')
    ledger.db.close()
    expect(setAside?.why).toBe('it belongs to another Musette')
  })

  test('of a home whose settings were lost is used: nobody can say whose it is', () => {
    writeLedger(path)
    const { ledger, setAside } = openLedgerToWrite(path, nowMs, null)
    ledger.db.close()
    expect(setAside).toBeNull()
  })

  test('enlarged by a table of somebody else is used all the same', () => {
    writeLedger(path)
    sql('CREATE TABLE notes (a); ANALYZE')
    const { ledger, setAside } = openLedgerToWrite(path, nowMs, 'ours')
    ledger.db.close()
    expect(setAside).toBeNull()
  })
})

test('a second ledger set aside in the same millisecond does not take the place of the first', () => {
  const kept: string[] = []
  for (const text of ['first', 'second', 'third']) {
    rmSync(path, { force: true })
    writeFileSync(path, text)
    const { ledger, setAside } = openLedgerToWrite(path, nowMs)
    ledger.db.close()
    kept.push(readFileSync(setAside?.path ?? '', 'utf8'))
  }
  expect(kept).toEqual(['first', 'second', 'third'])
  expect([...filesBeside(path).keys()].filter(name => name.includes('damaged'))).toHaveLength(3)
})

test('what a process that was killed had moved aside stays, and the rest follows', () => {
  writeLedger(path)
  markUnfit(path, 'column state')
  // The log was moved; the ledger itself is sound, and too old without it.
  writeFileSync(`${path}.damaged-before-wal`, 'the newest rows')
  const { ledger, setAside } = openLedgerToWrite(path, nowMs, 'ours')
  expect(readAll(ledger)).toBe(0)
  ledger.db.close()
  expect(setAside?.why).toBe('column state')
  expect(readFileSync(`${path}.damaged-before-wal`, 'utf8')).toBe('the newest rows')
  expect(existsSync(`${path}.unfit`)).toBe(false)
})

test('a mark that is left over where nothing else is means nothing', () => {
  markUnfit(path, 'column state')
  const { ledger, setAside } = openLedgerToWrite(path, nowMs)
  ledger.db.close()
  expect(setAside).toBeNull()
  // What came after it is not damned by it.
  const again = openLedgerToWrite(path, nowMs)
  again.ledger.db.close()
  expect(again.setAside).toBeNull()
})

describe('who only looks', () => {
  test.each([
    ['a folder', () => mkdirSync(path)],
    ['a text', () => writeFileSync(path, 'hello')],
    ["another program's", () => sql(`CREATE TABLE notes (a); PRAGMA user_version = ${ledgerVersion}`)],
    ['without a version', () => sql('CREATE TABLE notes (a)')],
  ])('is told of a damaged ledger that is %s, and changes nothing', (_what, make) => {
    make()
    const names = [...filesBeside(path).keys()]
    expect(() => openLedgerToRead(path)).toThrow(expect.objectContaining({ code: 'ledger-damaged' }))
    expect([...filesBeside(path).keys()]).toEqual(names)
  })
})

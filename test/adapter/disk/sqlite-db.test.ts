import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteDb } from '../../../electron/adapters/sqlite-db.ts'
import type { Db } from '../../../electron/sync/ports/db.ts'

let root: string
let db: Db
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'musette-db-'))
  db = openSqliteDb(join(root, 'x.sqlite'))
  db.script(
    'CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT; CREATE TABLE u (n INTEGER REFERENCES t (n)) STRICT',
  )
})
afterEach(() => {
  db.close()
  rmSync(root, { recursive: true, force: true })
})

const numbers = (): readonly unknown[] => db.all('SELECT n FROM t ORDER BY n').map(row => row['n'])
const insert = (n: number): unknown => db.run('INSERT INTO t (n) VALUES (?)', n)
const synchronous = (): unknown => db.get('PRAGMA synchronous')?.['synchronous']
const [normal, full] = [1, 2]

test('writes ahead, checks references, and is durable outside transactions', () => {
  expect(db.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' })
  expect(synchronous()).toBe(full)
  expect(() => db.run('INSERT INTO u (n) VALUES (7)')).toThrow(/FOREIGN KEY/)
})

test('asks macOS to flush the drive itself, which an ordinary flush does not do there', () => {
  expect(db.get('PRAGMA fullfsync')).toEqual({ fullfsync: 1 })
})

test.each([
  ['full', full],
  ['normal', normal],
] as const)(
  'a %s transaction is just as durable as it says, and what follows is full',
  (durability, level) => {
    expect(db.transaction(durability, synchronous)).toBe(level)
    expect(synchronous()).toBe(full)
  },
)

test('a failed transaction leaves nothing and does not hide its reason', () => {
  const bug = new TypeError('a bug')
  const work = (): void =>
    db.transaction('normal', () => {
      insert(1)
      throw bug
    })
  expect(work).toThrow(bug)
  expect([numbers(), synchronous()]).toEqual([[], full])
  db.transaction('full', () => insert(2))
  expect(numbers()).toEqual([2])
})

test('an inner transaction is part of the outer one', () => {
  const work = (): void =>
    db.transaction('full', () => {
      db.transaction('normal', () => insert(1))
      expect(synchronous()).toBe(full)
      throw new Error('after the inner one')
    })
  expect(work).toThrow('after the inner one')
  expect(numbers()).toEqual([])
})

test('a violated constraint inside is an error of the whole', () => {
  insert(1)
  const work = (): void =>
    db.transaction('full', () => {
      insert(2)
      insert(1)
    })
  expect(work).toThrow(expect.objectContaining({ code: 'disk-error' }))
  expect(numbers()).toEqual([1])
})

test('what is no database is damaged', () => {
  const path = join(root, 'y.sqlite')
  writeFileSync(path, 'this is no database, however long it may be '.repeat(50))
  expect(() => openSqliteDb(path)).toThrow(expect.objectContaining({ code: 'ledger-damaged', file: path }))
})

test('a new one makes no journal file, beside which a kill would leave it unreadable', () => {
  const path = join(root, 'new.sqlite')
  // Where none can be made it would fail.
  mkdirSync(`${path}-journal`)
  const fresh = openSqliteDb(path)
  expect(fresh.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' })
  fresh.close()
})

test('a reader sees what another writes, and cannot write', () => {
  const reader = openSqliteDb(join(root, 'x.sqlite'), { readOnly: true })
  insert(3)
  expect(reader.all('SELECT n FROM t')).toEqual([{ n: 3 }])
  expect(() => reader.run('INSERT INTO t (n) VALUES (4)')).toThrow(/readonly/)
  reader.close()
})

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteDb } from '../../../../electron/adapters/sqlite-db.ts'
import { openLedgerToRead, openLedgerToWrite } from '../../../../electron/host/open-ledger.ts'
import { AppError } from '../../../../shared/app-error.ts'
import { filesBeside, nowMs, randomFrom, readAll, restore, writeLedger } from './ledger-of-a-home.ts'

const seed = Number(process.env['MUSETTE_TEST_SEED'] ?? 20_261_121)
let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'musette-flips-'))
  path = join(folder, 'ledger.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

type Fate = 'set aside' | 'found while reading' | 'unnoticed'

/** What a start makes of the damaged files there, and a first look into all of it. Anything but an AppError is thrown on. */
function startOver(): Fate {
  const before = filesBeside(path)
  try {
    openLedgerToRead(path)?.db.close()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  const { ledger, setAside } = openLedgerToWrite(path, nowMs, 'ours')
  try {
    if (setAside === null) return readAll(ledger) === 40 ? 'unnoticed' : 'found while reading'
    for (const ending of ['', '-wal']) {
      const kept = before.get(`ledger.sqlite${ending}`)
      if (kept === undefined || kept.length === 0) continue
      expect(readFileSync(`${setAside.path}${ending}`).equals(kept)).toBe(true)
    }
    expect(readAll(ledger)).toBe(0)
    return 'set aside'
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ledger-damaged') throw error
    return 'found while reading'
  } finally {
    ledger.db.close()
  }
}

/** Flips one bit in a file, `count` times anew, at places spread over it. */
function flip(name: string, count: number, from = 0, upTo = 1): Readonly<Record<Fate, number>> {
  const random = randomFrom(seed)
  const whole = filesBeside(path)
  const bytes = whole.get(name) ?? Buffer.alloc(0)
  expect(bytes.length).toBeGreaterThan(0)
  const fates = { 'set aside': 0, 'found while reading': 0, unnoticed: 0 }
  for (let turn = 0; turn < count; turn += 1) {
    const damaged = Buffer.from(bytes)
    const at = Math.floor(bytes.length * (from + (upTo - from) * random()))
    damaged[at] = (damaged[at] ?? 0) ^ (1 << Math.floor(random() * 8))
    restore(path, new Map([...whole, [name, damaged]]))
    try {
      fates[startOver()] += 1
    } catch (error) {
      // Nothing may come of it that is not foreseen, except that the version may read as a newer one's.
      if (error instanceof AppError && error.code === 'ledger-newer') fates['set aside'] += 1
      else throw new Error(`bit flip at ${at} of ${name}`, { cause: error })
    }
  }
  restore(path, whole)
  return fates
}

test('a flipped bit anywhere is set aside, found in time, or harms nothing', () => {
  writeLedger(path)
  const fates = flip('ledger.sqlite', 150)
  console.log(`seed ${seed}: ${JSON.stringify(fates)}`)
  expect(fates['set aside'] + fates['found while reading']).toBeGreaterThan(5)
})

test('in the header it is set aside, but where the header says nothing that matters', () => {
  writeLedger(path)
  const bytes = readFileSync(path)
  const fates = flip('ledger.sqlite', 60, 0, 100 / bytes.length)
  console.log(`seed ${seed}: ${JSON.stringify(fates)}`)
  expect(fates['set aside']).toBeGreaterThan(5)
})

test('in the log, or its index, it costs what was written last at most', () => {
  writeLedger(path)
  // As a killed process leaves it: what came last is in the log alone.
  const db = openSqliteDb(path)
  db.script("INSERT INTO meta VALUES ('athlete-time-zone', 'Europe/Berlin')")
  const killed = filesBeside(path)
  db.close()
  restore(path, killed)
  expect(killed.get('ledger.sqlite-wal')?.length).toBeGreaterThan(0)
  for (const name of ['ledger.sqlite-wal', 'ledger.sqlite-shm']) {
    const fates = flip(name, 40)
    console.log(`seed ${seed}, ${name}: ${JSON.stringify(fates)}`)
    expect(fates['found while reading']).toBe(0)
  }
})

test('without its log the ledger is the older one, and whole', () => {
  writeLedger(path)
  const db = openSqliteDb(path)
  db.script("DELETE FROM history; INSERT INTO meta VALUES ('athlete-time-zone', 'Europe/Berlin')")
  const killed = filesBeside(path)
  db.close()
  restore(path, new Map([...killed].filter(([name]) => !name.endsWith('-wal'))))
  expect(startOver()).toBe('unnoticed')
})

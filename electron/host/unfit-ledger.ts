import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { AppError } from '../../shared/app-error.ts'
import { diskError, systemCode } from '../adapters/disk-errors.ts'
import { flushFolderSync } from '../adapters/flush-folder.ts'
import { openSqliteDb, orMisshapen } from '../adapters/sqlite-db.ts'
import { openLedger } from '../sync/ledger/ledger.ts'
import {
  assertShape,
  checkFile,
  knownVersion,
  ledgerVersion,
  prepareLedger,
  shapeOf,
} from '../sync/ledger/schema.ts'

/** The whole check reads every index, which takes a second in a large ledger: once a day is enough. */
const wholeCheckEveryMs = 86_400_000

/** SQLite's files; the ledger itself comes last, so that what is left of a half moved one is that. */
const besides = ['-journal', '-shm', '-wal'] as const
const endings = [...besides, ''] as const

const markOf = (path: string): string => `${path}.unfit`

/**
 * Notes beside a ledger that it is damaged in a way that only showed while it was used: the next start sets it aside.
 * Best effort; what cannot be noted shows again.
 */
export function markUnfit(path: string, why: string): void {
  try {
    writeFileSync(markOf(path), `${why}\n`, { mode: 0o600, flush: true })
    flushFolderSync(dirname(path))
  } catch {
    // The folder can't be written to: the next start meets the damage itself.
  }
}

/** Forgets the mark: what it spoke of is put aside, or was taken away. */
export function clearMark(path: string): void {
  const mark = markOf(path)
  try {
    if (existsSync(mark) && statSync(mark).isFile()) rmSync(mark, { force: true })
  } catch (error) {
    // Left there, it would have the next start set a good ledger aside.
    throw diskError(error, mark)
  }
}

/**
 * Why the ledger there must not be used by this home, or null. It is only read, so that a damaged one can be set aside
 * as it is. Throws `ledger-newer`, and what stands in the way of reading it.
 */
export function whyUnfit(path: string, nowMs: number, homeId: string | null): string | null {
  const marked = textOf(markOf(path))
  if (marked !== null && endings.some(ending => existsSync(`${path}${ending}`))) {
    return marked.trim() || 'it is damaged'
  }
  const kind = ledgerKind(path)
  if (kind === 'other') return 'it is no file'
  const stranger = besides.find(ending => ledgerKind(`${path}${ending}`) === 'other')
  if (stranger !== undefined) return `what lies at ${basename(path)}${stranger} is no file`
  if (isNotBegun(path)) return null
  if (kind === 'absent' || sizeOf(path) === 0) return hasLog(path) ? 'only a part of it is there' : null
  try {
    assertFit(path, nowMs, homeId)
    return null
  } catch (error) {
    if (error instanceof AppError && error.code === 'ledger-damaged') return error.message
    throw error
  }
}

/** Whether it is time for a check that takes long. A clock that was set back must not put it off for years. */
export function isWholeCheckDue(checkedAtMs: number, nowMs: number): boolean {
  return Math.abs(nowMs - checkedAtMs) >= wholeCheckEveryMs
}

function assertFit(path: string, nowMs: number, homeId: string | null): void {
  const db = openSqliteDb(path, { readOnly: true })
  try {
    checkFile(db, 'quick')
    const version = knownVersion(db)
    if (version === 0) return
    // One that is older takes the shape of today when it is migrated, and is held against it then.
    if (version === ledgerVersion) assertShape(db, shapeOfToday())
    const { meta } = openLedger(db)
    const [owner, checkedAtMs] = orMisshapen(() => [meta.read('home-id'), meta.readNumber('checked-at') ?? 0])
    if (homeId !== null && owner !== null && owner !== homeId) {
      throw new AppError('ledger-damaged', 'it belongs to another Musette', 'give-up')
    }
    if (isWholeCheckDue(checkedAtMs, nowMs)) checkFile(db, 'whole')
  } finally {
    db.close()
  }
}

/** What a ledger of this version is made of. */
export function shapeOfToday(): ReadonlyMap<string, string> {
  const db = openSqliteDb(':memory:')
  try {
    prepareLedger(db)
    return shapeOf(db)
  } finally {
    db.close()
  }
}

/**
 * Moves the ledger's files aside, none of them changed, and answers the name it has now. What a killed process had moved
 * stays, and the rest follows at the next start, for it is marked until all is done.
 */
export function putAside(path: string, nowMs: number, why: string): string {
  markUnfit(path, why)
  const aside = freeName(`${path}.damaged-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`)
  for (const ending of endings) move(`${path}${ending}`, `${aside}${ending}`)
  // A power cut that undid one of the moves and not the mark's end would leave a ledger that is not whole.
  flushFolderSync(dirname(path))
  clearMark(path)
  return aside
}

function freeName(wanted: string): string {
  const isTaken = (name: string): boolean => endings.some(ending => existsSync(`${name}${ending}`))
  let name = wanted
  for (let number = 2; isTaken(name); number += 1) name = `${wanted}-${number}`
  return name
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw diskError(error, from)
  }
}

/** SQLite's first write to a new file is one page of this length, and the first to its log a header without a change. */
const pageBytes = 4096
const logHeaderBytes = 32

/** Whether a ledger's file is there and has never had anything in it: it is a new one. */
export function isNotBegun(path: string): boolean {
  return isBlank(path) && !hasLog(path)
}

/** Empty, or the length of its first page and zeros, where the power went while it was made. */
function isBlank(path: string): boolean {
  try {
    const stat = statSync(path)
    return stat.isFile() && stat.size <= pageBytes && readFileSync(path).every(byte => byte === 0)
  } catch {
    // Whoever opens it next tells what is wrong with it.
    return false
  }
}

function hasLog(path: string): boolean {
  const bytes = sizeOf(`${path}-wal`)
  return bytes > 0 && bytes !== logHeaderBytes
}

/** What lies at the ledger's place. */
export function ledgerKind(path: string): 'file' | 'absent' | 'other' {
  try {
    return statSync(path).isFile() ? 'file' : 'other'
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'absent'
    throw diskError(error, path)
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}

function textOf(path: string): string | null {
  try {
    // A pipe would never end.
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : null
  } catch {
    return null
  }
}

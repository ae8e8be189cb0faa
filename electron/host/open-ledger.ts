import { accessSync, chmodSync, constants, existsSync, truncateSync } from 'node:fs'
import { AppError } from '../../shared/app-error.ts'
import { diskError } from '../adapters/disk-errors.ts'
import { makePrivateFile } from '../adapters/private-files.ts'
import { openSqliteDb, orMisshapen } from '../adapters/sqlite-db.ts'
import { openLedger, type Ledger } from '../sync/ledger/ledger.ts'
import {
  assertShape,
  knownVersion,
  ledgerVersion,
  prepareLedger,
  readVersion,
} from '../sync/ledger/schema.ts'
import {
  clearMark,
  isNotBegun,
  isWholeCheckDue,
  ledgerKind,
  putAside,
  shapeOfToday,
  whyUnfit,
} from './unfit-ledger.ts'

/** A ledger that could not be used. */
export interface SetAside {
  /** Where it is kept, as it was. */
  readonly path: string
  readonly why: string
}

export interface OpenedLedger {
  readonly ledger: Ledger
  /** The one that was there before; null when it was fine, or when there was none. It must be rebuilt after that. */
  readonly setAside: SetAside | null
}

/**
 * Opens the ledger to write. One that is damaged, or another home's (`homeId` null: nobody asks), is set aside, whole,
 * and a fresh one begun. Throws `ledger-newer`, `disk-full`, `unreadable`.
 */
export function openLedgerToWrite(path: string, nowMs: number, homeId: string | null = null): OpenedLedger {
  assertWritable(path)
  const why = whyUnfit(path, nowMs, homeId)
  if (why !== null) return afresh(path, nowMs, why)
  clearMark(path)
  try {
    return { ledger: openAt(path, nowMs), setAside: null }
  } catch (error) {
    // It did not fit what it is migrated to.
    if (!(error instanceof AppError) || error.code !== 'ledger-damaged') throw error
    return afresh(path, nowMs, error.message)
  }
}

/**
 * SQLite would open what may not be written all the same, to fail at the first word; and it gives the two files beside a
 * ledger the ledger's own mode, which outlives the day when the ledger's is mended.
 */
function assertWritable(path: string): void {
  for (const ending of ['', '-wal', '-shm']) {
    const file = `${path}${ending}`
    try {
      if (!existsSync(file)) continue
      if (ending !== '' && !mayWrite(file)) chmodSync(file, 0o600)
      accessSync(file, constants.R_OK | constants.W_OK)
    } catch (error) {
      throw diskError(error, file)
    }
  }
}

function mayWrite(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

function afresh(path: string, nowMs: number, why: string): OpenedLedger {
  const aside = putAside(path, nowMs, why)
  return { ledger: openAt(path, nowMs), setAside: { path: aside, why } }
}

function openAt(path: string, nowMs: number): Ledger {
  // SQLite gives its two other files the same mode.
  makePrivateFile(path)
  if (isNotBegun(path)) empty(path)
  const db = openSqliteDb(path)
  try {
    orMisshapen(() => prepareLedger(db))
    assertShape(db, shapeOfToday())
    const ledger = openLedger(db)
    // A new one is whole, and any other was checked before it was opened.
    const checkedAtMs = ledger.meta.readNumber('checked-at') ?? 0
    if (isWholeCheckDue(checkedAtMs, nowMs)) ledger.meta.write('checked-at', String(nowMs))
    return ledger
  } catch (error) {
    db.close()
    throw error
  }
}

/** SQLite takes a file of zeros for damaged. */
function empty(path: string): void {
  try {
    truncateSync(path)
  } catch (error) {
    throw diskError(error, path)
  }
}

/** Opens the ledger to look at only; null when there is none yet. Works beside a Musette that writes. */
export function openLedgerToRead(path: string): Ledger | null {
  const kind = ledgerKind(path)
  if (kind === 'absent') return null
  if (kind === 'other') throw new AppError('ledger-damaged', 'it is no file', 'give-up', { file: path })
  if (isNotBegun(path)) return null
  const db = openSqliteDb(path, { readOnly: true })
  try {
    // Of a newer one is read what can be.
    if (readVersion(db) > ledgerVersion) return openLedger(db)
    const version = knownVersion(db)
    if (version === ledgerVersion) assertShape(db, shapeOfToday())
    if (version > 0) return openLedger(db)
  } catch (error) {
    db.close()
    throw error
  }
  db.close()
  return null
}

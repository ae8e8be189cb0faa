import { existsSync, renameSync } from 'node:fs'
import { AppError } from '../../shared/app-error.ts'
import { diskError } from '../adapters/disk-errors.ts'
import { openSqliteDb } from '../adapters/sqlite-db.ts'
import { openLedger, type Ledger } from '../sync/ledger/ledger.ts'
import { prepareLedger, readVersion } from '../sync/ledger/schema.ts'

export interface OpenedLedger {
  readonly ledger: Ledger
  /** Where a damaged ledger was put aside; null when it was fine. It must then be rebuilt. */
  readonly setAside: string | null
}

/** Opens the ledger to write. A damaged one is set aside, whole, and a fresh one begun. Throws `ledger-newer`, `disk-full`. */
export function openLedgerToWrite(path: string, nowMs: number): OpenedLedger {
  try {
    return { ledger: openAt(path), setAside: null }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ledger-damaged') throw error
    const setAside = `${path}.damaged-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`
    for (const ending of ['', '-wal', '-shm']) moveIfThere(`${path}${ending}`, `${setAside}${ending}`)
    return { ledger: openAt(path), setAside }
  }
}

function openAt(path: string): Ledger {
  const db = openSqliteDb(path)
  try {
    prepareLedger(db)
    return openLedger(db)
  } catch (error) {
    db.close()
    throw error
  }
}

function moveIfThere(from: string, to: string): void {
  if (!existsSync(from)) return
  try {
    renameSync(from, to)
  } catch (error) {
    throw diskError(error, from)
  }
}

/** Opens the ledger to look at only; null when there is none yet. Works beside a Musette that writes. */
export function openLedgerToRead(path: string): Ledger | null {
  if (!existsSync(path)) return null
  const db = openSqliteDb(path, { readOnly: true })
  if (readVersion(db) === 0) {
    db.close()
    return null
  }
  return openLedger(db)
}

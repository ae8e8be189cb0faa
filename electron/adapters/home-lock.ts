import { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../shared/app-error.ts'
import { makePrivateFile } from './private-files.ts'

/** The right to work on a home. */
export interface HomeLock {
  /** Gives it back. Twice is harmless. */
  release(): void
}

// SQLite's primary result codes (its documentation, "Result and Error Codes").
const SQLITE_BUSY = 5
const SQLITE_CANTOPEN = 14

/**
 * Takes the exclusive lock of a home, or answers null at once when another holds it, in this process or another.
 * It is an open exclusive transaction on an empty database, so it is the operating system that holds the lock and
 * frees it when the process dies, however it dies; there is nothing to go stale. Throws AppError `unreadable`
 * (cannot be opened or made) or `disk-error` (the file system cannot lock, or the file is another thing).
 *
 * The trap: POSIX drops a process's locks on a file as soon as it closes any handle on it. Never open, copy or hash
 * this file by other means in the process that holds the lock.
 */
export function takeHomeLock(lockFile: string): HomeLock | null {
  let database: DatabaseSync | null = null
  // Whoever could open it could lock it.
  makePrivateFile(lockFile)
  try {
    database = new DatabaseSync(lockFile, { timeout: 0 })
    // Nothing is ever written; a journal in memory makes sure that no file could be left beside it either.
    database.exec('PRAGMA journal_mode = MEMORY')
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database?.close()
    const code = resultCode(error)
    if (code === SQLITE_BUSY) return null
    const details = { cause: error, file: lockFile }
    if (code === SQLITE_CANTOPEN) {
      throw new AppError('unreadable', 'The lock of the home cannot be opened.', 'give-up', details)
    }
    throw new AppError('disk-error', 'The home cannot be locked.', 'give-up', details)
  }
  const held = database
  return {
    release: () => {
      if (held.isOpen) held.close()
    },
  }
}

function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  // Extended codes carry the primary one in their low byte.
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null
}

import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { AppError } from '../../shared/app-error.ts'
import type { Db, Row, SqlValue } from '../sync/ports/db.ts'

/** SQLite's primary result codes (https://sqlite.org/rescode.html). */
const damagedCodes = new Set([11, 26]) // CORRUPT, NOTADB
const unreadableCodes = new Set([3, 8, 14]) // PERM, READONLY, CANTOPEN
const misshapenCodes = new Set([1, 19, 20]) // ERROR (no such table, ...), CONSTRAINT, MISMATCH
const busyCode = 5
const fullCode = 13
/**
 * READONLY_ROLLBACK: the file was left in the middle of a change that was not kept in a WAL, as Musette keeps all of
 * its own. To let SQLite undo it would be to believe a journal that may belong to another file.
 */
const halfChangedCode = 776
/** On a full disk the shared index of the log cannot be made as large as it must be. */
const indexFullCode = 4874 // IOERR_SHMSIZE

function primaryCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : null
}

/** Only SQLite's own failures are expected trouble; anything else thrown by the work passes through unchanged. */
function sqliteError(error: unknown, file: string): unknown {
  const code = primaryCode(error)
  if (code === null || !(error instanceof Error)) return error
  const message = error.message
  if (damagedCodes.has(code))
    return new AppError('ledger-damaged', message, 'give-up', { cause: error, file })
  if ('errcode' in error && error.errcode === halfChangedCode) {
    const why = 'it was left in the middle of a change'
    return new AppError('ledger-damaged', why, 'give-up', { cause: error, file })
  }
  if (unreadableCodes.has(code)) return new AppError('unreadable', message, 'retry', { cause: error, file })
  if (code === busyCode) return new AppError('busy', message, 'retry', { cause: error, file })
  const isFull = code === fullCode || ('errcode' in error && error.errcode === indexFullCode)
  if (isFull) return new AppError('disk-full', message, 'retry', { cause: error, file })
  return new AppError('disk-error', message, 'retry', { cause: error, file })
}

/**
 * For statements that hold for every ledger there can be: one they do not fit is not made as its version says. Throws
 * `ledger-damaged` then, and anything else unchanged.
 */
export function orMisshapen<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof AppError) || !misshapenCodes.has(primaryCode(error.cause) ?? -1)) throw error
    const details = error.file === null ? { cause: error } : { cause: error, file: error.file }
    throw new AppError('ledger-damaged', error.message, 'give-up', details)
  }
}

/**
 * Opens an SQLite database in WAL mode. `readOnly` is for those who only look while another process may write.
 * Throws `ledger-damaged`, `unreadable`, `busy`, `disk-full` or `disk-error`.
 */
export function openSqliteDb(path: string, options: { readonly readOnly?: boolean } = {}): Db {
  const readOnly = options.readOnly ?? false
  const database = translatedFor(path, () => new DatabaseSync(path, { readOnly, timeout: 5000 }))
  return sqliteDb(database, path, readOnly)
}

function translatedFor<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw sqliteError(error, path)
  }
}

/** The port over a database that is open already; `path` is for its errors. Closes the database where it fails. */
export function sqliteDb(database: DatabaseSync, path: string, readOnly: boolean): Db {
  const translated = <T>(work: () => T): T => translatedFor(path, work)
  const statements = new Map<string, StatementSync>()
  let durability: 'full' | 'normal' = 'full'
  let depth = 0

  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const setDurability = (wanted: 'full' | 'normal'): void => {
    if (wanted === durability) return
    database.exec(`PRAGMA synchronous = ${wanted}`)
    durability = wanted
  }

  translated(() => {
    if (readOnly) return
    try {
      // A new one would have a journal file until it is in WAL mode; killed beside that, nobody could read it again.
      const { page_count: pages } = database.prepare('PRAGMA page_count').get() ?? {}
      if (pages === 0) database.exec('PRAGMA journal_mode = MEMORY')
      // macOS keeps a plain flush in the drive's own memory, where a power cut takes it; elsewhere this changes nothing.
      database.exec('PRAGMA fullfsync = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
      database.exec('PRAGMA foreign_keys = ON')
    } catch (error) {
      // Left open, a damaged file could not be set aside on Windows.
      database.close()
      throw error
    }
  })

  return {
    run: (sql, ...values: readonly SqlValue[]) =>
      translated(() => {
        const result = prepared(sql).run(...values)
        return { changes: Number(result.changes), lastId: Number(result.lastInsertRowid) }
      }),
    get: (sql, ...values) => translated(() => (prepared(sql).get(...values) as Row | undefined) ?? null),
    all: (sql, ...values) => translated(() => prepared(sql).all(...values) as readonly Row[]),
    script: sql => translated(() => database.exec(sql)),
    transaction: (wanted, work) =>
      translated(() => {
        if (depth > 0) return work()
        setDurability(wanted)
        database.exec('BEGIN IMMEDIATE')
        depth += 1
        try {
          const result = work()
          database.exec('COMMIT')
          return result
        } catch (error) {
          if (database.isTransaction) database.exec('ROLLBACK')
          throw error
        } finally {
          depth -= 1
          // A single statement outside a transaction is an intent or an outcome unless said otherwise.
          setDurability('full')
        }
      }),
    close: () => {
      statements.clear()
      if (database.isOpen) database.close()
    },
  }
}

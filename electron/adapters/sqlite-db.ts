import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { AppError } from '../../shared/app-error.ts'
import type { Db, Row, SqlValue } from '../sync/ports/db.ts'

/** SQLite's primary result codes (https://sqlite.org/rescode.html). */
const damagedCodes = new Set([11, 26]) // CORRUPT, NOTADB
const fullCode = 13

/** Only SQLite's own failures are expected trouble; anything else thrown by the work passes through unchanged. */
function sqliteError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error
  const code = Number(error.errcode) & 0xff
  const message = error.message
  if (damagedCodes.has(code))
    return new AppError('ledger-damaged', message, 'give-up', { cause: error, file })
  if (code === fullCode) return new AppError('disk-full', message, 'retry', { cause: error, file })
  return new AppError('disk-error', message, 'retry', { cause: error, file })
}

/**
 * Opens an SQLite database in WAL mode. `readOnly` is for those who only look while another process may write.
 * Throws `ledger-damaged`, `disk-full` or `disk-error`.
 */
export function openSqliteDb(path: string, options: { readonly readOnly?: boolean } = {}): Db {
  const translated = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw sqliteError(error, path)
    }
  }
  const readOnly = options.readOnly ?? false
  const database = translated(() => new DatabaseSync(path, { readOnly, timeout: 5000 }))
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
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;')
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

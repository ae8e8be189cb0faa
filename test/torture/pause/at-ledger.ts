import { DatabaseSync, StatementSync } from 'node:sqlite'
import type { PausedStep } from '../steps.ts'
import type { Armed } from './armed.ts'
import { wrapMethod } from './wrap-method.ts'

interface Pair {
  readonly before: PausedStep | null
  readonly after: PausedStep | null
}

/** What a statement of a transaction makes of its commit; null for nothing of interest. */
export function commitOf(sql: string, values: readonly unknown[]): Pair | null {
  if (sql.includes('INSERT INTO recordings')) return { before: 'ride not committed', after: 'ride committed' }
  if (sql.includes('UPDATE recordings SET state')) {
    if (values[0] === 'uploading')
      return { before: 'intent not committed', after: 'intent committed, nothing sent' }
    if (values[0] === 'uploaded' || values[0] === 'alreadyThere')
      return { before: 'reply read, outcome not committed', after: 'outcome committed' }
  }
  if (sql.includes('INSERT INTO workout_files'))
    return { before: 'workout intent not committed', after: null }
  if (sql.includes("UPDATE workout_files SET state = 'written'"))
    return { before: 'workout file in place, manifest not committed', after: null }
  return null
}

/** Wraps statements and commits: a transaction is known by what was run in it. */
export function pauseAtLedger(armed: Armed): void {
  const known = new WeakMap<StatementSync, { readonly sql: string; readonly database: DatabaseSync }>()
  const pending = new WeakMap<DatabaseSync, Pair[]>()
  wrapMethod(DatabaseSync.prototype, 'prepare', (database, given, prepare) => {
    const statement = prepare(...given)
    if (statement instanceof StatementSync) known.set(statement, { sql: String(given[0]), database })
    return statement
  })
  wrapMethod(StatementSync.prototype, 'run', (statement, given, run) => {
    const of = known.get(statement)
    const pair = of === undefined ? null : commitOf(of.sql, given)
    if (of !== undefined && pair !== null) pending.get(of.database)?.push(pair)
    return run(...given)
  })
  wrapMethod(DatabaseSync.prototype, 'exec', (database, given, exec) => {
    const sql = String(given[0])
    if (sql.startsWith('BEGIN')) pending.set(database, [])
    const pairs = sql === 'COMMIT' ? (pending.get(database) ?? []) : []
    for (const { before } of pairs) if (before !== null) armed.meet(before)
    exec(...given)
    for (const { after } of pairs) if (after !== null) armed.meet(after)
  })
}

import { DatabaseSync } from 'node:sqlite'
import { sqliteDb } from '../../electron/adapters/sqlite-db.ts'
import { AppError } from '../../shared/app-error.ts'
import type { Db } from '../../electron/sync/ports/db.ts'
import type { SimProcess } from './process.ts'
import type { SimRandom } from './random.ts'

/** So many NORMAL commits may lie between two checkpoints here. */
const mostStates = 10

/**
 * The ledger's file: the real schema and statements on SQLite in memory. What a power cut may leave is what SQLite
 * promises for a WAL: the last FULL commit, or any NORMAL one after it (https://sqlite.org/pragma.html#pragma_synchronous).
 */
export class SimLedgerFile {
  #database = new DatabaseSync(':memory:')
  /** The last FULL state, then the state after each NORMAL commit since; empty while the last commit was FULL. */
  #states: Uint8Array[] = []
  /** The state as it is, where it was copied since the last change: most looks change nothing. */
  #lastCopy: Uint8Array | null = null
  /** While true every commit fails for want of room. */
  isFull = false

  /** The database as the process that opens it sees it. */
  open(process: SimProcess): Db {
    const database = this.#database
    const db = sqliteDb(database, 'ledger.sqlite', false)
    let depth = 0
    const counting = database.prepare('SELECT total_changes() AS n')
    const changes = (): number => Number(counting.get()?.['n'])
    const commit = <T>(durability: 'full' | 'normal', label: string, work: () => T): T => {
      process.effect(`ledger before ${label}`)
      if (this.isFull) throw new AppError('disk-full', 'database or disk is full', 'retry')
      if (durability === 'normal' && this.#states.length === 0) this.#states = [this.#copy(database)]
      const before = changes()
      const result = work()
      const hasChanged = changes() !== before
      if (hasChanged) this.#lastCopy = null
      // A commit that changes nothing writes nothing, and so makes nothing safe.
      if (durability === 'full' && hasChanged) this.#states = []
      // Before long a checkpoint makes the oldest safe.
      else if (hasChanged) this.#states = [...this.#states, this.#copy(database)].slice(-mostStates)
      else if (this.#states.length === 1) this.#states = []
      process.effect(`ledger after ${label}`)
      return result
    }
    const inTransaction = (sql: string): string => sql.trim().split(/\s+/).slice(0, 3).join(' ')
    return {
      run: (sql, ...values) => {
        if (depth > 0) {
          process.effect(`ledger ${inTransaction(sql)}`)
          return db.run(sql, ...values)
        }
        return commit('full', inTransaction(sql), () => db.run(sql, ...values))
      },
      get: (sql, ...values) => db.get(sql, ...values),
      all: (sql, ...values) => db.all(sql, ...values),
      script: sql => db.script(sql),
      transaction: (durability, work) => {
        if (depth > 0) return work()
        return commit(durability, `${durability} commit`, () => {
          depth += 1
          try {
            return db.transaction(durability, work)
          } finally {
            depth -= 1
          }
        })
      },
      close: () => undefined,
    }
  }

  /** What the disk would hold if the power went now, at the least. */
  durable(): DatabaseSync {
    return this.#states[0] === undefined ? this.#database : opened(this.#states[0])
  }

  /** For whoever looks on: the committed state. */
  get database(): DatabaseSync {
    return this.#database
  }

  /** The process is gone; what it committed stays. */
  afterKill(): void {
    this.#reopen(this.#withoutOpenTransaction())
  }

  /** The power is gone: the seed picks which of the commits that were not FULL survive. Says how many were lost. */
  afterPowerCut(random: SimRandom): number {
    const last = this.#withoutOpenTransaction()
    const kept = this.#states.length === 0 ? 0 : random.int(0, this.#states.length - 1)
    const lost = this.#states.length === 0 ? 0 : this.#states.length - 1 - kept
    this.#reopen(this.#states[kept] ?? last)
    return lost
  }

  /** The file is gone: the next process begins with an empty one. */
  lose(): void {
    this.#database = new DatabaseSync(':memory:')
    this.#states = []
    this.#lastCopy = null
  }

  #copy(database: DatabaseSync): Uint8Array {
    this.#lastCopy ??= database.serialize()
    return this.#lastCopy
  }

  #withoutOpenTransaction(): Uint8Array {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
    return this.#database.serialize()
  }

  #reopen(state: Uint8Array): void {
    // The old one is left to whoever still holds it: a dead process.
    this.#database = opened(state)
    this.#states = []
    this.#lastCopy = null
  }
}

function opened(state: Uint8Array): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  database.deserialize(state)
  return database
}

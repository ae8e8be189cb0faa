import { DatabaseSync } from 'node:sqlite'
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { sqliteDb } from '../../electron/adapters/sqlite-db.ts'
import { prepareLedger } from '../../electron/sync/ledger/schema.ts'
import { openLedger, type Ledger } from '../../electron/sync/ledger/ledger.ts'
import type { Db } from '../../electron/sync/ports/db.ts'
import type { Disk } from '../../electron/sync/ports/disk.ts'

/** A ledger in memory that can lose what a power cut may take at the most: all since its last FULL commit. */
export class FragileLedger {
  #database = new DatabaseSync(':memory:')
  #safe: Uint8Array
  readonly ledger: Ledger

  constructor() {
    const db = this.#port()
    prepareLedger(db)
    this.#safe = this.#database.serialize()
    this.ledger = openLedger(db)
  }

  /** What is safe now. */
  get safe(): Uint8Array {
    return this.#safe
  }

  /**
   * The power goes. What is asked of the ledger from now on is asked of what was left: on a disk that lies, of something
   * that was safe before.
   */
  cut(kept = this.#safe): void {
    const left = new DatabaseSync(':memory:')
    left.deserialize(kept)
    this.#safe = kept
    this.#database = left
    this.#db = sqliteDb(left, 'ledger.sqlite', false)
  }

  #db: Db = sqliteDb(this.#database, 'ledger.sqlite', false)

  #port(): Db {
    let depth = 0
    const commit = <T>(durability: 'full' | 'normal', work: () => T): T => {
      const count = (): unknown => this.#database.prepare('SELECT total_changes() AS n').get()?.['n']
      const before = count()
      const result = work()
      // A commit that changes nothing writes nothing, and so makes nothing safe.
      if (durability === 'full' && count() !== before) this.#safe = this.#database.serialize()
      return result
    }
    return {
      run: (sql, ...values) => {
        const work = () => this.#db.run(sql, ...values)
        return depth > 0 ? work() : commit('full', work)
      },
      get: (sql, ...values) => this.#db.get(sql, ...values),
      all: (sql, ...values) => this.#db.all(sql, ...values),
      script: sql => this.#db.script(sql),
      transaction: (durability, work) => {
        if (depth > 0) return work()
        return commit(durability, () => {
          depth += 1
          try {
            return this.#db.transaction(durability, work)
          } finally {
            depth -= 1
          }
        })
      },
      close: () => undefined,
    }
  }
}

/** A disk whose renames and removals a power cut undoes, all that no flush of their folder has made safe. */
export function fragileDisk(disk: Disk): { readonly disk: Disk; readonly cut: () => void } {
  let pending: { readonly folder: string; readonly undo: () => void }[] = []
  /** Puts back what is there now. */
  const remembered = (path: string): (() => void) => {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined) return () => rmSync(path, { force: true })
    const bytes = readFileSync(path)
    return () => {
      writeFileSync(path, bytes)
      utimesSync(path, stat.atime, stat.mtime)
    }
  }
  return {
    disk: {
      ...disk,
      rename: async (from, to) => {
        const restore = remembered(to)
        await disk.rename(from, to)
        const undo = (): void => {
          renameSync(to, from)
          restore()
        }
        pending.push({ folder: dirname(to), undo })
      },
      remove: async path => {
        const undo = remembered(path)
        await disk.remove(path)
        pending.push({ folder: dirname(path), undo })
      },
      flushFolder: async folder => {
        await disk.flushFolder(folder)
        pending = pending.filter(change => change.folder !== folder)
      },
    },
    cut: () => {
      for (const { undo } of pending.toReversed()) undo()
      pending = []
    },
  }
}

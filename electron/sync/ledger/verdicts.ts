import type { Db } from '../ports/db.ts'
import { textOf } from './columns.ts'

const prefix = 'verdict '

/** What is still to be written beside an archived copy; '' takes away what is there. */
export interface VerdictToKeep {
  readonly sha256: string
  readonly text: string
}

/** Verdicts that the ledger has and the archive has not yet: noted in the transaction that makes them. */
export class VerdictsToKeep {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  note({ sha256, text }: VerdictToKeep): void {
    this.#db.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', prefix + sha256, text)
  }

  all(): readonly VerdictToKeep[] {
    return this.#db
      .all('SELECT key, value FROM meta WHERE key > ? AND key < ?', prefix, `${prefix}g`)
      .map(row => ({ sha256: textOf(row, 'key').slice(prefix.length), text: textOf(row, 'value') }))
  }

  /** Forgets what has been written, unless it was decided otherwise since. */
  forget(kept: readonly VerdictToKeep[]): void {
    for (const { sha256, text } of kept)
      this.#db.run('DELETE FROM meta WHERE key = ? AND value = ?', prefix + sha256, text)
  }
}

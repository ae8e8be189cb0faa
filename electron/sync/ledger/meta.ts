import type { Db } from '../ports/db.ts'
import { textOf } from './columns.ts'

/** Small facts that must survive a restart. */
export type MetaKey =
  /** `<origin> <athlete id>`: a second witness beside settings.json. */
  | 'bound-to'
  /** Wall ms until which the service asked us to wait. */
  | 'paused-until'
  | 'last-sync-at'
  /** The source whose baseline was taken last: with it, all of the baseline is on the disk. A later one was lost. */
  | 'last-baseline'
  /** What was wrong at the last look, as JSON. */
  | 'troubles'
  /** A JSON list of what a rebuild has still to do: the archive, and ids of sources. */
  | 'to-rebuild'
  /** Which folder each source's was when files were last seen in it, as JSON. */
  | 'source-roots'
  /** Ids of trainers whose folder was the top of a mount when it was last looked at, as a JSON list. */
  | 'trainer-mounts'
  /** The random id of the home this ledger belongs to. */
  | 'home-id'
  /** Wall ms of the last whole check of the file. */
  | 'checked-at'
  /** The athlete's IANA time zone, as last told. */
  | 'athlete-time-zone'
  /** Wall ms at which the calendar of the coming days was last read. */
  | 'calendar-read-at'
  /** Why it could not be read the last time, as JSON; absent when it could. */
  | 'calendar-trouble'

export class MetaTable {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  read(key: MetaKey): string | null {
    const row = this.#db.get('SELECT value FROM meta WHERE key = ?', key)
    return row === null ? null : textOf(row, 'value')
  }

  readNumber(key: MetaKey): number | null {
    const text = this.read(key)
    const value = text === null ? Number.NaN : Number(text)
    return Number.isFinite(value) ? value : null
  }

  write(key: MetaKey, value: string | null): void {
    if (value === null) this.#db.run('DELETE FROM meta WHERE key = ?', key)
    else this.#db.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', key, value)
  }
}

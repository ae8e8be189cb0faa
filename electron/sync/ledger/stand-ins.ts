import type { Db } from '../ports/db.ts'
import { textOf } from './columns.ts'
import { fileOf, type FileRow } from './files.ts'

/** The archived copies that stand for rides which no file holds any more. See [Note: Stand-ins]. */
export class StandIns {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  /** The one that stands for a recording; null while a file does. */
  of(sha256: string): FileRow | null {
    const sql =
      'SELECT f.* FROM contents c JOIN files f ON f.id = c.file_id WHERE c.sha256 = ? AND f.id < 0 LIMIT 1'
    const row = this.#db.get(sql, sha256)
    return row === null ? null : fileOf(row)
  }

  /** Those of the rides that this file held before, the newest ride first. */
  ofEarlierRides(fileId: number): readonly FileRow[] {
    return this.#db
      .all(
        `SELECT f.* FROM past_contents p JOIN contents c ON c.sha256 = p.sha256 JOIN files f ON f.id = c.file_id
         JOIN recordings r ON r.sha256 = p.sha256
         WHERE p.file_id = ? AND f.id < 0 ORDER BY coalesce(r.start_time, '') DESC, f.id`,
        fileId,
      )
      .map(fileOf)
  }

  /** The paths at which a recording lay at some time, in order. */
  pastPaths(sha256: string): readonly string[] {
    const sql = `SELECT f.path FROM past_contents p JOIN files f ON f.id = p.file_id
      WHERE p.sha256 = ? AND f.id > 0 ORDER BY f.path`
    return this.#db.all(sql, sha256).map(row => textOf(row, 'path'))
  }
}

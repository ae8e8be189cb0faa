import type { Db } from '../ports/db.ts'
import { textOf } from './columns.ts'

/** Ids of all sources, known to the settings or not, of which something still waits: for time, the service or a word. */
export function sourcesWithOpenEnds(db: Db): readonly string[] {
  const rows = db.all(
    `SELECT source_id FROM files WHERE state IN ('waiting', 'held')
     UNION SELECT source_id FROM recordings WHERE state IN ('queued', 'retrying', 'held')`,
  )
  return rows.map(row => textOf(row, 'source_id'))
}

import { numberOf } from '../ledger/columns.ts'
import type { Db } from '../ports/db.ts'
import type { ListedFile } from './shown-counts.ts'

/** A file that another program is about to let go of alarms nobody. */
const bearableMs = 60_000

/**
 * The files that could not be read or copied for longer than a minute, newest first: nothing comes of them unless
 * somebody mends something. Reads no more than the files that are to be looked at again.
 */
export function unreadableFiles(db: Db, nowMs: number): readonly ListedFile[] {
  return db
    .all(
      // Nobody has looked inside any of them, so their own word and time are what the list shows.
      `SELECT id, mtime_ms FROM files
       WHERE check_at IS NOT NULL AND is_present = 1 AND examined = 0 AND state = 'waiting'
         AND reason_code IN ('cannot-read', 'copy-failed') AND still_since <= ?
       ORDER BY mtime_ms DESC, id DESC`,
      nowMs - bearableMs,
    )
    .map(row => ({ fileId: numberOf(row, 'id'), atMs: numberOf(row, 'mtime_ms') }))
}

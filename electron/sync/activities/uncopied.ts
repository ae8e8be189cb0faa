import type { Trouble } from '../../../shared/reports.ts'
import { textOf } from '../ledger/columns.ts'
import type { Ledger } from '../ledger/ledger.ts'

/**
 * Makes due at once what was put off because it could not be read or copied: whoever asks for a sync may just have mended
 * what was in the way. What is settling or half written keeps its time.
 */
export function hastenPostponed({ db }: Ledger, nowMs: number): void {
  db.run(
    `UPDATE files SET check_at = ? WHERE check_at > ? AND is_present = 1 AND state = 'waiting'
       AND reason_code IN ('copy-failed', 'cannot-read', 'disk-low')`,
    ...[nowMs, nowMs],
  )
}

/** Files whose copy into the archive failed, as one trouble for people; null for none. A full disk is told of by others. */
export function uncopiedTrouble({ db }: Ledger): Trouble | null {
  const paths = db
    .all(
      `SELECT path FROM files WHERE check_at IS NOT NULL AND is_present = 1 AND examined = 0 AND state = 'waiting'
         AND reason_code = 'copy-failed' ORDER BY path`,
    )
    .map(row => textOf(row, 'path'))
  const [first] = paths
  if (first === undefined) return null
  const what = paths.length === 1 ? first : `${first} and ${paths.length - 1} more`
  const message = `${what} could not be copied into the archive, and nothing is sent without a copy. The next sync tries again.`
  return { code: 'copy-failed', message, file: first }
}

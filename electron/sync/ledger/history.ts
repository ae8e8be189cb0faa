import type { ActivityState } from '../../../shared/states.ts'
import type { Reason } from '../../../shared/reasons.ts'
import type { Db, Row } from '../ports/db.ts'
import { numberOf, reasonOf, stateOf, textOrNull } from './columns.ts'

export interface HistoryLine {
  readonly atMs: number
  readonly state: ActivityState
  readonly reason: Reason
}

/** A line, and whose it is. */
export interface StoryLine extends HistoryLine {
  /** The recording it tells of; null for the file itself. */
  readonly sha256: string | null
}

/** Everything that ever happened to a file or a recording, in order. */
export class HistoryTable {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  add(subject: { readonly fileId: number } | { readonly sha256: string }, line: HistoryLine): void {
    this.#db.run(
      'INSERT INTO history (at, file_id, sha256, state, reason_code, reason_detail) VALUES (?, ?, ?, ?, ?, ?)',
      ...[
        line.atMs,
        'fileId' in subject ? subject.fileId : null,
        'sha256' in subject ? subject.sha256 : null,
      ],
      ...[line.state, line.reason.code, line.reason.detail],
    )
  }

  /** The newest of the file's own lines; null when it has none. */
  lastOf(fileId: number): HistoryLine | null {
    const row = this.#db.get('SELECT * FROM history WHERE file_id = ? ORDER BY id DESC LIMIT 1', fileId)
    return row === null ? null : lineOf(row)
  }

  /** When the file was first told of, in ms; null when it never was. */
  firstAt(fileId: number): number | null {
    const row = this.#db.get('SELECT at FROM history WHERE file_id = ? ORDER BY id LIMIT 1', fileId)
    return row === null ? null : numberOf(row, 'at')
  }

  /** The file's own lines and those of the recordings now in it, oldest first. */
  of(fileId: number | null, recordings: readonly string[]): readonly StoryLine[] {
    return this.#db
      .all(
        `SELECT * FROM history WHERE file_id = ? OR sha256 IN (SELECT value FROM json_each(?)) ORDER BY id`,
        fileId,
        JSON.stringify(recordings),
      )
      .map(row => ({ ...lineOf(row), sha256: textOrNull(row, 'sha256') }))
  }
}

function lineOf(row: Row): HistoryLine {
  return { atMs: numberOf(row, 'at'), state: stateOf(row), reason: reasonOf(row) }
}

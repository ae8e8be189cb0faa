import type { ActivityState } from '../../../shared/states.ts'
import type { Reason } from '../../../shared/reasons.ts'
import type { Db, Row } from '../ports/db.ts'
import type { FileStat } from '../ports/disk.ts'
import { needsFolding, setFolded } from './file-list-schema.ts'
import { flagOf, numberOf, numberOrNull, reasonOf, stateOf, textOf, textOrNull } from './columns.ts'

/** Where a ride comes from: arrived after the baseline, wanted by the backfill, or there before and left alone. */
export type Origin = 'new' | 'backfill' | 'old'

/** What a path holds, and how it looked when it was last examined. */
export interface FileRow {
  readonly id: number
  /** True for an archived copy in place of a file. See [Note: Stand-ins]. */
  readonly isStandIn: boolean
  readonly sourceId: string
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  readonly identity: string
  /** False while nobody has looked inside since it last changed. */
  readonly isExamined: boolean
  /** Wall time of our first sight of these bytes. */
  readonly stillSinceMs: number
  /** When to look again though nothing changed; null for never. */
  readonly checkAtMs: number | null
  readonly origin: Origin
  readonly isPresent: boolean
  readonly isArchive: boolean
  readonly state: ActivityState
  readonly reason: Reason
}

/** One thing inside a file: a recording (with its hash), or an entry that is none (with its own state). */
export interface ContentRow {
  readonly position: number
  /** The entry's name in a zip; null for a plain or gzipped file. */
  readonly entry: string | null
  readonly sha256: string | null
  readonly bytes: number | null
  readonly state: ActivityState
  readonly reason: Reason
}

function originOf(row: Row): Origin {
  const value = textOf(row, 'origin')
  return value === 'backfill' || value === 'old' ? value : 'new'
}

/** A row of the files table. */
export function fileOf(row: Row): FileRow {
  return {
    id: numberOf(row, 'id'),
    isStandIn: numberOf(row, 'id') < 0,
    sourceId: textOf(row, 'source_id'),
    path: textOf(row, 'path'),
    size: numberOf(row, 'size'),
    mtimeMs: numberOf(row, 'mtime_ms'),
    ctimeMs: numberOf(row, 'ctime_ms'),
    identity: textOf(row, 'identity'),
    isExamined: flagOf(row, 'examined'),
    stillSinceMs: numberOf(row, 'still_since'),
    checkAtMs: numberOrNull(row, 'check_at'),
    origin: originOf(row),
    isPresent: flagOf(row, 'is_present'),
    isArchive: flagOf(row, 'is_archive'),
    state: stateOf(row),
    reason: reasonOf(row),
  }
}

function contentOf(row: Row): ContentRow {
  return {
    position: numberOf(row, 'position'),
    entry: textOrNull(row, 'entry'),
    sha256: textOrNull(row, 'sha256'),
    bytes: numberOrNull(row, 'bytes'),
    state: stateOf(row),
    reason: reasonOf(row),
  }
}

/** True when a stat shows the bytes that the row was made from. */
export function looksUnchanged(row: FileRow, stat: FileStat): boolean {
  return (
    row.size === stat.size &&
    row.mtimeMs === stat.mtimeMs &&
    row.ctimeMs === stat.ctimeMs &&
    row.identity === stat.identity
  )
}

/** The files table and what is in each file. Reads and writes; decides nothing. */
export class FilesTable {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  byPath(path: string): FileRow | null {
    const row = this.#db.get('SELECT * FROM files WHERE path = ?', path)
    return row === null ? null : fileOf(row)
  }

  byId(id: number): FileRow | null {
    const row = this.#db.get('SELECT * FROM files WHERE id = ?', id)
    return row === null ? null : fileOf(row)
  }

  ofSource(sourceId: string): readonly FileRow[] {
    return this.#db.all('SELECT * FROM files WHERE source_id = ? ORDER BY path', sourceId).map(fileOf)
  }

  all(): readonly FileRow[] {
    return this.#db.all('SELECT * FROM files ORDER BY path').map(fileOf)
  }

  /** The files in folders that hold a recording. */
  holding(sha256: string): readonly FileRow[] {
    return this.#db
      .all(
        'SELECT f.* FROM contents c JOIN files f ON f.id = c.file_id WHERE c.sha256 = ? AND f.id > 0 ORDER BY f.path',
        sha256,
      )
      .map(fileOf)
  }

  /** When the next unchanged file of a source is to be looked at again, among those still there; null for never. */
  nextCheckOf(sourceId: string): number | null {
    const row = this.#db.get(
      'SELECT min(check_at) AS at FROM files WHERE check_at IS NOT NULL AND is_present = 1 AND source_id = ?',
      sourceId,
    )
    return row === null ? null : numberOrNull(row, 'at')
  }

  /** When the next file that is settling, busy, changing, or to be read once more is to be looked at; null for none. */
  nextSettledAt(sourceIds: readonly string[]): number | null {
    const row = this.#db.get(
      `SELECT min(check_at) AS at FROM files WHERE check_at IS NOT NULL AND is_present = 1
         AND (state = 'waiting' AND reason_code IN ('settling', 'busy', 'changing') OR check_at = 0) AND source_id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(sourceIds),
    )
    return row === null ? null : numberOrNull(row, 'at')
  }

  /** True while a file of this source waits because the disk has no room for its copy. */
  isShortOfDisk(sourceId: string): boolean {
    const sql = `SELECT 1 AS yes FROM files WHERE check_at IS NOT NULL AND is_present = 1 AND source_id = ?
      AND state = 'waiting' AND reason_code = 'disk-low' LIMIT 1`
    return this.#db.get(sql, sourceId) !== null
  }

  insert(sourceId: string, path: string, stat: FileStat, origin: Origin, at: number, why: Reason): FileRow {
    const { lastId } = this.#db.run(
      `INSERT INTO files (id, source_id, path, size, mtime_ms, ctime_ms, identity, examined, still_since, check_at, origin,
         is_present, is_archive, state, reason_code, reason_detail)
       VALUES ((SELECT max(0, coalesce(max(id), 0)) + 1 FROM files), ?, ?, ?, ?, ?, ?, 0, ?, NULL, ?, 1, 0, 'waiting', ?, ?)`,
      ...[
        sourceId,
        path,
        stat.size,
        stat.mtimeMs,
        stat.ctimeMs,
        stat.identity,
        at,
        origin,
        why.code,
        why.detail,
      ],
    )
    if (needsFolding(path)) setFolded(this.#db, lastId, path)
    const row = this.byId(lastId)
    if (row === null) throw new TypeError('a row just inserted is not there')
    return row
  }

  /** Notes new bytes at a known path; they are unexamined from now on. */
  noteChanged(id: number, sourceId: string, stat: FileStat, origin: Origin, at: number): void {
    this.#db.run(
      `UPDATE files SET source_id = ?, size = ?, mtime_ms = ?, ctime_ms = ?, identity = ?, examined = 0, still_since = ?,
         check_at = NULL, origin = ?, is_present = 1, state = 'waiting', reason_code = 'not-looked-at',
         reason_detail = NULL WHERE id = ?`,
      ...[sourceId, stat.size, stat.mtimeMs, stat.ctimeMs, stat.identity, at, origin, id],
    )
  }

  /** Sets a file's own state; `isExamined` false asks for another look at the next scan. */
  setState(
    id: number,
    change: {
      readonly state: ActivityState
      readonly reason: Reason
      readonly checkAtMs: number | null
      readonly isExamined: boolean
      readonly isArchive: boolean
    },
  ): void {
    this.#db.run(
      `UPDATE files SET state = ?, reason_code = ?, reason_detail = ?, check_at = ?, examined = ?, is_archive = ?
       WHERE id = ?`,
      ...[change.state, change.reason.code, change.reason.detail, change.checkAtMs],
      ...[change.isExamined ? 1 : 0, change.isArchive ? 1 : 0, id],
    )
  }

  /** Makes checks planned after `limitMs` due, and rest that would begin in the future begin now. */
  forgetTimesAfter(limitMs: number, nowMs: number): void {
    this.#db.run('UPDATE files SET check_at = ? WHERE check_at > ?', nowMs, limitMs)
    this.#db.run('UPDATE files SET still_since = ? WHERE still_since > ?', nowMs, nowMs)
  }

  setPresent(id: number, isPresent: boolean): void {
    this.#db.run('UPDATE files SET is_present = ? WHERE id = ?', isPresent ? 1 : 0, id)
  }

  setCheckAt(id: number, checkAtMs: number): void {
    this.#db.run('UPDATE files SET check_at = ? WHERE id = ?', checkAtMs, id)
  }

  adopt(id: number, sourceId: string, origin: Origin): void {
    this.#db.run('UPDATE files SET source_id = ?, origin = ? WHERE id = ?', sourceId, origin, id)
  }

  contents(fileId: number): readonly ContentRow[] {
    return this.#db.all('SELECT * FROM contents WHERE file_id = ? ORDER BY position', fileId).map(contentOf)
  }

  /** The contents of every file, by file id. */
  allContents(): Map<number, ContentRow[]> {
    const byFile = new Map<number, ContentRow[]>()
    for (const row of this.#db.all('SELECT * FROM contents ORDER BY file_id, position')) {
      const fileId = numberOf(row, 'file_id')
      const list = byFile.get(fileId)
      if (list === undefined) byFile.set(fileId, [contentOf(row)])
      else list.push(contentOf(row))
    }
    return byFile
  }

  /** The paths that hold each recording, in order; one that has changed since holds nobody knows what. */
  pathsByRecording(): Map<string, string[]> {
    const byHash = new Map<string, string[]>()
    const rows = this.#db.all(
      `SELECT DISTINCT c.sha256, f.path FROM contents c JOIN files f ON f.id = c.file_id
       WHERE c.sha256 IS NOT NULL AND f.id > 0 AND f.examined = 1 ORDER BY f.path`,
    )
    for (const row of rows) {
      const sha256 = textOf(row, 'sha256')
      const list = byHash.get(sha256)
      if (list === undefined) byHash.set(sha256, [textOf(row, 'path')])
      else list.push(textOf(row, 'path'))
    }
    return byHash
  }

  setContents(fileId: number, contents: readonly ContentRow[]): void {
    // What stays is changed in place: taken out for a moment, a ride would get a stand-in and lose it again.
    this.#db.run(
      'DELETE FROM contents WHERE file_id = ? AND position NOT IN (SELECT value FROM json_each(?))',
      fileId,
      JSON.stringify(contents.map(item => item.position)),
    )
    for (const item of contents) {
      this.#db.run(
        `INSERT INTO contents (file_id, position, entry, sha256, bytes, state, reason_code, reason_detail)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (file_id, position) DO UPDATE SET entry = excluded.entry, sha256 = excluded.sha256,
           bytes = excluded.bytes, state = excluded.state, reason_code = excluded.reason_code,
           reason_detail = excluded.reason_detail`,
        ...[fileId, item.position, item.entry, item.sha256, item.bytes],
        ...[item.state, item.reason.code, item.reason.detail],
      )
      if (item.sha256 !== null) this.noteHeld(fileId, item.sha256)
    }
  }

  /** Notes for good that these bytes were seen at this path. */
  noteHeld(fileId: number, sha256: string): void {
    this.#db.run('INSERT OR IGNORE INTO past_contents (file_id, sha256) VALUES (?, ?)', fileId, sha256)
  }

  /** Hashes of everything that could be sent and was ever seen at this path. */
  everHeld(fileId: number): readonly string[] {
    return this.#db
      .all('SELECT sha256 FROM past_contents WHERE file_id = ?', fileId)
      .map(row => textOf(row, 'sha256'))
  }
}

import type { ActivityFacts, RecordingFormat } from '../../formats/proof.ts'
import type { ActivityState } from '../../../shared/states.ts'
import type { Reason } from '../../../shared/reasons.ts'
import type { Db, Row } from '../ports/db.ts'
import { flagOf, idsOf, numberOf, numberOrNull, reasonOf, stateOf, textOf, textOrNull } from './columns.ts'
import type { Origin } from './files.ts'

/** The bytes of one ride, and what became of them. */
export interface RecordingRow {
  readonly sha256: string
  readonly format: RecordingFormat
  readonly bytes: number
  /** Name without extension, as first seen; the upload is called `<baseName>.<format>`. */
  readonly baseName: string
  readonly startTime: string | null
  readonly durationS: number | null
  readonly distanceM: number | null
  readonly sport: string | null
  readonly subSport: string | null
  readonly device: string | null
  readonly sessions: number
  readonly sourceId: string
  readonly origin: Origin
  readonly isArchived: boolean
  readonly state: ActivityState
  readonly reason: Reason
  readonly nextAttemptAtMs: number | null
  /** True while an earlier request may have stored it: look before sending again. */
  readonly mustLookUp: boolean
  /** Failed attempts in a row. */
  readonly failures: number
  readonly activityIds: readonly string[]
  readonly changedAtMs: number
}

/** The part of a recording that its states change. */
export type RecordingChange = Pick<
  RecordingRow,
  'state' | 'reason' | 'nextAttemptAtMs' | 'mustLookUp' | 'failures' | 'activityIds'
>

function formatOf(row: Row): RecordingFormat {
  const value = textOf(row, 'format')
  return value === 'tcx' || value === 'gpx' ? value : 'fit'
}

function recordingOf(row: Row): RecordingRow {
  const origin = textOf(row, 'origin')
  return {
    sha256: textOf(row, 'sha256'),
    format: formatOf(row),
    bytes: numberOf(row, 'bytes'),
    baseName: textOf(row, 'base_name'),
    startTime: textOrNull(row, 'start_time'),
    durationS: numberOrNull(row, 'duration_s'),
    distanceM: numberOrNull(row, 'distance_m'),
    sport: textOrNull(row, 'sport'),
    subSport: textOrNull(row, 'sub_sport'),
    device: textOrNull(row, 'device'),
    sessions: numberOf(row, 'sessions'),
    sourceId: textOf(row, 'source_id'),
    origin: origin === 'backfill' || origin === 'old' ? origin : 'new',
    isArchived: flagOf(row, 'is_archived'),
    state: stateOf(row),
    reason: reasonOf(row),
    nextAttemptAtMs: numberOrNull(row, 'next_attempt_at'),
    mustLookUp: flagOf(row, 'must_look_up'),
    failures: numberOf(row, 'failures'),
    activityIds: idsOf(row, 'activity_ids'),
    changedAtMs: numberOf(row, 'changed_at'),
  }
}

export interface NewRecording {
  readonly sha256: string
  readonly format: RecordingFormat
  readonly bytes: number
  readonly baseName: string
  readonly facts: ActivityFacts
  readonly sourceId: string
  readonly origin: Origin
  readonly isArchived: boolean
  readonly state: ActivityState
  readonly reason: Reason
}

/**
 * SQL: the recording came from one of these sources (a JSON list), or a file of one of them holds it too. A file that
 * was there before its folder was added does not count: it was to be left alone.
 */
const belongsTo = (list: string): string =>
  `(source_id IN (SELECT value FROM json_each(${list})) OR EXISTS (
     SELECT 1 FROM contents c JOIN files f ON f.id = c.file_id
     WHERE c.sha256 = recordings.sha256 AND f.is_present = 1 AND f.origin <> 'old'
       AND f.source_id IN (SELECT value FROM json_each(${list}))))`

/** The recordings table. Reads and writes; decides nothing. */
export class RecordingsTable {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  byHash(sha256: string): RecordingRow | null {
    const row = this.#db.get('SELECT * FROM recordings WHERE sha256 = ?', sha256)
    return row === null ? null : recordingOf(row)
  }

  byHashStart(digits: string): readonly RecordingRow[] {
    return this.#db
      .all('SELECT * FROM recordings WHERE substr(sha256, 1, ?) = ? LIMIT 2', digits.length, digits)
      .map(recordingOf)
  }

  all(): readonly RecordingRow[] {
    return this.#db.all('SELECT * FROM recordings').map(recordingOf)
  }

  inState(state: ActivityState): readonly RecordingRow[] {
    return this.#db.all('SELECT * FROM recordings WHERE state = ?', state).map(recordingOf)
  }

  insert(recording: NewRecording, at: number): void {
    const { facts } = recording
    this.#db.run(
      `INSERT INTO recordings (sha256, format, bytes, base_name, start_time, duration_s, distance_m, sport, sub_sport,
         device, sessions, source_id, origin, is_archived, state, reason_code, reason_detail, next_attempt_at,
         must_look_up, failures, activity_ids, changed_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 0, 0, '[]', ?)`,
      ...[recording.sha256, recording.format, recording.bytes, recording.baseName],
      ...[
        facts.startTime,
        facts.durationS,
        facts.distanceM,
        facts.sport,
        facts.subSport,
        facts.device,
        facts.sessions,
      ],
      ...[recording.sourceId, recording.origin, recording.isArchived ? 1 : 0],
      ...[recording.state, recording.reason.code, recording.reason.detail, at],
    )
  }

  change(sha256: string, change: RecordingChange, at: number): void {
    this.#db.run(
      `UPDATE recordings SET state = ?, reason_code = ?, reason_detail = ?, next_attempt_at = ?, must_look_up = ?,
         failures = ?, activity_ids = ?, changed_at = ? WHERE sha256 = ?`,
      ...[
        change.state,
        change.reason.code,
        change.reason.detail,
        change.nextAttemptAtMs,
        change.mustLookUp ? 1 : 0,
      ],
      ...[change.failures, JSON.stringify(change.activityIds), at, sha256],
    )
  }

  setArchived(sha256: string, isArchived: boolean): void {
    this.#db.run('UPDATE recordings SET is_archived = ? WHERE sha256 = ?', isArchived ? 1 : 0, sha256)
  }

  setOrigin(sha256: string, origin: Origin, sourceId: string): void {
    this.#db.run('UPDATE recordings SET origin = ?, source_id = ? WHERE sha256 = ?', origin, sourceId, sha256)
  }

  /**
   * The next recording to send at `now` of the sources named, or null: new rides first and oldest first,
   * then backfill, newest first. Those in `except` are on their way already.
   */
  nextDue(now: number, sourceIds: readonly string[], except: readonly string[], withBackfill: boolean) {
    const row = this.#db.get(
      `SELECT * FROM recordings
       WHERE state IN ('queued', 'retrying') AND coalesce(next_attempt_at, 0) <= ?1 AND is_archived = 1
         AND ${belongsTo('?2')} AND sha256 NOT IN (SELECT value FROM json_each(?3))
         AND (?4 OR origin <> 'backfill')
       ORDER BY origin = 'backfill',
         CASE WHEN origin = 'backfill' THEN NULL ELSE coalesce(start_time, '9999') END,
         CASE WHEN origin = 'backfill' THEN start_time END DESC, sha256
       LIMIT 1`,
      ...[now, JSON.stringify(sourceIds), JSON.stringify(except), withBackfill ? 1 : 0],
    )
    return row === null ? null : recordingOf(row)
  }

  /** When the next unsent recording of these sources falls due; null when none is left. */
  nextDueAt(sourceIds: readonly string[], which: 'new' | 'backfill' | 'all' = 'all'): number | null {
    const row = this.#db.get(
      `SELECT min(coalesce(next_attempt_at, 0)) AS at FROM recordings
       WHERE state IN ('queued', 'retrying') AND is_archived = 1 AND ${belongsTo('?1')}
         AND (?2 = 'all' OR (origin = 'backfill') = (?2 = 'backfill'))`,
      ...[JSON.stringify(sourceIds), which],
    )
    return row === null ? null : numberOrNull(row, 'at')
  }

  /** Forgets the waits of all that is to be tried again, but those with one of these reasons. */
  makeDue(except: readonly string[]): void {
    this.#db.run(
      `UPDATE recordings SET next_attempt_at = NULL WHERE state = 'retrying' AND reason_code NOT IN
         (SELECT value FROM json_each(?))`,
      JSON.stringify(except),
    )
  }

  /** Makes what is to be tried again with this reason due no later than so long after it came to be so. */
  shortenWaits(reasonCode: string, waitMs: number): void {
    this.#db.run(
      `UPDATE recordings SET next_attempt_at = min(next_attempt_at, changed_at + ?)
       WHERE state = 'retrying' AND reason_code = ? AND next_attempt_at IS NOT NULL`,
      ...[waitMs, reasonCode],
    )
  }

  /** True when a whole ride of this source started between two instants (ISO). */
  hasRideBetween(sourceId: string, startsAfter: string, until: string): boolean {
    return (
      this.#db.get(
        'SELECT 1 AS yes FROM recordings WHERE source_id = ? AND start_time > ? AND start_time <= ? LIMIT 1',
        sourceId,
        startsAfter,
        until,
      ) !== null
    )
  }

  /** Makes attempts planned after `limitMs` due. */
  forgetTimesAfter(limitMs: number): void {
    this.#db.run('UPDATE recordings SET next_attempt_at = NULL WHERE next_attempt_at > ?', limitMs)
  }

  /**
   * Unsent recordings that no source named here can send: their own was removed, or never got into the settings, and no
   * other holds a file of theirs.
   */
  strays(sourceIds: readonly string[]): readonly RecordingRow[] {
    return this.#db
      .all(
        `SELECT * FROM recordings WHERE state IN ('queued', 'retrying')
           AND NOT ${belongsTo('?1')}`,
        JSON.stringify(sourceIds),
      )
      .map(recordingOf)
  }

  /** Recordings of rides that started between two instants (ISO). */
  startedBetween(from: string, until: string): readonly RecordingRow[] {
    return this.#db
      .all('SELECT * FROM recordings WHERE start_time >= ? AND start_time <= ?', from, until)
      .map(recordingOf)
  }

  /** Unsent recordings of a source. */
  unsentOf(sourceId: string): readonly RecordingRow[] {
    return this.#db
      .all(
        `SELECT * FROM recordings WHERE source_id = ? AND state IN ('queued', 'retrying', 'held')`,
        sourceId,
      )
      .map(recordingOf)
  }
}

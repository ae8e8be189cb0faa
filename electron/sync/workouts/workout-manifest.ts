import { join } from 'node:path'
import { readZwo } from '../../formats/workout/read-zwo.ts'
import type { Db, Row, SqlValue } from '../ports/db.ts'
import type { ManifestFile, WantedWorkout } from './plan-types.ts'
import { workoutFileState, type SkipReason, type WorkoutFileState } from './workout-schema.ts'

/** A row whose act was begun and whose outcome was not written: the work of recovery. */
export interface UnfinishedFile {
  readonly id: number
  readonly kind: 'intended' | 'placing' | 'removing'
  readonly fileName: string
  readonly tempName: string
  readonly sha256: string
}

/** One line of what the window and `status` show about a trainer. */
export interface ManifestEntry {
  readonly trainerId: string
  readonly eventId: string
  /** Local date. */
  readonly date: string
  readonly name: string
  /** Null for an event without a file. */
  readonly path: string | null
  readonly state: WorkoutFileState | 'skipped'
  /** Null where the state says it all. */
  readonly reasonCode: SkipReason | null
}

export interface SkippedEvent {
  readonly trainerId: string
  readonly eventId: string
  readonly date: string
  readonly name: string
  readonly reasonCode: SkipReason
}

/** Everything written for a trainer and not yet forgotten. A row in the midst of an act is in `unfinished`. */
export function loadManifest(
  db: Db,
  trainerId: string,
): { readonly files: readonly ManifestFile[]; readonly unfinished: readonly UnfinishedFile[] } {
  const files: ManifestFile[] = []
  const unfinished: UnfinishedFile[] = []
  for (const row of db.all('SELECT * FROM workout_files WHERE trainer_id = ? ORDER BY id', trainerId)) {
    const state = workoutFileState(text(row, 'state'))
    if (state === 'intended' || state === 'placing' || state === 'removing') {
      unfinished.push({
        id: Number(row['id']),
        kind: state,
        fileName: text(row, 'file_name'),
        tempName: text(row, 'temp_name'),
        sha256: text(row, 'sha256'),
      })
    } else if (state !== null) {
      files.push({ ...manifestFile(row), state })
    }
  }
  return { files, unfinished }
}

function manifestFile(row: Row): Omit<ManifestFile, 'state'> {
  const content = row['content']
  const read = content instanceof Uint8Array ? readZwo(content) : null
  return {
    id: Number(row['id']),
    eventId: text(row, 'event_id'),
    eventDate: text(row, 'event_date'),
    eventName: text(row, 'event_name'),
    fileName: text(row, 'file_name'),
    wantedName: text(row, 'wanted_name'),
    version: text(row, 'version'),
    sha256: text(row, 'sha256'),
    folderIdentity: text(row, 'folder_identity'),
    workout: read?.kind === 'workout' ? read.workout : null,
  }
}

/** Commits to disk that a file is about to be written; answers its row's id. */
export function intendWrite(
  db: Db,
  intent: {
    readonly trainerId: string
    readonly folder: string
    readonly folderIdentity: string
    readonly event: WantedWorkout
    readonly fileName: string
    readonly wantedName: string
    readonly tempName: string
    /** True where the trainer rewrites what it accepts. */
    readonly keepContent: boolean
  },
): number {
  const { event } = intent
  return db.transaction('full', () => {
    db.run('INSERT OR IGNORE INTO workout_bytes (sha256) VALUES (?)', event.sha256)
    return db.run(
      `INSERT INTO workout_files (trainer_id, event_id, event_date, event_name, folder, folder_identity,
       file_name, wanted_name, version, sha256, content, temp_name, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'intended')`,
      intent.trainerId,
      event.eventId,
      event.date,
      event.name,
      intent.folder,
      intent.folderIdentity,
      intent.fileName,
      intent.wantedName,
      event.version,
      event.sha256,
      intent.keepContent ? event.content : null,
      intent.tempName,
    ).lastId
  })
}

/** Commits to disk that the file of this row is in place; what it took the place of, or superseded, is forgotten. */
export function recordWritten(db: Db, id: number, forget: readonly number[]): void {
  db.transaction('full', () => {
    db.run(
      `DELETE FROM workout_files WHERE id <> ?1 AND EXISTS (SELECT 1 FROM workout_files AS new WHERE new.id = ?1
       AND new.trainer_id = workout_files.trainer_id AND lower(new.file_name) = lower(workout_files.file_name))`,
      id,
    )
    for (const other of forget) db.run('DELETE FROM workout_files WHERE id = ?', other)
    db.run("UPDATE workout_files SET state = 'written' WHERE id = ?", id)
  })
}

/** Commits a state to disk: an intent to rename or to remove, or that it did not come about. */
export function recordState(
  db: Db,
  id: number,
  state: 'intended' | 'placing' | 'removing' | 'written',
): void {
  db.transaction('full', () => db.run('UPDATE workout_files SET state = ? WHERE id = ?', state, id))
}

/** Takes a row out of the manifest; whatever is in the folder is no longer ours. */
export function forgetFile(db: Db, id: number): void {
  db.transaction('full', () => db.run('DELETE FROM workout_files WHERE id = ?', id))
}

/** Brings a row up to date with what was seen. Seen again at the next pass, so it need not reach the disk at once. */
export function recordSeen(
  db: Db,
  file: ManifestFile,
  seen: {
    readonly state: ManifestFile['state']
    readonly eventDate: string
    readonly eventName: string
    readonly wantedName: string
    readonly folder: string
    readonly folderIdentity: string
  },
): void {
  db.run(
    `UPDATE workout_files SET state = ?, event_date = ?, event_name = ?, wanted_name = ?, folder = ?,
     folder_identity = ? WHERE id = ?`,
    seen.state,
    seen.eventDate,
    seen.eventName,
    seen.wantedName,
    seen.folder,
    seen.folderIdentity,
    file.id,
  )
}

/** Replaces what the last pass left out for a trainer. */
export function recordSkips(db: Db, trainerId: string, skips: readonly SkippedEvent[]): void {
  db.transaction('normal', () => {
    db.run('DELETE FROM workout_skips WHERE trainer_id = ?', trainerId)
    for (const skip of skips) {
      db.run(
        `INSERT OR REPLACE INTO workout_skips (trainer_id, event_id, event_date, event_name, reason_code)
         VALUES (?, ?, ?, ?, ?)`,
        trainerId,
        skip.eventId,
        skip.date,
        skip.name,
        skip.reasonCode,
      )
    }
  })
}

/** Did Musette write these bytes, ever? Then they are never taken for a ride. `sha256` is lower-case hex. */
export function ownsWorkoutBytes(db: Db, sha256: string): boolean {
  return db.get('SELECT 1 AS found FROM workout_bytes WHERE sha256 = ?', sha256) !== null
}

/** Forgets a trainer's manifest; its files stay. Answers the paths of those that were ours. */
export function removeTrainer(db: Db, trainerId: string): readonly string[] {
  return db.transaction('full', () => {
    const rows = db.all(
      `SELECT folder, file_name FROM workout_files
       WHERE trainer_id = ? AND state IN ('written', 'removing') ORDER BY file_name`,
      trainerId,
    )
    db.run('DELETE FROM workout_files WHERE trainer_id = ?', trainerId)
    db.run('DELETE FROM workout_skips WHERE trainer_id = ?', trainerId)
    return rows.map(pathOf)
  })
}

/** Every file and every event left out, of all trainers: by trainer, date and name. */
export function listManifest(db: Db): readonly ManifestEntry[] {
  const rows = db.all(
    `SELECT trainer_id, event_id, event_date, event_name, folder, file_name, state, NULL AS reason_code
     FROM workout_files
     UNION ALL
     SELECT trainer_id, event_id, event_date, event_name, NULL, NULL, 'skipped', reason_code FROM workout_skips
     ORDER BY trainer_id, event_date, event_name, event_id`,
  )
  return rows.map(row => {
    const state = workoutFileState(text(row, 'state')) ?? 'skipped'
    return {
      trainerId: text(row, 'trainer_id'),
      eventId: text(row, 'event_id'),
      date: text(row, 'event_date'),
      name: text(row, 'event_name'),
      path: row['file_name'] === null ? null : pathOf(row),
      state,
      reasonCode: state === 'skipped' ? skipReason(row['reason_code']) : stateReason(state),
    }
  })
}

function stateReason(state: WorkoutFileState): SkipReason | null {
  if (state === 'userDeleted') return 'user-deleted'
  return state === 'userChanged' ? 'user-changed' : null
}

const storedReasons: readonly SkipReason[] = ['no-workout', 'other-sport', 'device-full', 'same-file-there']

function skipReason(value: SqlValue | undefined): SkipReason | null {
  return storedReasons.find(reason => reason === value) ?? null
}

function pathOf(row: Row): string {
  return join(text(row, 'folder'), text(row, 'file_name'))
}

function text(row: Row, column: string): string {
  return String(row[column] ?? '')
}

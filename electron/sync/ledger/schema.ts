import type { Db } from '../ports/db.ts'
import { AppError } from '../../../shared/app-error.ts'
import { addFileList, fileListTables } from './file-list-schema.ts'
import { addStandIns, standInTables } from './stand-in-schema.ts'
import { calendarTables, workoutTables } from '../workouts/workout-schema.ts'

/** Raised with every change of the tables; `migrations[n]` leads from version n to n+1. */
export const ledgerVersion = 3

/*
 * A recording is the bytes of one ride and has the upload state. A file is a path that holds recordings
 * (one, or several in a zip) or, while it holds none, has a state of its own.
 */
const tables = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  source_id TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  mtime_ms REAL NOT NULL,
  ctime_ms REAL NOT NULL,
  identity TEXT NOT NULL,
  examined INTEGER NOT NULL,
  still_since REAL NOT NULL,
  check_at REAL,
  origin TEXT NOT NULL,
  is_present INTEGER NOT NULL,
  is_archive INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason_code TEXT NOT NULL,
  reason_detail TEXT
) STRICT;
CREATE INDEX files_by_source ON files (source_id);
CREATE INDEX files_by_check ON files (check_at) WHERE check_at IS NOT NULL;

CREATE TABLE contents (
  file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  entry TEXT,
  sha256 TEXT,
  bytes INTEGER,
  state TEXT NOT NULL,
  reason_code TEXT NOT NULL,
  reason_detail TEXT,
  PRIMARY KEY (file_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX contents_by_recording ON contents (sha256) WHERE sha256 IS NOT NULL;

CREATE TABLE past_contents (
  file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (file_id, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE recordings (
  sha256 TEXT PRIMARY KEY,
  format TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  base_name TEXT NOT NULL,
  start_time TEXT,
  duration_s REAL,
  distance_m REAL,
  sport TEXT,
  sub_sport TEXT,
  device TEXT,
  sessions INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  origin TEXT NOT NULL,
  is_archived INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason_code TEXT NOT NULL,
  reason_detail TEXT,
  next_attempt_at REAL,
  must_look_up INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  activity_ids TEXT NOT NULL,
  changed_at REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX recordings_by_state ON recordings (state, next_attempt_at);
CREATE INDEX recordings_by_start ON recordings (source_id, start_time);
CREATE INDEX recordings_by_time ON recordings (start_time);

CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  at REAL NOT NULL,
  file_id INTEGER REFERENCES files (id) ON DELETE CASCADE,
  sha256 TEXT,
  state TEXT NOT NULL,
  reason_code TEXT NOT NULL,
  reason_detail TEXT
) STRICT;
CREATE INDEX history_by_file ON history (file_id) WHERE file_id IS NOT NULL;
CREATE INDEX history_by_recording ON history (sha256) WHERE sha256 IS NOT NULL;

CREATE TABLE requests (
  minute INTEGER PRIMARY KEY,
  total INTEGER NOT NULL,
  backfill INTEGER NOT NULL
) STRICT;
`

/** From which the window's snapshot counts what is unsent, and when it falls due, without looking at the rows. */
const unsentIndex = `
CREATE INDEX recordings_by_due ON recordings (state, source_id, next_attempt_at);
`

/** In a fresh ledger's `to-rebuild`: whether the home is new, or has lost its ledger, is for the engine to say. */
export const unknownYet = 'unknown'

const migrations: readonly ((db: Db) => void)[] = [
  // 1 to 2: the calendar as last read, and the window's list of files.
  db => {
    db.script(calendarTables)
    addFileList(db)
    db.script(unsentIndex)
  },
  // 2 to 3: archived copies that stand for rides which no file holds any more.
  addStandIns,
]

/** The ledger's version; 0 for an empty database. */
export function readVersion(db: Db): number {
  return Number(db.get('PRAGMA user_version')?.['user_version'] ?? 0)
}

/** A version beyond this is no newer Musette's: the number itself is damaged. */
const farthestVersion = 9_999

function damaged(detail: string): AppError {
  return new AppError('ledger-damaged', detail, 'give-up')
}

/** The ledger's version, 0 for an empty one. Throws `ledger-damaged` for one that makes no sense, or `ledger-newer`. */
export function knownVersion(db: Db): number {
  const version = readVersion(db)
  if (version < 0 || version > farthestVersion) throw damaged(`there is no version ${version}`)
  if (version > ledgerVersion) {
    throw new AppError(
      'ledger-newer',
      `ledger version ${version}, this Musette knows ${ledgerVersion}`,
      'give-up',
    )
  }
  if (version === 0 && shapeOf(db).size > 0) throw damaged('it has tables, but no version')
  return version
}

/** Makes or migrates the tables. Throws what `knownVersion` throws. */
export function prepareLedger(db: Db): void {
  const version = knownVersion(db)
  db.transaction('full', () => {
    if (version === 0) {
      db.script(tables + workoutTables + calendarTables + fileListTables + unsentIndex + standInTables)
      db.run('INSERT INTO meta (key, value) VALUES (?, ?)', 'to-rebuild', JSON.stringify([unknownYet]))
    } else for (const migrate of migrations.slice(version - 1)) migrate(db)
    if (version !== ledgerVersion) db.script(`PRAGMA user_version = ${ledgerVersion}`)
  })
}

/** SQLite's own checks of the file: `whole` also holds each index against its table, and takes many times as long. */
export function checkFile(db: Db, depth: 'quick' | 'whole'): void {
  const found = db.get(depth === 'quick' ? 'PRAGMA quick_check(1)' : 'PRAGMA integrity_check(1)')
  const verdict = found === null ? 'no answer' : String(Object.values(found)[0])
  if (verdict !== 'ok') throw damaged(`integrity check: ${verdict}`)
}

/** How each table, index and trigger was made, by kind and name. */
export function shapeOf(db: Db): ReadonlyMap<string, string> {
  const rows = db.all(
    "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^' AND sql IS NOT NULL",
  )
  return new Map(rows.map(row => [`${String(row['type'])} ${String(row['name'])}`, String(row['sql'])]))
}

/** Throws `ledger-damaged` where something of `wanted` is missing or was made otherwise; more than that may be there. */
export function assertShape(db: Db, wanted: ReadonlyMap<string, string>): void {
  const there = shapeOf(db)
  for (const [name, sql] of wanted) {
    if (there.get(name) !== sql) throw damaged(`${name} is missing or changed`)
  }
}

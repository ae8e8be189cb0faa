/** The tables of a ledger as version 1 made them, word for word: what people have on their disks. Never to be changed. */
export const tablesOfVersion1 = `
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

CREATE TABLE IF NOT EXISTS workout_files (
  id INTEGER PRIMARY KEY,
  trainer_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  event_date TEXT NOT NULL,
  event_name TEXT NOT NULL,
  folder TEXT NOT NULL,
  folder_identity TEXT NOT NULL,
  file_name TEXT NOT NULL,
  wanted_name TEXT NOT NULL,
  version TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content BLOB,
  temp_name TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS workout_files_by_trainer ON workout_files (trainer_id);
CREATE TABLE IF NOT EXISTS workout_skips (
  trainer_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  event_date TEXT NOT NULL,
  event_name TEXT NOT NULL,
  reason_code TEXT NOT NULL,
  PRIMARY KEY (trainer_id, event_id)
) STRICT;
CREATE TABLE IF NOT EXISTS workout_bytes (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

PRAGMA user_version = 1;
`

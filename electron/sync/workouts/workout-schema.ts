/**
 * The manifest of what was written into trainers' folders, part of the ledger's schema.
 * `workout_files`: one row per version of an event that was written, and not yet forgotten. `version` tells whether an
 * event changed, `sha256` whether a file is still ours; `content` is kept where a program rewrites what it accepts.
 * `workout_skips`: what the last pass left out, and why. `workout_bytes`: every content ever written, for intake.
 */
export const workoutTables = `
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
`

/**
 * The calendar of the coming days as last read, notes and all. `has_file`: the service has a workout file for it;
 * `profile`: what is drawn of it, as JSON. When it was read, and why it could not be, stands in `meta`.
 */
export const calendarTables = `
CREATE TABLE calendar_events (
  event_id TEXT PRIMARY KEY,
  date TEXT NOT NULL,
  time TEXT,
  name TEXT NOT NULL,
  sport TEXT,
  category TEXT NOT NULL,
  has_file INTEGER NOT NULL,
  duration_s REAL,
  load REAL,
  profile TEXT,
  updated TEXT
) STRICT, WITHOUT ROWID;
`

/**
 * Where a row of the manifest stands.
 * `intended`: about to be written under its temporary name. `placing`: whole and safe under that name, about to get its
 * own. `written`: in the folder, and ours. `removing`: about to be removed. `delivered`: an inbox's device took it.
 * `userDeleted`: not written again until the event changes.
 * `userChanged`: it is the user's file now.
 */
export type WorkoutFileState =
  'intended' | 'placing' | 'written' | 'removing' | 'delivered' | 'userDeleted' | 'userChanged'

const states: readonly WorkoutFileState[] = [
  'intended',
  'placing',
  'written',
  'removing',
  'delivered',
  'userDeleted',
  'userChanged',
]

/** Null for a word that is no state. */
export function workoutFileState(word: string): WorkoutFileState | null {
  return states.find(state => state === word) ?? null
}

/** Why an event of the range has no file of ours in a trainer's folder, or why its file is left alone. */
export type SkipReason =
  | 'no-workout' // the service has no file for it in this format
  | 'other-sport' // the trainer's sports leave it out
  | 'device-full' // the device would silently delete others
  | 'same-file-there' // someone else put the same bytes there
  | 'user-deleted' // the user deleted ours
  | 'user-changed' // the user changed ours

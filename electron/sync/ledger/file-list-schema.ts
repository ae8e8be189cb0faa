import { statesByFinish } from '../../../shared/states.ts'
import type { Db } from '../ports/db.ts'
import { numberOf, textOf } from './columns.ts'

/** A recording's word counts above its content's; the order of states is that of `leastFinished`. */
const contentState = 'coalesce(r.state, c.state)'
const from = 'FROM contents c LEFT JOIN recordings r ON r.sha256 = c.sha256 WHERE c.file_id = f.id'
const firstOf = (what: string): string => `(SELECT ${what} ${from} ORDER BY c.position LIMIT 1)`
const leastFinishedOf = `(SELECT ${contentState} ${from}
    ORDER BY instr(' ${statesByFinish.join(' ')} ', ' ' || ${contentState} || ' ') LIMIT 1)`

const refresh = (which: string): string => `
  UPDATE file_list SET (source_id, shown_state, sort_at, sport) =
    (SELECT source_id, shown_state, sort_at, sport FROM file_shown s WHERE s.file_id = file_list.file_id)
  WHERE file_id ${which};`

/**
 * What the window's list of files is read from, part of the ledger's schema.
 * `file_shown`: each file's state as people see it (`FileTeller.whole` says the same), the moment it is sorted by (ms:
 * the ride's start, else the file's own time; a zip's is always its own) and its sport, where it has one.
 * `file_list`: the same, kept up to date by triggers whoever writes, in the order of the list: a page is a stretch of
 * it, and a filter or a search reads it from end to end without a single look into another table. Worked out anew for
 * each page, the view would take a second at 100,000 files; kept in memory, it would be as long to build after each
 * change, of which there are several a second while rides come in.
 * `folded`: the path as `foldText` makes it. SQLite folds ASCII alone, so `FilesTable.insert` writes the others.
 */
export const fileListTables = `
CREATE VIEW file_shown AS SELECT f.id AS file_id, f.source_id,
  CASE WHEN f.examined = 0 THEN f.state
    WHEN f.is_archive = 0 THEN coalesce(${firstOf(contentState)}, f.state)
    ELSE coalesce(nullif(${leastFinishedOf}, 'notActivity'), f.state) END AS shown_state,
  CASE WHEN f.examined = 0 OR f.is_archive = 1 THEN f.mtime_ms
    ELSE coalesce(${firstOf("round(unixepoch(r.start_time, 'subsec') * 1000)")}, f.mtime_ms) END AS sort_at,
  CASE WHEN f.examined = 0 THEN NULL
    ELSE (SELECT CASE WHEN min(r.sport) = max(r.sport) THEN min(r.sport) END ${from}) END AS sport
FROM files f;

CREATE TABLE file_list (
  file_id INTEGER NOT NULL UNIQUE REFERENCES files (id) ON DELETE CASCADE,
  source_id TEXT NOT NULL,
  shown_state TEXT NOT NULL,
  sort_at REAL NOT NULL,
  sport TEXT,
  folded TEXT NOT NULL,
  PRIMARY KEY (sort_at, file_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_list_by_source ON file_list (source_id, shown_state);
CREATE INDEX file_list_by_sport ON file_list (sport) WHERE sport IS NOT NULL;

CREATE TRIGGER file_list_file_new AFTER INSERT ON files BEGIN
  INSERT INTO file_list (file_id, source_id, shown_state, sort_at, sport, folded)
  SELECT file_id, source_id, shown_state, sort_at, sport, lower(new.path) FROM file_shown WHERE file_id = new.id;
END;
CREATE TRIGGER file_list_file_changed AFTER UPDATE OF source_id, mtime_ms, examined, is_archive, state ON files
WHEN old.source_id <> new.source_id OR old.mtime_ms <> new.mtime_ms OR old.examined <> new.examined
  OR old.is_archive <> new.is_archive OR old.state <> new.state
BEGIN ${refresh('= new.id')} END;
CREATE TRIGGER file_list_content_new AFTER INSERT ON contents BEGIN ${refresh('= new.file_id')} END;
CREATE TRIGGER file_list_content_changed AFTER UPDATE ON contents
BEGIN ${refresh('IN (old.file_id, new.file_id)')} END;
CREATE TRIGGER file_list_content_gone AFTER DELETE ON contents BEGIN ${refresh('= old.file_id')} END;
CREATE TRIGGER file_list_recording_new AFTER INSERT ON recordings
BEGIN ${refresh('IN (SELECT file_id FROM contents WHERE sha256 = new.sha256)')} END;
CREATE TRIGGER file_list_recording_changed AFTER UPDATE OF state, start_time, sport ON recordings
WHEN old.state <> new.state OR old.start_time IS NOT new.start_time OR old.sport IS NOT new.sport
BEGIN ${refresh('IN (SELECT file_id FROM contents WHERE sha256 = new.sha256)')} END;
CREATE TRIGGER file_list_recording_gone AFTER DELETE ON recordings
BEGIN ${refresh('IN (SELECT file_id FROM contents WHERE sha256 = old.sha256)')} END;
`

/** Text as it is searched: in one letter case and one form of its accents (some systems take names apart). */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

/** True where SQLite's own `lower` would not do. */
export function needsFolding(text: string): boolean {
  return /[^\0-\x7f]/.test(text)
}

/** Adds the list to a ledger that has files already. */
export function addFileList(db: Db): void {
  db.script(fileListTables)
  db.run(
    `INSERT INTO file_list (file_id, source_id, shown_state, sort_at, sport, folded)
     SELECT s.file_id, s.source_id, s.shown_state, s.sort_at, s.sport, lower(f.path)
     FROM file_shown s JOIN files f ON f.id = s.file_id`,
  )
  for (const row of db.all('SELECT id, path FROM files')) {
    const path = textOf(row, 'path')
    if (needsFolding(path)) setFolded(db, numberOf(row, 'id'), path)
  }
}

/** Notes a path whose letters SQLite cannot fold by itself. */
export function setFolded(db: Db, fileId: number, path: string): void {
  db.run('UPDATE file_list SET folded = ? WHERE file_id = ?', foldText(path), fileId)
}

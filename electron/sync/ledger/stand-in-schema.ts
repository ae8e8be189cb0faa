import type { Db } from '../ports/db.ts'

/*
 * [Note: Stand-ins] A ride whose file was overwritten, or that a rebuild found in the archive alone, would be in no list:
 * lists are of files. So where no file stands for a ride any more, its archived copy does, as a file of its own: its
 * stand-in. It is kept by triggers, whoever writes, and so is true at each commit. It goes when a file with those bytes
 * comes back.
 */

/** Digits of the hash that make its id: as many as a double holds exactly. */
const idDigits = 13

/** Below 0, where no other file's id is, and always the same: what was picked in a list never turns into another ride. */
const idOf = (sha256: string): string => {
  const digits = Array.from({ length: idDigits }, (_, at) => {
    const digit = `instr('123456789abcdef', substr(${sha256}, ${at + 1}, 1))`
    return `${digit} * ${16 ** (idDigits - 1 - at)}`
  })
  return `-(1 + ${digits.join(' + ')})`
}

/**
 * Every ride that needs one. Not those that were left where they lay (nothing of them was kept), nor the parts of a file
 * that went on growing: the longer version tells of those. A file that has changed stands for what it held until it has
 * been looked at again, or each touch of a folder would show all of its rides twice for a while.
 */
const wantedView = `
CREATE VIEW stand_ins_wanted AS SELECT r.*, ${idOf('r.sha256')} AS id,
  'archive/' || substr(r.sha256, 1, 2) || '/' || r.sha256 || '.' || r.format || '.gz' AS path
FROM recordings r
WHERE r.state <> 'tooOld' AND r.reason_code <> 'superseded' AND NOT EXISTS (
  SELECT 1 FROM contents c JOIN files f ON f.id = c.file_id
  WHERE c.sha256 = r.sha256 AND f.id > 0 AND (f.examined = 1 OR f.reason_code = 'not-looked-at'));
`

/** Its own state is never shown: the ride's counts. It is not there for scans, and is never looked at. */
const addThose = (which: string): string => `
  INSERT INTO files (id, source_id, path, size, mtime_ms, ctime_ms, identity, examined, still_since, check_at, origin,
    is_present, is_archive, state, reason_code, reason_detail)
  SELECT id, source_id, path, bytes, changed_at, 0, 'archive', 1, changed_at, NULL, origin, 0, 0, 'ignored', 'went-away', NULL
  FROM stand_ins_wanted w WHERE ${which} AND NOT EXISTS (SELECT 1 FROM files f WHERE f.id = w.id);
  INSERT INTO contents (file_id, position, entry, sha256, bytes, state, reason_code, reason_detail)
  SELECT id, 0, NULL, sha256, bytes, state, reason_code, reason_detail
  FROM stand_ins_wanted w WHERE ${which} AND NOT EXISTS (SELECT 1 FROM contents c WHERE c.file_id = w.id);
  UPDATE file_list SET folded = (
    SELECT lower(w.base_name || char(10) || w.path) || coalesce((
      SELECT char(10) || group_concat(l.folded, char(10))
      FROM past_contents p JOIN file_list l ON l.file_id = p.file_id WHERE p.sha256 = w.sha256), '')
    FROM stand_ins_wanted w WHERE w.id = file_list.file_id)
  WHERE file_id IN (SELECT id FROM stand_ins_wanted w WHERE ${which});`

const settle = (hashes: string): string => `
  DELETE FROM files WHERE id < 0 AND id IN (SELECT c.file_id FROM contents c WHERE c.file_id < 0 AND c.sha256 IN (${hashes}))
    AND NOT EXISTS (SELECT 1 FROM stand_ins_wanted w WHERE w.sha256 IN (${hashes}) AND w.id = files.id);
  ${addThose(`w.sha256 IN (${hashes})`)}`

/** Beside the tables of files and recordings, and their list. */
export const standInTables = `
CREATE INDEX past_contents_by_recording ON past_contents (sha256);
${wantedView}
CREATE TRIGGER stand_in_content_new AFTER INSERT ON contents WHEN new.file_id > 0 AND new.sha256 IS NOT NULL
BEGIN ${settle('new.sha256')} END;
CREATE TRIGGER stand_in_content_changed AFTER UPDATE OF sha256 ON contents
WHEN new.file_id > 0 AND old.sha256 IS NOT new.sha256
BEGIN ${settle('old.sha256, new.sha256')} END;
CREATE TRIGGER stand_in_content_gone AFTER DELETE ON contents WHEN old.file_id > 0 AND old.sha256 IS NOT NULL
BEGIN ${settle('old.sha256')} END;
CREATE TRIGGER stand_in_file_changed AFTER UPDATE OF examined, reason_code ON files
WHEN new.id > 0 AND (old.examined <> new.examined OR (new.examined = 0 AND old.reason_code <> new.reason_code))
BEGIN ${settle('SELECT sha256 FROM contents WHERE file_id = new.id')} END;
CREATE TRIGGER stand_in_recording_new AFTER INSERT ON recordings WHEN new.state <> 'tooOld'
BEGIN ${settle('new.sha256')} END;
CREATE TRIGGER stand_in_recording_changed AFTER UPDATE OF state, reason_code ON recordings
WHEN (old.state = 'tooOld') <> (new.state = 'tooOld') OR (old.reason_code = 'superseded') <> (new.reason_code = 'superseded')
BEGIN ${settle('new.sha256')} END;
CREATE TRIGGER stand_in_recording_moved AFTER UPDATE OF source_id ON recordings WHEN old.source_id <> new.source_id
BEGIN UPDATE files SET source_id = new.source_id WHERE id = ${idOf('new.sha256')}; END;
CREATE TRIGGER stand_in_recording_gone AFTER DELETE ON recordings
BEGIN DELETE FROM files WHERE id = ${idOf('old.sha256')}; END;
`

/** Adds the stand-ins to a ledger that has rides already. */
export function addStandIns(db: Db): void {
  db.script(standInTables)
  db.script(addThose('1'))
}

import { AppError } from '../../../shared/app-error.ts'
import type { ActivityState } from '../../../shared/states.ts'
import type { FileFilter } from '../../../shared/window-data.ts'
import { numberOf, stateOf, textOf } from '../ledger/columns.ts'
import { foldText } from '../ledger/file-list-schema.ts'
import { addDays, localMidnight } from '../local-date.ts'
import type { Db, SqlValue } from '../ports/db.ts'

/* Reads `file_list` (ledger/file-list-schema.ts): which files match, newest first. */

interface Condition {
  readonly sql: string
  readonly value: SqlValue
}

/** The instant a day begins; of a day that a zone left out (it crossed the date line), the next one's. */
function beginningOf(date: string, timeZone: string): number {
  const isDate = new Date(`${date}T00:00:00Z`).toString() !== 'Invalid Date' && addDays(date, 0) === date
  const at = isDate ? (localMidnight(date, timeZone) ?? localMidnight(addDays(date, 1), timeZone)) : null
  if (at === null) throw new AppError('bad-usage', `${date} is no date`, 'give-up')
  return at
}

function conditionsOf(filter: FileFilter, timeZone: string): readonly Condition[] {
  const text = foldText(filter.text.trim())
  const { states, sourceId, sport, from, to } = filter
  return [
    // Not LIKE: a % or _ in a name is a letter like any other.
    ...(text === '' ? [] : [{ sql: 'instr(folded, ?) > 0', value: text }]),
    ...(states.length === 0
      ? []
      : // The plus keeps the list's own order: an index by state would have to be sorted for each page.
        [{ sql: '+shown_state IN (SELECT value FROM json_each(?))', value: JSON.stringify(states) }]),
    ...(sourceId === null ? [] : [{ sql: '+source_id = ?', value: sourceId }]),
    ...(sport === null ? [] : [{ sql: '+sport = ?', value: sport }]),
    ...(from === null ? [] : [{ sql: 'sort_at >= ?', value: beginningOf(from, timeZone) }]),
    ...(to === null ? [] : [{ sql: 'sort_at < ?', value: beginningOf(addDays(checked(to), 1), timeZone) }]),
  ]
}

/** Reckoning with a date that does not exist would throw something nobody expects. */
function checked(date: string): string {
  if (Number.isNaN(Date.parse(`${date}T00:00:00Z`))) {
    throw new AppError('bad-usage', `${date} is no date`, 'give-up')
  }
  return date
}

function whereOf(conditions: readonly Condition[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
}

/** One page of the files that match, newest first, and how many match. Throws `bad-usage` for a date there is not. */
export function findFiles(
  db: Db,
  filter: FileFilter,
  timeZone: string,
  page: { readonly offset: number; readonly limit: number },
): { readonly total: number; readonly ids: readonly number[] } {
  const conditions = conditionsOf(filter, timeZone)
  const where = whereOf(conditions)
  const values = conditions.map(({ value }) => value)
  const count = db.get(`SELECT count(*) AS n FROM file_list ${where}`, ...values)
  const total = count === null ? 0 : numberOf(count, 'n')
  if (page.offset >= total) return { total, ids: [] }
  const ids = db
    .all(
      `SELECT file_id FROM file_list ${where} ORDER BY sort_at DESC, file_id DESC LIMIT ? OFFSET ?`,
      ...values,
      ...[page.limit, page.offset],
    )
    .map(row => numberOf(row, 'file_id'))
  return { total, ids }
}

/** The matching files with ids in a range, by id: for going through all of them in short pieces. */
export function matchingIds(
  db: Db,
  filter: FileFilter,
  timeZone: string,
  range: { readonly above: number; readonly upTo: number },
): readonly number[] {
  const conditions = [
    { sql: 'file_id > ?', value: range.above },
    { sql: 'file_id <= ?', value: range.upTo },
    ...conditionsOf(filter, timeZone),
  ]
  return db
    .all(
      `SELECT file_id FROM file_list ${whereOf(conditions)} ORDER BY file_id`,
      ...conditions.map(({ value }) => value),
    )
    .map(row => numberOf(row, 'file_id'))
}

/** The highest id there is; 0 for an empty list. */
export function lastFileId(db: Db): number {
  const row = db.get('SELECT coalesce(max(file_id), 0) AS id FROM file_list')
  return row === null ? 0 : numberOf(row, 'id')
}

/** All sports there are, in order. Hops from one to the next over the index: few sports, many files. */
export function sportsInList(db: Db): readonly string[] {
  return db
    .all(
      `WITH RECURSIVE each_sport (sport) AS (
         SELECT min(sport) FROM file_list WHERE sport IS NOT NULL
         UNION ALL
         SELECT (SELECT min(sport) FROM file_list WHERE sport > each_sport.sport) FROM each_sport
         WHERE each_sport.sport IS NOT NULL)
       SELECT sport FROM each_sport WHERE sport IS NOT NULL`,
    )
    .map(row => textOf(row, 'sport'))
}

/** How many files each source has in each state, as the list shows them; much cheaper than working it out anew. */
export function countShown(
  db: Db,
): readonly { readonly sourceId: string; readonly state: ActivityState; readonly count: number }[] {
  return db
    .all(
      'SELECT source_id, shown_state AS state, count(*) AS n FROM file_list GROUP BY source_id, shown_state',
    )
    .map(row => ({ sourceId: textOf(row, 'source_id'), state: stateOf(row), count: numberOf(row, 'n') }))
}

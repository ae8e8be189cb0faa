import { activityStates, type ActivityState } from '../../../shared/states.ts'
import { numberOf } from '../ledger/columns.ts'
import type { Db } from '../ports/db.ts'
import { countShown } from './file-list.ts'

/** Files in each state, of one source or of all. */
export type Counts = Readonly<Record<ActivityState, number>>

export interface ShownCounts {
  readonly all: Counts
  /** By source; those that were removed still have files here. */
  readonly bySource: ReadonlyMap<string, Counts>
}

/** A number that grows with each row this connection writes. */
export function ledgerRevision(db: Db): number {
  const row = db.get('SELECT total_changes() AS n')
  return row === null ? 0 : numberOf(row, 'n')
}

function noFiles(): Record<ActivityState, number> {
  return Object.fromEntries(activityStates.map(state => [state, 0])) as Record<ActivityState, number> // every state
}

/** Counts files as people see them. Reads one index from end to end: worth keeping until the ledger changes. */
export function readCounts(db: Db): ShownCounts {
  const all = noFiles()
  const bySource = new Map<string, Record<ActivityState, number>>()
  for (const { sourceId, state, count } of countShown(db)) {
    const counts = bySource.get(sourceId) ?? noFiles()
    bySource.set(sourceId, counts)
    counts[state] += count
    all[state] += count
  }
  return { all, bySource }
}

/** A file's place in the list. */
export interface ListedFile {
  readonly fileId: number
  readonly atMs: number
}

/** The newest files in one of these states, newest first. Reads no more rows than asked for from each stretch of the index. */
export function newestIn(
  db: Db,
  counts: ShownCounts,
  states: readonly ActivityState[],
  limit: number,
): readonly ListedFile[] {
  const found: ListedFile[] = []
  for (const [sourceId, ofSource] of counts.bySource) {
    for (const state of states) {
      if (ofSource[state] === 0) continue
      const rows = db.all(
        `SELECT file_id, sort_at FROM file_list WHERE source_id = ? AND shown_state = ?
         ORDER BY sort_at DESC, file_id DESC LIMIT ?`,
        sourceId,
        state,
        limit,
      )
      for (const row of rows) found.push({ fileId: numberOf(row, 'file_id'), atMs: numberOf(row, 'sort_at') })
    }
  }
  return found.toSorted((a, b) => b.atMs - a.atMs || b.fileId - a.fileId).slice(0, limit)
}

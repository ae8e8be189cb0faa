import type { UploadProgress } from '../../../shared/app-snapshot.ts'
import type { Source } from '../../../shared/settings.ts'
import { archiveSourceId } from '../activities/upload-queue.ts'
import type { UploadsUnderWay } from '../activities/uploads-under-way.ts'
import { numberOf, numberOrNull } from '../ledger/columns.ts'
import type { Db } from '../ports/db.ts'

const unsent = ['queued', 'retrying', 'uploading'] as const

/** Ids whose rides may go up now. */
function openIds(sources: readonly Source[]): readonly string[] {
  return [...sources.filter(source => !source.isPaused).map(source => source.id), archiveSourceId]
}

/** How many rides of these sources are still to be sent. Reads an index alone. */
export function countUnsent(db: Db, sources: readonly Source[]): number {
  return openIds(sources)
    .flatMap(id => unsent.map(state => countOf(db, state, id)))
    .reduce((sum, count) => sum + count, 0)
}

function countOf(db: Db, state: string, sourceId: string): number {
  const row = db.get(
    'SELECT count(*) AS n FROM recordings WHERE state = ? AND source_id = ?',
    state,
    sourceId,
  )
  return row === null ? 0 : numberOf(row, 'n')
}

/** When the next of them falls due, wall ms, 0 for at once; null when none is left. Reads an index alone. */
export function nextDueMs(db: Db, sources: readonly Source[]): number | null {
  let next: number | null = null
  for (const id of openIds(sources)) {
    for (const state of ['queued', 'retrying']) {
      const row = db.get(
        `SELECT coalesce(next_attempt_at, 0) AS at FROM recordings WHERE state = ? AND source_id = ?
         ORDER BY next_attempt_at LIMIT 1`,
        state,
        id,
      )
      const at = row === null ? null : numberOrNull(row, 'at')
      if (at !== null) next = next === null ? at : Math.min(next, at)
    }
  }
  return next
}

/** What is going up now; null while nothing is. Of several the one that began first is shown. */
export function uploadProgress(
  db: Db,
  sources: readonly Source[],
  underWay: UploadsUnderWay,
): UploadProgress | null {
  const [first] = underWay.list
  if (first === undefined) return null
  const { name, sourceId, sentBytes, totalBytes } = first
  return {
    ...{ name, sentBytes, totalBytes },
    sourceName: sources.find(source => source.id === sourceId)?.name ?? 'Archive',
    done: underWay.done,
    total: underWay.done + Math.max(countUnsent(db, sources), underWay.list.length),
  }
}

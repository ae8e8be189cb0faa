import type { NeedView } from '../../../shared/app-snapshot.ts'
import type { Db } from '../ports/db.ts'
import { actionsFor } from './file-actions.ts'
import type { FileRows } from './file-rows.ts'
import { newestIn, type ListedFile, type ShownCounts } from './shown-counts.ts'

/** More than anybody reads at once. */
export const shownNeeds = 10

/** What a rebuild holds comes in hundreds, and was most likely sent long ago. */
const leastUrgent = ['after-rebuild']
/** Nothing of these gets onto the service unless somebody says so. */
const mostUrgent = ['damaged', 'refused', 'nothing-made', 'cannot-read', 'copy-failed']

/** Lower comes first. Pure. */
export function urgency(reasonCode: string): number {
  if (mostUrgent.includes(reasonCode)) return 0
  return leastUrgent.includes(reasonCode) ? 2 : 1
}

/** What needs the user's word, or is to be known of: the most urgent first, the newest of equals. */
export function readNeeds(
  db: Db,
  rows: FileRows,
  counts: ShownCounts,
  unreadable: readonly ListedFile[],
): readonly NeedView[] {
  // The newest of either state; an urgent one among hundreds of older ones shows once these are settled.
  const ids = (['held', 'rejected'] as const).flatMap(state => newestIn(db, counts, [state], shownNeeds))
  return [...ids, ...unreadable.slice(0, shownNeeds)]
    .toSorted((a, b) => b.atMs - a.atMs)
    .flatMap(({ fileId }) => {
      const told = rows.tell(fileId)
      if (told === null) return []
      const { name, sourceName, state, reasonCode, reason } = rows.row(told)
      const actions = actionsFor(state, reasonCode, told.facts)
      return [{ fileId, name, sourceName, state, reasonCode, reason, actions }]
    })
    .toSorted((a, b) => urgency(a.reasonCode) - urgency(b.reasonCode))
    .slice(0, shownNeeds)
}

import type { RideView } from '../../../shared/app-snapshot.ts'
import type { ActivityState } from '../../../shared/states.ts'
import type { Db } from '../ports/db.ts'
import type { FileRows } from './file-rows.ts'
import { newestIn, type ShownCounts } from './shown-counts.ts'

export const shownRides = 8
/** Copies of a ride are one ride: enough files to find eight even where each lies in several folders. */
const filesLookedAt = 32

const rideStates: readonly ActivityState[] = [
  'waiting',
  'queued',
  'uploading',
  'retrying',
  'held',
  'rejected',
  'uploaded',
  'alreadyThere',
]

/** The last rides, newest first; a ride that lies in several files is shown once. */
export function readLastRides(db: Db, rows: FileRows, counts: ShownCounts): readonly RideView[] {
  const rides: RideView[] = []
  const seen = new Set<string>()
  for (const { fileId } of newestIn(db, counts, rideStates, filesLookedAt)) {
    if (rides.length === shownRides) break
    const told = rows.tell(fileId)
    if (told === null) continue
    const hashes = told.contents.flatMap(item => item.content?.sha256 ?? [])
    const ride = hashes.length === 0 ? `${fileId}` : hashes.join(' ')
    if (seen.has(ride)) continue
    seen.add(ride)
    rides.push(rideOf(rows.row(told)))
  }
  return rides
}

/** The row without what only the list of files shows. */
function rideOf(row: RideView): RideView {
  const { fileId, name, sourceName, state, reasonCode, reason } = row
  const { startTime, sport, durationS, distanceM, activityIds } = row
  return {
    ...{ fileId, name, sourceName, state, reasonCode, reason },
    ...{ startTime, sport, durationS, distanceM, activityIds },
  }
}

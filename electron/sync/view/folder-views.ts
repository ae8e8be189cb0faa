import type { SourceView, TrainerView } from '../../../shared/app-snapshot.ts'
import type { Trouble } from '../../../shared/reports.ts'
import type { Source, Trainer } from '../../../shared/settings.ts'
import { activityStates, type ActivityState } from '../../../shared/states.ts'
import type { SourceHealth } from '../activities/intake-deps.ts'
import { numberOf, textOf } from '../ledger/columns.ts'
import type { Db } from '../ports/db.ts'
import { newestIn, type ShownCounts } from './shown-counts.ts'

/** Files in these states were found to be rides. */
const foundRides: readonly ActivityState[] = [
  ...(['tooOld', 'held', 'queued', 'uploading', 'retrying', 'uploaded', 'alreadyThere', 'rejected'] as const),
]

/** `none`, `all`, or the instant from which older rides go up. */
export function backfillText(source: Source): string {
  return source.backfill.kind === 'since' ? source.backfill.at : source.backfill.kind
}

/** A source as it was at its last scan: asking a slow disk again for each look would hold everything up. */
export function sourceView(
  db: Db,
  source: Source,
  health: SourceHealth | undefined,
  counts: ShownCounts,
): SourceView {
  const { id, name, folder, isPaused, sameRide } = source
  const ofSource = counts.bySource.get(id)
  const told = activityStates.flatMap(state => {
    const count = ofSource?.[state] ?? 0
    return count === 0 ? [] : [[state, count] as const]
  })
  const only = new Map(ofSource === undefined ? [] : [[id, ofSource]])
  const newest = newestIn(db, { ...counts, bySource: only }, foundRides, 1)[0]
  return {
    ...{ id, name, folder, isPaused, sameRide, backfill: backfillText(source) },
    health: health?.kind ?? 'watching',
    files: told.reduce((sum, [, count]) => sum + count, 0),
    otherFiles: health?.otherFiles ?? 0,
    newestAt: newest === undefined ? null : isoOrNull(newest.atMs),
    counts: Object.fromEntries(told),
  }
}

function isoOrNull(ms: number): string | null {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

const missingCodes = ['missing', 'folder-missing']
const unreadableCodes = ['unreadable', 'folder-unreadable']

/** A trainer's folder as the last pull found it. */
export function trainerView(
  trainer: Trainer,
  written: ReadonlyMap<string, number>,
  troubles: readonly Trouble[],
): TrainerView {
  const own = troubles.filter(trouble => trouble.file === trainer.folder)
  const has = (codes: readonly string[]): boolean => own.some(trouble => codes.includes(trouble.code))
  return {
    ...trainer,
    health: has(missingCodes) ? 'missing' : has(unreadableCodes) ? 'unreadable' : 'watching',
    workouts: written.get(trainer.id) ?? 0,
  }
}

/** How many workouts of ours lie in each trainer's folder. */
export function countWritten(db: Db): ReadonlyMap<string, number> {
  const rows = db.all(
    `SELECT trainer_id, count(*) AS n FROM workout_files WHERE state = 'written' GROUP BY trainer_id`,
  )
  return new Map(rows.map(row => [textOf(row, 'trainer_id'), numberOf(row, 'n')]))
}

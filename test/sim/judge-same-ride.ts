import type { FileEntry } from '../../shared/reports.ts'
import type { Computer } from './computer.ts'
import type { Trouble } from './plan.ts'
import type { SimActivity } from './service/activity-store.ts'

/** Starts that are further apart are never taken for one ride's. */
const startMs = 120_000
/** Where less is compared, or with more doubt, it is Musette's to say what it makes of it. */
const surelyLongS = 300
const surelyNearMs = 30_000
const surelyAlike = 0.06

/**
 * The service has a whole ride. Where another app had brought the very same ride before, from which this folder's are to
 * be held back, only the owner's word may have sent it.
 */
export function judgeHeldBack(computer: Computer, sha256: string): void {
  const { plan, book, ownerBook, service, verdict, hasLostLedger } = computer
  if (hasLostLedger) return
  if (ownerBook.touched.has(sha256) || ownerBook.onceAnyway.has(sha256)) return
  const rides = book.rides.filter(ride => ride.sha256 === sha256)
  const isHeldBack = rides.every(ride => {
    const source = plan.sources[ride.source]
    if (source === undefined || source.sameRide === 'upload' || ride.wholeAtMs === null) return false
    // Its copy, and a folder that is added again, are told nothing of the kind.
    if (plan.troubles.some(trouble => isAddedAnew(trouble) && trouble.source === ride.source)) return false
    return ride.wholeAtMs > (ownerBook.policySince.get(source.folder) ?? Number.POSITIVE_INFINITY)
  })
  if (rides.length === 0 || !isHeldBack) return
  const whole = rides.map(ride => ride.wholeAtMs ?? 0)
  const there = service.activities.all.find(
    other =>
      other.bytesOf === sha256 &&
      other.listedAtMs - plan.startMs <= Math.min(...whole) &&
      isSurelySame(computer, sha256, other),
  )
  if (there !== undefined) verdict.broken('P3 not held back', `${sha256.slice(0, 8)} is there as ${there.id}`)
}

function isAddedAnew(
  trouble: Trouble,
): trouble is Extract<Trouble, { kind: 'remove source' | 'copied folder' }> {
  return trouble.kind === 'remove source' || trouble.kind === 'copied folder'
}

/** As plain as can be: what is told of both is the same, but for seconds. */
function isSurelySame({ ledgerFile }: Computer, sha256: string, other: SimActivity): boolean {
  const row = ledgerFile.database
    .prepare('SELECT start_time, duration_s FROM recordings WHERE sha256 = ?')
    .get(sha256)
  const [beganMs, longS] = [Date.parse(String(row?.['start_time'])), Number(row?.['duration_s'])]
  return (
    longS >= surelyLongS &&
    Math.abs(beganMs - other.startMs) <= surelyNearMs &&
    Math.abs(longS - other.elapsedS) <= surelyAlike * longS
  )
}

/** What is told of a file can be true: another app has a ride that began when this one did. */
export function isElsewhere({ service }: Computer, entry: FileEntry): boolean {
  const beganMs = Date.parse(entry.startTime ?? '')
  return service.activities.all.some(
    other => other.source !== 'UPLOAD' && Math.abs(other.startMs - beganMs) <= startMs,
  )
}

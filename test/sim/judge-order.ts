import type { Computer } from './computer.ts'
import type { SeenRequest } from './service/service-record.ts'

/** What was due for less than this, or looked up within it, may have been on its way when the other was picked. */
const pickedMs = 30_000

interface DueRide {
  readonly sha256: string
  readonly isBackfill: boolean
  readonly startMs: number
}

/**
 * P5: an upload leaves. New rides go before backfill, the oldest new one and the newest of the backfill first; so none
 * that had been due for a while may be left behind by one that comes after it.
 */
export function judgeOrder(computer: Computer, request: SeenRequest): void {
  const { plan, wallClock, service, verdict, hasLostLedger } = computer
  if (request.name !== 'upload' || request.externalId === null || hasLostLedger) return
  const isMoved = plan.troubles.some(({ kind }) =>
    // When something was due can't be told from a clock that was set, nor whose turn it is where folders are closed.
    ['clock', 'pause source', 'pause all', 'remove source', 'copied folder'].includes(kind),
  )
  if (isMoved) return
  // A ride that is looked for first may wait for a request to be allowed, which nobody sees, while another one goes.
  if (plan.limits.per15Min < 100 && plan.sources.some(({ sameRide }) => sameRide !== 'upload')) return
  const beforeMs = wallClock.nowMs - pickedMs
  // The next ones may be looked up first: they are on their way, and still told as due.
  const isLookedUp = service.record.requests.some(
    other => other.name === 'list' && (other.outcome.kind === 'open' || other.atMs > request.atMs - pickedMs),
  )
  if (isLookedUp) return
  const sent = ridesWhere(computer, "'musette-' || substr(sha256, 1, 32) = ?", request.externalId)[0]
  if (sent === undefined) return
  const due = ridesWhere(
    computer,
    `state IN ('queued', 'retrying') AND coalesce(next_attempt_at, 0) <= ?1 AND changed_at <= ?1 AND is_archived = 1`,
    beforeMs,
  )
  for (const other of due) {
    if (other.sha256 === sent.sha256 || !isBefore(other, sent)) continue
    const what = `${sent.sha256.slice(0, 8)} left before ${other.sha256.slice(0, 8)}`
    verdict.broken('P5 out of order', what)
  }
}

function isBefore(a: DueRide, b: DueRide): boolean {
  if (a.isBackfill !== b.isBackfill) return b.isBackfill
  return a.isBackfill ? a.startMs > b.startMs : a.startMs < b.startMs
}

function ridesWhere({ ledgerFile }: Computer, condition: string, value: string | number): readonly DueRide[] {
  return ledgerFile.database
    .prepare(`SELECT sha256, origin, start_time FROM recordings WHERE ${condition}`)
    .all(value)
    .flatMap(row => {
      const startMs = Date.parse(String(row['start_time']))
      // One that does not say when it began goes last, among others like it in any order.
      if (Number.isNaN(startMs)) return []
      return { sha256: String(row['sha256']), startMs, isBackfill: row['origin'] === 'backfill' }
    })
}

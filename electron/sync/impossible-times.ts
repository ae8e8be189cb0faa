import type { Ledger } from './ledger/ledger.ts'
import { foldCountsAhead } from './ledger/request-counts.ts'

/** Nothing is ever planned further ahead than this: the service's longest wait is capped at 24 h. */
const furthestMs = 25 * 3_600_000

/**
 * Forgets moments that lie too far ahead. They were written while the computer's clock ran ahead, and would keep rides
 * waiting for years once it is set right.
 */
export function forgetImpossibleTimes(ledger: Ledger, nowMs: number): void {
  ledger.db.transaction('normal', () => {
    if ((ledger.meta.readNumber('paused-until') ?? 0) > nowMs + furthestMs)
      ledger.meta.write('paused-until', null)
    ledger.files.forgetTimesAfter(nowMs + furthestMs, nowMs)
    ledger.recordings.forgetTimesAfter(nowMs + furthestMs)
    foldCountsAhead(ledger.db, nowMs)
  })
}

import type { Clock } from '../ports/clock.ts'
import type { Db } from '../ports/db.ts'
import type { RequestBudget, RequestKind } from '../ports/request-budget.ts'
import { numberOrNull } from './columns.ts'
import { MetaTable } from './meta.ts'

/** Requests allowed in any 15 minutes and in one UTC day; 0 = no limit. */
export interface BudgetLimits {
  readonly per15Min: number
  readonly perDay: number
}

const minuteMs = 60_000
const dayMs = 86_400_000
/** Minutes are counted whole: 15 of them reach back as little as 14 min, and any 15 min lie within 16. */
const countedMinutes = 16

/** What each kind of request may use: a tenth is kept for looking up and pulling, backfill gets half the day. */
const shares: Readonly<Record<RequestKind, { readonly window: number; readonly day: number }>> = {
  other: { window: 1, day: 1 },
  upload: { window: 0.9, day: 0.9 },
  backfill: { window: 0.9, day: 0.5 },
}

/**
 * Counts requests in the ledger, so that a restart does not start a new budget (api.md 2.5: the day is UTC), and knows
 * the wait the service asked for, so that a restart does not cut it short.
 */
export function ledgerBudget(db: Db, clock: Clock, limits: BudgetLimits): RequestBudget {
  const sum = (fromMinute: number, column: 'total' | 'backfill'): number => {
    const row = db.get(`SELECT sum(${column}) AS n FROM requests WHERE minute >= ?`, fromMinute)
    return (row === null ? null : numberOrNull(row, 'n')) ?? 0
  }
  const meta = new MetaTable(db)
  return {
    heldMs: () => Math.max(0, (meta.readNumber('paused-until') ?? 0) - clock.now()),
    waitMs: kind => {
      const now = clock.now()
      const minute = Math.floor(now / minuteMs)
      const midnightMs = Math.floor(now / dayMs) * dayMs
      if (limits.perDay > 0) {
        // Backfill is held to its own count as well, so that it never eats what new rides need.
        const used = sum(midnightMs / minuteMs, kind === 'backfill' ? 'backfill' : 'total')
        if (used >= Math.floor(limits.perDay * shares[kind].day)) return midnightMs + dayMs - now
        if (kind === 'backfill' && sum(midnightMs / minuteMs, 'total') >= Math.floor(limits.perDay * 0.9)) {
          return midnightMs + dayMs - now
        }
      }
      if (limits.per15Min > 0) {
        const allowed = Math.floor(limits.per15Min * shares[kind].window)
        if (sum(minute - countedMinutes + 1, 'total') >= allowed) {
          const oldest = db.get(
            'SELECT min(minute) AS m FROM requests WHERE minute >= ? AND total > 0',
            minute - countedMinutes + 1,
          )
          const first = (oldest === null ? null : numberOrNull(oldest, 'm')) ?? minute
          return (first + countedMinutes) * minuteMs - now
        }
      }
      return null
    },
    spend: kind => {
      const minute = Math.floor(clock.now() / minuteMs)
      const backfill = kind === 'backfill' ? 1 : 0
      db.transaction('normal', () => {
        db.run(
          `INSERT INTO requests (minute, total, backfill) VALUES (?, 1, ?)
           ON CONFLICT (minute) DO UPDATE SET total = total + 1, backfill = backfill + ?`,
          ...[minute, backfill, backfill],
        )
        db.run('DELETE FROM requests WHERE minute < ?', minute - (2 * dayMs) / minuteMs)
      })
    },
  }
}

/**
 * Counts what was sent at moments still to come as sent now: the computer's clock ran ahead then. Left there it would fill
 * every window and every day until the clock is as far again.
 */
export function foldCountsAhead(db: Db, nowMs: number): void {
  const minute = Math.floor(nowMs / minuteMs)
  db.transaction('normal', () => {
    const ahead = db.get('SELECT sum(total) AS n, sum(backfill) AS b FROM requests WHERE minute > ?', minute)
    const total = (ahead === null ? null : numberOrNull(ahead, 'n')) ?? 0
    const backfill = (ahead === null ? null : numberOrNull(ahead, 'b')) ?? 0
    if (total === 0) return
    db.run('DELETE FROM requests WHERE minute > ?', minute)
    db.run(
      `INSERT INTO requests (minute, total, backfill) VALUES (?1, ?2, ?3)
       ON CONFLICT (minute) DO UPDATE SET total = total + ?2, backfill = backfill + ?3`,
      ...[minute, total, backfill],
    )
  })
}

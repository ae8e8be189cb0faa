import { AppError } from '../../../shared/app-error.ts'
import type { Backfill } from '../../../shared/settings.ts'
import { localMidnight } from '../local-date.ts'

/**
 * Reads `--backfill`: `none`, `all`, `30d` (an instant fixed now) or a local date such as `2026-01-01` (its midnight
 * in the computer's zone). Throws AppError `bad-usage`.
 */
export function parseBackfill(text: string, nowMs: number, timeZone: string): Backfill {
  if (text === 'none' || text === 'all') return { kind: text }
  const days = /^(\d{1,5})d$/.exec(text)?.[1]
  if (days !== undefined)
    return { kind: 'since', at: new Date(nowMs - Number(days) * 86_400_000).toISOString() }
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(text) ? localMidnight(text, timeZone) : null
  if (midnight === null) {
    throw new AppError(
      'bad-usage',
      `--backfill takes none, all, a number of days (30d) or a date (2026-01-01), not "${text}"`,
      'give-up',
    )
  }
  return { kind: 'since', at: new Date(midnight).toISOString() }
}

/** Whether a ride that was there at the baseline is wanted; by its start, or by the file's time where that is unknown. */
export function isInBackfill(backfill: Backfill, startTime: string | null, mtimeMs: number): boolean {
  switch (backfill.kind) {
    case 'none':
      return false
    case 'all':
      return true
    case 'since':
      return (startTime === null ? mtimeMs : Date.parse(startTime)) >= Date.parse(backfill.at)
  }
}

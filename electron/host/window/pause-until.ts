import type { Pause, PauseChoice } from '../../../shared/preferences.ts'
import { addDays, localDate, localMidnight } from '../../sync/local-date.ts'

const hourMs = 3_600_000
/** A pause "until tomorrow" that ends sooner than this was not meant so. */
const shortestMs = 2 * hourMs

/**
 * What a choice means now. `tomorrow` is the next 04:00 of the computer's zone that is at least two hours away: a night
 * owl's day has ended by then and an early rider's has not begun, and no clock change ever skips or doubles that hour.
 */
export function pauseFrom(choice: PauseChoice, nowMs: number, timeZone: string): Pause {
  switch (choice) {
    case 'untilResumed':
      return { kind: 'untilResumed' }
    case 'hour':
      return until(nowMs + hourMs)
    case 'tomorrow': {
      const today = localDate(nowMs, timeZone)
      const mornings = [0, 1, 2].map(days => fourOclock(addDays(today, days), timeZone))
      return until(mornings.find(ms => ms >= nowMs + shortestMs) ?? nowMs + 24 * hourMs)
    }
  }
}

function until(ms: number): Pause {
  return { kind: 'until', at: new Date(ms).toISOString() }
}

/** 04:00 on a local date; in the night of a clock change that is not four hours after midnight. */
function fourOclock(date: string, timeZone: string): number {
  const guess = (localMidnight(date, timeZone) ?? Date.parse(`${date}T00:00:00Z`)) + 4 * hourMs
  return guess + (4 - localHour(guess, timeZone)) * hourMs
}

function localHour(ms: number, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(ms))
}

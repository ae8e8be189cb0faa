/** FIT counts seconds from 1989-12-31T00:00:00Z. */
const fitEpochMs = Date.UTC(1989, 11, 31)

/** Below this a FIT time counts from when the device was switched on, not from the epoch (FIT profile, `date_time`). */
const deviceRelativeBelow = 0x1000_0000

/** No ride is that far in the future: such a time is a broken clock. */
const tooFarMs = Date.UTC(2100, 0, 1)

/** Whether a FIT time is a moment that a ride can have. */
export function isFitMoment(seconds: number): boolean {
  return whyNoFitMoment(seconds) === null
}

/** Why a FIT time is no moment, as a sentence part; null when it is one. */
export function whyNoFitMoment(seconds: number): string | null {
  if (seconds < deviceRelativeBelow) return 'the device counted time from when it was switched on'
  return fitEpochMs + seconds * 1000 >= tooFarMs ? 'the device clock was far in the future' : null
}

/** ISO 8601 UTC with ms. */
export function fitTimeToIso(seconds: number): string {
  return new Date(fitEpochMs + seconds * 1000).toISOString()
}

import type { RecordingRow } from '../ledger/recordings.ts'
import type { ActivitySummary, IntervalsService } from '../ports/intervals-service.ts'

/** What we ask the service to remember a recording by: `musette-` and the first 32 hex digits of its SHA-256. */
export function externalId(sha256: string): string {
  return `musette-${sha256.slice(0, 32)}`
}

/** The list is asked in local time of an unknown zone: 26 h cover every zone on earth on both sides. */
export const marginMs = 26 * 3_600_000

/**
 * Activities on the service around a recording's start; null when it has no start to look around.
 * Throws what the service throws.
 */
export async function activitiesAround(
  service: IntervalsService,
  athleteId: string,
  recording: RecordingRow,
  signal: AbortSignal,
): Promise<readonly ActivitySummary[] | null> {
  if (recording.startTime === null) return null
  const start = Date.parse(recording.startTime)
  return service.listActivities(
    { athleteId, oldest: localTime(start - marginMs), newest: localTime(start + marginMs) },
    signal,
  )
}

/** An instant as the list wants it: without a zone, to the second. */
export function localTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19)
}

/** Names of the services as people know them; a word we do not know is shown as it is. */
const sourceNames: Readonly<Record<string, string>> = {
  GARMIN_CONNECT: 'Garmin Connect',
  STRAVA: 'Strava',
  UPLOAD: 'an upload to Intervals.icu',
  MANUAL: 'an entry by hand',
  OAUTH_CLIENT: 'another app',
  WAHOO: 'Wahoo',
  ZWIFT: 'Zwift',
  SUUNTO: 'Suunto',
  POLAR: 'Polar',
  COROS: 'COROS',
  DROPBOX: 'Dropbox',
  CONCEPT2: 'Concept2',
  HAMMERHEAD: 'Hammerhead',
  ZEPP: 'Zepp',
  HUAWEI: 'Huawei',
}

/** The source of an activity in words; null when the service does not say. */
export function ownerName(activity: ActivitySummary): string | null {
  if (activity.sourceName !== null) return activity.sourceName
  return activity.source === null ? null : (sourceNames[activity.source] ?? activity.source)
}

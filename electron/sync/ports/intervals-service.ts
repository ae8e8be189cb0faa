import type { WorkoutProfile } from '../../../shared/workout-profile.ts'

/** Who a credential belongs to. `timeZone` is an IANA name. */
export interface AthleteProfile {
  readonly id: string
  readonly name: string | null
  readonly timeZone: string | null
}

/** One ride to send. The body is read once, from start to end, and is exactly `bytes` long. */
export interface ActivityUpload {
  readonly athleteId: string
  readonly fileName: string
  readonly externalId: string
  readonly bytes: number
  /** True for a ride from before the source was added: it is counted on the backfill's share of the budget. */
  readonly isBackfill?: boolean
  /** May throw (archive damaged, changed while reading): the request then ends without a whole body. */
  body(): AsyncIterable<Uint8Array>
}

/** What the service made of an upload (api.md: 201 new, 200 all known, 409 seen too). */
export type UploadReply =
  | { readonly kind: 'created'; readonly activityIds: readonly string[] }
  | { readonly kind: 'alreadyThere'; readonly activityIds: readonly string[] }
  /** A 200 without any activity: the account is dormant, or the ride was deleted there before. */
  | { readonly kind: 'nothingMade' }

/** The few facts of an activity that sync needs. A Strava stub has only id, start and source. */
export interface ActivitySummary {
  readonly id: string
  readonly externalId: string | null
  /** As the service names it: `GARMIN_CONNECT`, `STRAVA`, `UPLOAD`, `OAUTH_CLIENT`, ... */
  readonly source: string | null
  /** The app's own name where source is OAUTH_CLIENT. */
  readonly sourceName: string | null
  readonly name: string | null
  readonly type: string | null
  readonly startDateLocal: string | null
  /** ISO UTC; null for stubs. */
  readonly startDate: string | null
  readonly elapsedS: number | null
}

export type WorkoutFormat = 'zwo' | 'fit' | 'mrc' | 'erg'

/** A calendar event; `file` is null when it has no workout the service can export. */
export interface PlannedEvent {
  readonly id: string
  /** `WORKOUT`, `NOTE`, ..., or a word we do not know. */
  readonly category: string
  /** Local date, `2026-11-22`. */
  readonly date: string
  /** Local time, `17:30`; null where it is for the whole day. */
  readonly time: string | null
  readonly name: string
  /** Sport (`Ride`, `VirtualRide`, ...) or null. */
  readonly type: string | null
  /** When the event was last changed; ISO or null. */
  readonly updatedAt: string | null
  /** Planned length in seconds. */
  readonly durationS: number | null
  /** Planned training load. */
  readonly load: number | null
  /** Null where it has no steps, or none that can be drawn. */
  readonly profile: WorkoutProfile | null
  readonly file: { readonly name: string; readonly content: Uint8Array } | null
}

export interface ProfileOptions {
  /**
   * Asked although the service's own wait is not over: by `sync`, whose first request tells whose key it is, and by a
   * sign-in. At most once for each; what it is answered is obeyed like any other answer.
   */
  readonly evenInWait?: boolean
}

/**
 * The service. Every failure is an AppError: `offline`, `outcome-unknown` (uploads only, once body bytes went out),
 * `service-down`, `rate-limited`, `budget-spent`, `signed-out`, `forbidden`, `refused-by-service`, `redirected`.
 */
export interface IntervalsService {
  /** Whose credential this is (asked with athlete id 0). */
  profile(signal?: AbortSignal, options?: ProfileOptions): Promise<AthleteProfile>
  /** Names of the services the athlete has connected (`garmin_training`, `zwift`, ...), true ones only. */
  connections(athleteId: string, signal?: AbortSignal): Promise<readonly string[]>
  uploadActivity(upload: ActivityUpload, signal?: AbortSignal): Promise<UploadReply>
  /** Local dates or date-times, both inclusive; newest first. */
  listActivities(
    query: { readonly athleteId: string; readonly oldest: string; readonly newest: string },
    signal?: AbortSignal,
  ): Promise<readonly ActivitySummary[]>
  /** Local dates, both inclusive; each workout event comes with its file in the format asked for. */
  listEvents(
    query: {
      readonly athleteId: string
      readonly oldest: string
      readonly newest: string
      readonly format: WorkoutFormat
    },
    signal?: AbortSignal,
  ): Promise<readonly PlannedEvent[]>
}

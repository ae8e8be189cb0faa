import type { WorkoutStep } from './workout-writers/steps.ts'

/** What one JSON object from outside looks like before anybody has read it. */
export type JsonObject = Record<string, unknown>

/** An account on the service. `ftp` in watts; `connections` are the services the athlete has connected. */
export interface FakeAthlete {
  readonly id: string
  name: string
  /** IANA name: "today" of the calendar is today there. */
  timeZone: string
  status: 'ACTIVE' | 'DORMANT' | 'ARCHIVED'
  ftp: number
  connections: readonly string[]
}

/** What a credential is allowed to do. API keys may do everything; `scopes` limits OAuth tokens. */
export interface Credential {
  readonly kind: 'key' | 'token'
  readonly athleteId: string
  readonly scopes: readonly string[]
  readonly clientId: number | null
  readonly clientName: string | null
}

export type ActivitySource =
  | 'STRAVA'
  | 'UPLOAD'
  | 'MANUAL'
  | 'GARMIN_CONNECT'
  | 'OAUTH_CLIENT'
  | 'DROPBOX'
  | 'POLAR'
  | 'SUUNTO'
  | 'COROS'
  | 'WAHOO'
  | 'ZWIFT'
  | 'ZEPP'
  | 'CONCEPT2'

/** What a reader found in a file: one ride, run, ... Times in ms since 1970 (UTC), lengths in s and m. */
export interface FileActivity {
  readonly startMs: number
  readonly type: string
  readonly isTrainer: boolean
  readonly elapsedS: number
  readonly movingS: number
  readonly distanceM: number | null
  readonly name: string | null
  readonly deviceName: string | null
}

/** One activity as the service keeps it. `sha256` is what duplicates are recognised by. */
export interface FakeActivity {
  readonly id: string
  readonly athleteId: string
  readonly externalId: string | null
  readonly sha256: string | null
  readonly source: ActivitySource
  readonly clientId: number | null
  readonly clientName: string | null
  readonly startDate: string
  readonly startDateLocal: string
  /** IANA name of the zone that startDateLocal is in. */
  readonly timeZone: string
  readonly type: string
  readonly name: string
  readonly elapsedS: number
  readonly movingS: number
  readonly distanceM: number | null
  readonly isTrainer: boolean
  readonly deviceName: string | null
  readonly description: string | null
  readonly pairedEventId: number | null
  readonly fileName: string | null
  readonly fileType: 'fit' | 'tcx' | 'gpx' | null
  readonly fileSportIndex: number
  readonly file: Buffer | null
  readonly createdAt: number
  /** From when on (server clock, ms) lists show it. */
  readonly listedAt: number
  /** Fields set with PUT, by their public names. */
  edits: JsonObject
  deleted: boolean
  /** A deleted activity leaves one; removing it lets the file in again. */
  tombstone: boolean
}

/** One calendar event: public fields as given, and the steps its workout files are made from. */
export interface FakeEvent {
  readonly id: number
  readonly athleteId: string
  fields: JsonObject
  steps: readonly WorkoutStep[] | null
}

/** One request as seen from the service's side. Never holds a credential. `status` null: no reply was sent. */
export interface LoggedRequest {
  readonly at: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly userAgent: string | null
  athleteId: string | null
  credential: 'key' | 'token' | null
  status: number | null
  bytesReceived: number
  fileName: string | null
  fileSha256: string | null
  externalId: string | null
  /** The kind of fault that was played on it. */
  fault: string | null
}

/** A registered OAuth app, with where its webhooks go (loopback only). */
export interface OAuthClient {
  readonly id: number
  readonly name: string
  readonly secret: string
  readonly redirectUris: readonly string[]
  webhookUrl: string | null
  webhookSecret: string
}

import { FakeServerClock, localDateTime, timestamp, utcSeconds } from './clock.ts'
import { Faults } from './faults.ts'
import { Limits } from './http/limits.ts'
import type { WorkoutStep } from './workout-writers/steps.ts'
import type {
  Credential,
  FakeActivity,
  FakeAthlete,
  FakeEvent,
  JsonObject,
  LoggedRequest,
  OAuthClient,
} from './types.ts'

/** What a seeded activity needs; the rest is made up. `startMs` in ms since 1970, UTC. */
export type ActivitySeed = Pick<FakeActivity, 'athleteId'> & { readonly startMs: number } & Partial<
    Omit<FakeActivity, 'id' | 'athleteId' | 'startDate' | 'startDateLocal'>
  > & { readonly id?: string }

/** Everything the service knows. One object, changed by the routes and, in tests, directly. */
export class FakeState {
  readonly clock = new FakeServerClock()
  readonly faults = new Faults()
  readonly limits = new Limits()
  readonly athletes = new Map<string, FakeAthlete>()
  /** By the secret itself; never shown outside this process. */
  readonly credentials = new Map<string, Credential>()
  readonly clients = new Map<number, OAuthClient>()
  /** OAuth codes that wait to be redeemed. */
  readonly codes = new Map<string, Credential & { readonly expiresAt: number }>()
  activities: FakeActivity[] = []
  events: FakeEvent[] = []
  /** By athlete and date (`i200001/2026-11-20`). */
  readonly wellness = new Map<string, JsonObject>()
  requests: LoggedRequest[] = []
  /** Webhook deliveries that failed, newest last. */
  webhookFailures: string[] = []
  /**
   * Awaited when an upload's whole body has come, and again when it was acted on; tests hold the service up there.
   * `drop`: nothing more is done with it, and nothing is answered.
   */
  onUpload: ((moment: 'received' | 'acted', log: LoggedRequest) => Promise<'go' | 'drop'>) | null = null
  /** For the ids of what is to come; never reused, also not after a reset. */
  #nextActivity = 148_200_317
  #nextEvent = 51_820_044

  constructor() {
    this.clients.set(9001, {
      id: 9001,
      name: 'Example Sync',
      secret: 'example-client-secret',
      redirectUris: [],
      webhookUrl: null,
      webhookSecret: 'example-webhook-secret',
    })
  }

  /** As the service would write this moment, with the clock skew that is set. */
  stamp(): string {
    return timestamp(this.reportedNow())
  }

  /** The time the service claims it is. */
  reportedNow(): number {
    return this.clock.now() + this.faults.switches.clockSkewMs
  }

  /** Today's date where the athlete lives. */
  today(athlete: FakeAthlete): string {
    return localDateTime(this.clock.now(), athlete.timeZone).slice(0, 10)
  }

  addAthlete(
    athlete: Partial<FakeAthlete> & { readonly id: string },
    keys: readonly string[] = [],
  ): FakeAthlete {
    const whole: FakeAthlete = {
      name: 'Sample Athlete',
      timeZone: 'Europe/Berlin',
      status: 'ACTIVE',
      ftp: 250,
      connections: [],
      ...athlete,
    }
    this.athletes.set(whole.id, whole)
    for (const key of keys) this.addKey(key, whole.id)
    return whole
  }

  addKey(key: string, athleteId: string): void {
    this.credentials.set(key, { kind: 'key', athleteId, scopes: [], clientId: null, clientName: null })
  }

  /** An OAuth token with its scopes (`ACTIVITY:WRITE`, ...). */
  addToken(token: string, athleteId: string, scopes: readonly string[], client?: OAuthClient): void {
    const clientId = client?.id ?? 9001
    const clientName = client?.name ?? 'Example Sync'
    this.credentials.set(token, { kind: 'token', athleteId, scopes, clientId, clientName })
  }

  /** Ends a key or token; false when it was not known. */
  revoke(secret: string): boolean {
    return this.credentials.delete(secret)
  }

  /** Puts an activity there, as the service or another app would have made it. */
  seedActivity(seed: ActivitySeed): FakeActivity {
    const zone = this.athletes.get(seed.athleteId)?.timeZone ?? 'UTC'
    const { startMs, ...given } = seed
    const source = seed.source ?? 'GARMIN_CONNECT'
    const number = this.#nextActivity++
    const now = this.clock.now()
    const activity: FakeActivity = {
      // Strava imports have bare digits, everything else an "i" before them.
      id: source === 'STRAVA' ? String(19_001_122_334 + number) : `i${number}`,
      externalId: null,
      sha256: null,
      clientId: null,
      clientName: null,
      startDate: utcSeconds(startMs),
      startDateLocal: localDateTime(startMs, zone),
      timeZone: zone,
      type: 'Ride',
      name: 'Ride',
      elapsedS: 3600,
      movingS: given.elapsedS ?? 3600,
      distanceM: null,
      isTrainer: false,
      deviceName: null,
      description: null,
      pairedEventId: null,
      fileName: null,
      fileType: null,
      fileSportIndex: 0,
      file: null,
      createdAt: now,
      listedAt: now,
      edits: {},
      deleted: false,
      tombstone: false,
      ...given,
      source,
    }
    this.activities.push(activity)
    return activity
  }

  /** An activity of this athlete that is not deleted. */
  findActivity(id: string): FakeActivity | null {
    return this.activities.find(activity => activity.id === id && !activity.deleted) ?? null
  }

  /** Puts an event on the calendar. `fields` by their public names; `start_date_local` and `name` at least. */
  addEvent(athleteId: string, fields: JsonObject, steps: readonly WorkoutStep[] | null = null): FakeEvent {
    const event: FakeEvent = {
      id: this.#nextEvent++,
      athleteId,
      fields: { uid: crypto.randomUUID(), created_by_id: athleteId, updated: this.stamp(), ...fields },
      steps,
    }
    this.events.push(event)
    return event
  }

  removeEvents(gone: (event: FakeEvent) => boolean): number {
    const before = this.events.length
    this.events = this.events.filter(event => !gone(event))
    return before - this.events.length
  }

  /** Forgets activities, events, wellness, requests, rules and counts; athletes, keys and switches stay. */
  reset(): void {
    this.activities = []
    this.events = []
    this.wellness.clear()
    this.requests = []
    this.webhookFailures = []
    this.faults.clearRules()
    this.limits.reset()
  }
}

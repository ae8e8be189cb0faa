import { createHash } from 'node:crypto'
import { localDateTime, utcSeconds } from '../../fake-intervals/clock.ts'
import { isFit, readFit } from '../../fake-intervals/readers/fit.ts'
import { readGpx, readTcx, xmlKind } from '../../fake-intervals/readers/tcx-gpx.ts'
import type { SimRandom } from '../random.ts'
import type { ServiceOptions } from './service-options.ts'

/** One activity in the account. */
export interface SimActivity {
  readonly id: string
  /** Of the file it was made from; null where another app brought it without one that we know. */
  readonly sha256: string | null
  /** Another app's: of this file's ride, which nobody had sent. */
  readonly bytesOf: string | null
  readonly externalId: string | null
  readonly source: string
  readonly sourceName: string | null
  readonly type: string
  readonly startMs: number
  readonly startDateLocal: string
  readonly elapsedS: number
  /** Lists show it from then on. */
  readonly listedAtMs: number
  /** The athlete deletes it then; null: never. */
  deletedAtMs: number | null
}

/** What another app knows of a ride. */
export interface RideFacts {
  readonly startMs: number
  readonly elapsedS: number
  readonly type: string
}

/** A whole file that came in. */
export interface ArrivedFile {
  readonly sha256: string
  readonly externalId: string | null
  readonly bytes: Uint8Array
  readonly nowMs: number
}

/** What became of it. */
export interface Taken {
  readonly kind: 'created' | 'known' | 'buried'
  readonly activities: readonly SimActivity[]
  readonly wasKnownBefore: boolean
}

const dayMs = 86_400_000
const otherApps = [
  ['GARMIN_CONNECT', null],
  ['ZWIFT', null],
  ['WAHOO', null],
  ['STRAVA', null],
  ['OAUTH_CLIENT', 'RideLogger'],
] as const

/** The activities of the one account. Everything that happens later in it is decided at once, by time. */
export class ActivityStore {
  readonly all: SimActivity[] = []
  readonly #options: ServiceOptions
  readonly #random: SimRandom

  constructor(options: ServiceOptions, random: SimRandom) {
    this.#options = options
    this.#random = random
  }

  /** Those that were made of these bytes and are still there. */
  aliveOf(sha256: string, nowMs: number): readonly SimActivity[] {
    return this.all.filter(each => each.sha256 === sha256 && isThere(each, nowMs))
  }

  take(file: ArrivedFile): Taken {
    const { known, tombstone, severalChance, othersChance } = this.#options
    const before = this.all.filter(each => each.sha256 === file.sha256)
    const wasKnownBefore = before.length > 0
    const alive = before.filter(each => isThere(each, file.nowMs))
    if (alive.length > 0 && known !== 'off') return { kind: 'known', activities: alive, wasKnownBefore }
    if (before.length > alive.length && known !== 'off' && tombstone !== '201')
      return { kind: 'buried', activities: before, wasKnownBefore }
    // Of its bytes alone, so that the same file always becomes the same.
    const random = this.#random.fork(file.sha256)
    const found = ridesIn(file)
    const rides = random.chance(severalChance) ? found.flatMap(ride => parts(ride, random)) : found
    const deletedAtMs = this.#drawDeletion(random, file.nowMs)
    const lagMs = known === 'off' ? 0 : this.#random.int(0, this.#options.mostListLagMs)
    const activities = rides.map(ride =>
      this.#add(ride, {
        ...{ sha256: file.sha256, externalId: file.externalId, source: 'UPLOAD', sourceName: null },
        ...{ bytesOf: null, listedAtMs: file.nowMs + lagMs, deletedAtMs },
      }),
    )
    const [first] = found
    if (first !== undefined && random.chance(othersChance)) {
      this.bringByOther(first, file.nowMs + random.int(0, 3_600_000), random)
    }
    return { kind: 'created', activities, wasKnownBefore }
  }

  /** Another app brings the same ride, as its own device saw it. */
  bringByOther(ride: RideFacts, atMs: number, random: SimRandom, bytesOf: string | null = null): SimActivity {
    const [source, sourceName] = random.pick(otherApps)
    const elapsedS = Math.round(ride.elapsedS * (0.95 + random.next() * 0.1))
    const externalId = source === 'STRAVA' ? null : String(random.int(1e9, 2e9))
    return this.#add(
      { ...ride, startMs: ride.startMs + random.int(-20, 20) * 1000, elapsedS },
      { sha256: null, bytesOf, externalId, source, sourceName, listedAtMs: atMs, deletedAtMs: null },
    )
  }

  /** Another app has brought the ride that is in this file, before anybody sent the file. */
  bringRideOf(bytes: Uint8Array, nowMs: number, random: SimRandom): void {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const [first] = ridesIn({ sha256, externalId: null, bytes, nowMs })
    if (first !== undefined) this.bringByOther(first, nowMs, random, sha256)
  }

  /** Another app uploads these very bytes: ours are then known, under its name. */
  takeFromOther(file: ArrivedFile, sourceName: string): readonly SimActivity[] {
    const { sha256, externalId } = file
    const its = { sha256, bytesOf: null, externalId, source: 'OAUTH_CLIENT', sourceName }
    return ridesIn(file).map(ride => this.#add(ride, { ...its, listedAtMs: file.nowMs, deletedAtMs: null }))
  }

  /** Local dates or date-times, both inclusive; newest first. */
  list(oldest: string, newest: string, nowMs: number): readonly SimActivity[] {
    const to = newest.length === 10 ? `${newest}T23:59:59` : newest
    return this.all
      .filter(each => each.startDateLocal >= oldest && each.startDateLocal <= to)
      .filter(each => each.listedAtMs <= nowMs && isThere(each, nowMs))
      .sort((a, b) => b.startMs - a.startMs)
  }

  #drawDeletion(random: SimRandom, nowMs: number): number | null {
    return random.chance(this.#options.deletedChance) ? nowMs + random.int(60_000, dayMs) : null
  }

  #add(ride: RideFacts, rest: Omit<SimActivity, keyof RideFacts | 'id' | 'startDateLocal'>): SimActivity {
    const no = 1000 + this.all.length
    const activity: SimActivity = {
      // What came from Strava has its number there.
      id: rest.source === 'STRAVA' ? String(no) : `i${no}`,
      ...{ type: ride.type, startMs: ride.startMs, elapsedS: ride.elapsedS },
      startDateLocal: localDateTime(ride.startMs, this.#options.timeZone),
      ...rest,
    }
    this.all.push(activity)
    return activity
  }
}

/** An activity as a list shows it. */
export function activityJson(activity: SimActivity, athleteId: string): object {
  const shown = { id: activity.id, icu_athlete_id: athleteId, start_date_local: activity.startDateLocal }
  if (activity.source === 'STRAVA')
    return { ...shown, source: 'STRAVA', _note: 'STRAVA activities are not available via the API' }
  return {
    ...shown,
    ...{ type: activity.type, name: activity.type, start_date: utcSeconds(activity.startMs) },
    ...{ elapsed_time: activity.elapsedS, moving_time: activity.elapsedS, source: activity.source },
    ...{ oauth_client_name: activity.sourceName, external_id: activity.externalId, file_type: null },
  }
}

function isThere(activity: SimActivity, nowMs: number): boolean {
  return activity.deletedAtMs === null || activity.deletedAtMs > nowMs
}

/**
 * What the file says of its rides. One that cannot be read is taken all the same, as a ride of now: whether it should
 * have been sent is for the judge of the run, who needs to see it stored.
 */
function ridesIn({ bytes, nowMs }: ArrivedFile): readonly RideFacts[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kind = isFit(buffer) ? 'fit' : xmlKind(buffer)
  const rides =
    kind === 'fit'
      ? readFit(buffer, false)
      : kind === 'tcx'
        ? readTcx(buffer)
        : kind === 'gpx'
          ? readGpx(buffer)
          : []
  return rides.length > 0 ? rides : [{ startMs: nowMs, elapsedS: 0, type: 'Ride' }]
}

function parts(ride: RideFacts, random: SimRandom): readonly RideFacts[] {
  const count = random.int(2, 3)
  const elapsedS = Math.floor(ride.elapsedS / count)
  return Array.from({ length: count }, (_, at) => ({
    ...ride,
    startMs: ride.startMs + at * elapsedS * 1000,
    elapsedS,
  }))
}

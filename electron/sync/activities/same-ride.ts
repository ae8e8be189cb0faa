import type { RecordingRow } from '../ledger/recordings.ts'
import { wallMs } from '../local-date.ts'
import type { ActivitySummary } from '../ports/intervals-service.ts'
import { ownerName } from './look-up.ts'
import { sportFamily } from './sport-family.ts'

/** What is compared of a recording. */
export type Ride = Pick<RecordingRow, 'startTime' | 'durationS' | 'sport' | 'sessions'>

/** The same ride, as another app sent it: its activities there, and the app's name where the service tells it. */
export interface SameRide {
  readonly activityIds: readonly string[]
  readonly owner: string | null
  /** False where only the start could be compared: it may be a minute of the ride, from a device that then died. */
  readonly isSure: boolean
}

/*
 * Two devices that record one ride are started within a minute or two of each other, and are stopped when it is over.
 * So both must have started within two minutes, and must share most of their time. The share is of the longer one: a
 * lap lies wholly inside a long ride and is not it. Short rides stand closer together than two minutes, so half their
 * own length is their limit: of two laps of 90 s in a row, the second is not the first. Where anything is not known
 * there is no match: a ride too many can be deleted, a ride that never went up is missed.
 */
const startMs = 120_000
const startShare = 0.5
const sharedTime = 0.8

/**
 * Finds what another app has sent of this ride; null where nothing is surely the same. `timeZone` is the athlete's: the
 * service tells only the local start of what came from Strava. Pure.
 */
export function findSameRide(
  ride: Ride,
  activities: readonly ActivitySummary[],
  timeZone: string,
): SameRide | null {
  const whole = spanOf(ride)
  if (whole === null) return null
  const theirs = activities
    .filter(activity => !isOurs(activity) && holdsRide(activity))
    .flatMap(activity => {
      const offMs = startDifferenceMs(activity, whole.startMs, timeZone)
      return offMs === null ? [] : [{ activity, offMs }]
    })
    .sort((a, b) => Math.abs(a.offMs) - Math.abs(b.offMs))
  const one = theirs.find(({ activity, offMs }) => isSame(activity, offMs, whole, ride))
  if (one !== undefined) return sameRide([one.activity], one.activity.elapsedS !== null)
  return ride.sessions > 1 ? partsOf(theirs, whole) : null
}

/** Made by any Musette, on whatever computer: those are told apart by their bytes. */
function isOurs(activity: ActivitySummary): boolean {
  return activity.externalId?.startsWith('musette-') === true
}

/** What a person typed in holds no recording: left to it, the ride's own would never go up. */
function holdsRide(activity: ActivitySummary): boolean {
  return activity.source !== 'MANUAL'
}

interface Span {
  readonly startMs: number
  readonly lengthMs: number
}

function spanOf(ride: Ride): Span | null {
  const start = ride.startTime === null ? Number.NaN : Date.parse(ride.startTime)
  if (Number.isNaN(start) || ride.durationS === null || !(ride.durationS > 0)) return null
  return { startMs: start, lengthMs: ride.durationS * 1000 }
}

/** How much later than the ride an activity began; null where it does not say. */
function startDifferenceMs(activity: ActivitySummary, rideStartMs: number, timeZone: string): number | null {
  if (activity.startDate !== null) return Date.parse(activity.startDate) - rideStartMs
  if (activity.startDateLocal === null) return null
  // Both as the clock on the wall showed them.
  const ours = wallMs(rideStartMs, timeZone)
  const theirs = Date.parse(`${activity.startDateLocal.slice(0, 19)}Z`)
  return ours === null || Number.isNaN(theirs) ? null : theirs - ours
}

function isSame(activity: ActivitySummary, offMs: number, whole: Span, ride: Ride): boolean {
  if (!isStartNear(offMs, whole)) return false
  // Of what came from Strava nothing but its start may be told.
  if (activity.source === 'STRAVA' && activity.elapsedS === null) return true
  if (activity.elapsedS === null) return false
  const [mine, other] = [sportFamily(ride.sport), sportFamily(activity.type)]
  if (mine !== null && other !== null && mine !== other) return false
  const lengthMs = activity.elapsedS * 1000
  return sharedMs(offMs, lengthMs, whole) >= sharedTime * Math.max(lengthMs, whole.lengthMs)
}

function isStartNear(offMs: number, whole: Span): boolean {
  return Math.abs(offMs) <= Math.min(startMs, whole.lengthMs * startShare)
}

function sharedMs(offMs: number, lengthMs: number, whole: Span): number {
  return Math.max(0, Math.min(offMs + lengthMs, whole.lengthMs) - Math.max(offMs, 0))
}

/**
 * A multisport recording is one file with us and one activity for each of its sports on the service. It is there when
 * the first of another app's began with it and they cover it; all of one app, and none longer than the whole.
 */
function partsOf(
  theirs: readonly { readonly activity: ActivitySummary; readonly offMs: number }[],
  whole: Span,
): SameRide | null {
  for (const first of theirs) {
    if (!isStartNear(first.offMs, whole) || first.activity.elapsedS === null) continue
    const parts = theirs
      .filter(
        ({ activity, offMs }) => isOfSameApp(activity, first.activity) && isInside(activity, offMs, whole),
      )
      .sort((a, b) => a.offMs - b.offMs)
    if (coveredMs(parts, whole) < sharedTime * whole.lengthMs) continue
    return sameRide(
      parts.map(({ activity }) => activity),
      true,
    )
  }
  return null
}

function isOfSameApp(a: ActivitySummary, b: ActivitySummary): boolean {
  return a.source === b.source && a.sourceName === b.sourceName
}

function isInside(activity: ActivitySummary, offMs: number, whole: Span): boolean {
  if (activity.elapsedS === null) return false
  return offMs >= -startMs && offMs + activity.elapsedS * 1000 <= whole.lengthMs + startMs
}

/** Time of the whole that the parts cover together, counted once where they overlap; in order of their starts. */
function coveredMs(
  parts: readonly { readonly activity: ActivitySummary; readonly offMs: number }[],
  whole: Span,
): number {
  let [covered, untilMs] = [0, 0]
  for (const { activity, offMs } of parts) {
    const endMs = Math.min(offMs + (activity.elapsedS ?? 0) * 1000, whole.lengthMs)
    covered += Math.max(0, endMs - Math.max(offMs, untilMs))
    untilMs = Math.max(untilMs, endMs)
  }
  return covered
}

function sameRide(activities: readonly ActivitySummary[], isSure: boolean): SameRide {
  const owners = activities.map(ownerName)
  return { activityIds: activities.map(activity => activity.id), owner: owners[0] ?? null, isSure }
}

import type { WorkoutView } from '../../../shared/app-snapshot.ts'
import { windowTrouble } from '../../../shared/error-text.ts'
import type { Trouble } from '../../../shared/reports.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { WorkoutsView } from '../../../shared/window-data.ts'
import { profileDurationS } from '../../../shared/workout-profile.ts'
import { readTroubles } from '../known-troubles.ts'
import { MetaTable } from '../ledger/meta.ts'
import { addDays, dateThere } from '../local-date.ts'
import type { Db } from '../ports/db.ts'
import { readCalendar, shownDays, type StoredCalendar, type StoredEvent } from './calendar-store.ts'
import { listManifest } from './workout-manifest.ts'
import { thinProfile } from './thin-profile.ts'
import { workoutPlaces } from './workout-places.ts'

/** A calendar older than this missed its turn: the service is asked every 15 minutes. */
const missedMs = 20 * 60_000

/** What stands between Musette and the calendar when its turn is missed. */
const inTheWay = new Set([
  'offline',
  'service-down',
  'rate-limited',
  'budget-spent',
  'signed-out',
  'forbidden',
  'wrong-athlete',
  'keychain-missing',
  'keychain-locked',
  'keychain-failed',
])

/**
 * The coming days with their workouts, as last read, and what became of each workout in each trainer folder.
 * `timeZone` is the athlete's.
 */
export function readWorkouts(deps: {
  readonly db: Db
  readonly settings: Pick<Settings, 'trainers'>
  readonly nowMs: number
  readonly timeZone: string
  /** Profiles have at most so many steps, and no texts: for a snapshot. Left out for whole profiles. */
  readonly mostSteps?: number
}): WorkoutsView {
  const { db, settings, nowMs, mostSteps } = deps
  const calendar = readCalendar(db)
  const today = dateThere(nowMs, deps.timeZone, 'UTC')
  const days = Array.from({ length: shownDays }, (_, index) => addDays(today, index))
  const last = days.at(-1) ?? today
  const manifest = listManifest(db)
  const trouble = calendar.trouble ?? missedTrouble(db, calendar, nowMs)
  return {
    days,
    workouts: calendar.events
      .filter(event => isWorkout(event) && event.date >= today && event.date <= last)
      .map(event => workoutView(event, workoutPlaces(event, settings.trainers, manifest, today), mostSteps)),
    fetchedAt: calendar.readAtMs === null ? null : new Date(calendar.readAtMs).toISOString(),
    trouble: trouble === null ? null : windowTrouble(trouble),
  }
}

/** A note or a holiday is none; a race is one, and so is whatever comes with a workout file. */
function isWorkout(event: StoredEvent): boolean {
  return event.hasFile || event.category === 'WORKOUT' || event.category.startsWith('RACE_')
}

function workoutView(
  event: StoredEvent,
  places: WorkoutView['places'],
  mostSteps: number | undefined,
): WorkoutView {
  const { id, date, time, name, type, load } = event
  const whole = event.profile
  const drawnS = whole === null ? null : Math.round(profileDurationS(whole))
  const profile = whole === null || mostSteps === undefined ? whole : thinProfile(whole, mostSteps)
  return {
    eventId: id,
    ...{ date, time, name, sport: type, load, profile, places },
    durationS: event.durationS ?? drawnS,
  }
}

/** Where the service could not even be asked whose calendar it is, what was found wrong then says why. */
function missedTrouble(db: Db, calendar: StoredCalendar, nowMs: number): Trouble | null {
  if (calendar.readAtMs !== null && nowMs - calendar.readAtMs <= missedMs) return null
  const troubles = readTroubles({ meta: new MetaTable(db) })
  return troubles.find(trouble => trouble.file === null && inTheWay.has(trouble.code)) ?? null
}

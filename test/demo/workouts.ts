import { sha256Of } from './rides.ts'
import { eventJson } from '../fake-intervals/event-json.ts'
import type { FakeState } from '../fake-intervals/state.ts'
import type { FakeAthlete, FakeEvent } from '../fake-intervals/types.ts'
import type { TrainerFormat } from '../../shared/settings.ts'

/** A workout file that should be written. */
export interface DemoWorkout {
  readonly fileName: string
  readonly sha256: string
}

const rides = ['Ride', 'VirtualRide']
const veryLong = 'Very long name '.repeat(12)

/** The seeded week's workouts by their names on the calendar, with the words their file names should have. */
const wordsByName = new Map([
  ['Threshold 3x8', 'Threshold 3x8'],
  ['Endurance', 'Endurance'],
  ['Easy run', 'Easy run'],
  ['../../etc/passwd: <Über> "100%"?*', 'etc passwd Uber 100'],
  [`🚴 ${veryLong}end 🏁`, veryLong],
  ['Openers', 'Openers'],
])

/** Trainers' file systems: 100 bytes a name, with the date before and the event's number behind. */
const maxNameBytes = 100

/** What should lie in a trainer's folder for these events, rides only or everything, in calendar order. */
export function expectedWorkouts(
  state: FakeState,
  athlete: FakeAthlete,
  events: readonly FakeEvent[],
  format: TrainerFormat,
  isRidesOnly: boolean,
): readonly DemoWorkout[] {
  return events.flatMap(event => {
    const seen = eventJson(event, athlete, state, { ext: format, resolve: false, powerRange: 2.5 })
    const words = wordsByName.get(String(seen['name']))
    if (words === undefined || (isRidesOnly && !rides.includes(String(seen['type'])))) return []
    const date = String(seen['start_date_local']).slice(0, 10)
    const tail = ` ${event.id}.${format}`
    const room = maxNameBytes - date.length - 1 - tail.length
    const content = Buffer.from(String(seen['workout_file_base64']), 'base64')
    return [{ fileName: `${date} ${words.slice(0, room).trimEnd()}${tail}`, sha256: sha256Of(content) }]
  })
}

/**
 * The computer's zone; within ten minutes of midnight there, one in which it is noon: the week must not move on while
 * the demo runs.
 */
export function calmTimeZone(nowMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    nowMs,
  )
  const [hour = 0, minute = 0] = parts.split(':').map(Number)
  const minutes = (hour % 24) * 60 + minute
  const isNearMidnight = minutes < 10 || minutes >= 1430
  if (!isNearMidnight) return timeZone
  // In these zones' names the sign is turned round: Etc/GMT+5 is five hours behind UTC.
  const aheadHours = 12 - new Date(nowMs).getUTCHours()
  return aheadHours < 0 ? `Etc/GMT+${-aheadHours}` : `Etc/GMT-${aheadHours}`
}

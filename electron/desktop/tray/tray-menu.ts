import type { AppSnapshot, RideView, WorkoutView } from '../../../shared/app-snapshot.ts'
import { headline } from '../../../shared/headline.ts'
import type { PageName } from '../../../shared/ipc-contract.ts'
import { momentText, type Place } from '../../../shared/moments.ts'
import { activePause } from '../../../shared/pause.ts'
import { quietWords } from '../../../shared/plain-words.ts'
import type { PauseChoice } from '../../../shared/preferences.ts'
import { durationText } from '../../../shared/reasons.ts'
import { activityLink } from '../window/allowed-link.ts'
import { progressText } from './tray-state.ts'

/** What a line of the tray's menu does. */
export type TrayAction =
  | { readonly kind: 'open' }
  | { readonly kind: 'show'; readonly page: PageName; readonly fileId: number | null }
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'sync' }
  | { readonly kind: 'pause'; readonly choice: PauseChoice }
  | { readonly kind: 'resume' }
  | { readonly kind: 'quit' }

export type TrayLine =
  | { readonly kind: 'separator' }
  /** Words only. */
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'action'; readonly label: string; readonly action: TrayAction }

const longestLabel = 60

/** The tray's menu. Pure: the same snapshot at the same time gives the same lines. */
export function trayMenu(snapshot: AppSnapshot, nowMs: number, place: Place = {}): readonly TrayLine[] {
  const ride = snapshot.lastRides[0]
  const workout = snapshot.nextWorkouts[0]
  return [
    statusLine(snapshot, nowMs, place),
    ...(ride === undefined ? [] : [rideLine(ride, nowMs, place)]),
    ...(workout === undefined ? [] : [workoutLine(workout, snapshot.today, place)]),
    { kind: 'separator' },
    ...workLines(snapshot, nowMs),
    { kind: 'separator' },
    line('Open Musette', { kind: 'open' }),
    line('Settings', { kind: 'show', page: 'settings', fileId: null }),
    { kind: 'separator' },
    line('Quit Musette', { kind: 'quit' }),
  ]
}

/** While the account or something else needs the user, the status line leads to where it is mended. */
function statusLine(snapshot: AppSnapshot, nowMs: number, place: Place): TrayLine {
  const { tone, text } = headline(snapshot, nowMs, place)
  const progress = progressText(snapshot)
  const label = progress === null ? text : `${text} (${progress})`
  if (tone !== 'attention' && tone !== 'signedOut') return { kind: 'text', label: short(label) }
  const need = snapshot.needsCount === 1 ? snapshot.needs[0] : undefined
  return line(
    label,
    need === undefined
      ? { kind: 'show', page: 'today', fileId: null }
      : { kind: 'show', page: 'activities', fileId: need.fileId },
  )
}

function workLines(snapshot: AppSnapshot, nowMs: number): readonly TrayLine[] {
  if (snapshot.account.kind === 'none') return [line('Connect to Intervals.icu', { kind: 'open' })]
  const sync = line('Sync now', { kind: 'sync' })
  if (activePause(snapshot.pause, nowMs) !== null) return [sync, line('Resume', { kind: 'resume' })]
  return [
    sync,
    line('Pause for 1 hour', { kind: 'pause', choice: 'hour' }),
    line('Pause until tomorrow', { kind: 'pause', choice: 'tomorrow' }),
  ]
}

function rideLine(ride: RideView, nowMs: number, place: Place): TrayLine {
  const when = ride.startTime === null ? null : momentText(Date.parse(ride.startTime), nowMs, place)
  const took = ride.durationS === null ? null : durationText(ride.durationS * 1000)
  const label = ['Last ride', [ride.sport ?? ride.name, took, when].filter(part => part !== null).join(', ')]
  const [activityId] = ride.activityIds
  const url = activityId === undefined ? null : activityLink(activityId)
  // One that is not there yet shows its own story.
  return line(
    label.join(': '),
    url === null ? { kind: 'show', page: 'activities', fileId: ride.fileId } : { kind: 'link', url },
  )
}

function workoutLine(workout: WorkoutView, today: string, place: Place): TrayLine {
  const day = workout.date === today ? 'today' : weekday(workout.date, place)
  const when = workout.time === null ? day : `${day} ${workout.time}`
  return line(`Next workout: ${workout.name}, ${when}`, { kind: 'show', page: 'workouts', fileId: null })
}

function line(label: string, action: TrayAction): TrayLine {
  return { kind: 'action', label: short(label), action }
}

/** Names come from files and the service: one line, not too wide. */
function short(text: string): string {
  const flat = quietWords(text)
  const letters = Array.from(flat)
  return letters.length <= longestLabel ? flat : `${letters.slice(0, longestLabel - 1).join('')}…`
}

/** The date is the athlete's own, so it is shown as it stands, in no zone. */
function weekday(date: string, { locale }: Place): string {
  const at = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return date
  return at.toLocaleDateString(locale, { weekday: 'short', timeZone: 'UTC' })
}

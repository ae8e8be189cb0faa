import { basename } from 'node:path'
import type { WorkoutPlace } from '../../../shared/app-snapshot.ts'
import type { Trainer } from '../../../shared/settings.ts'
import { addDays } from '../local-date.ts'
import { maxDeviceFiles } from './device-room.ts'
import type { ManifestEntry } from './workout-manifest.ts'

interface PlacedEvent {
  readonly id: string
  readonly date: string
  readonly type: string | null
  readonly hasFile: boolean
}

type Told = Pick<WorkoutPlace, 'state' | 'reason' | 'fileName'>

/** What became of an event in each trainer folder, in the folders' order. Settings tell before the last look does. */
export function workoutPlaces(
  event: PlacedEvent,
  trainers: readonly Trainer[],
  manifest: readonly ManifestEntry[],
  today: string,
): readonly WorkoutPlace[] {
  return trainers.map(trainer => {
    const rows = manifest.filter(entry => entry.trainerId === trainer.id && entry.eventId === event.id)
    return { trainerId: trainer.id, trainerName: trainer.name, ...tell(event, trainer, rows, today) }
  })
}

function tell(event: PlacedEvent, trainer: Trainer, rows: readonly ManifestEntry[], today: string): Told {
  // A file that is there is the truth, whatever the settings have become since; the next look may remove it.
  const there = rows.find(row => row.state === 'written') ?? rows.find(row => row.state === 'delivered')
  if (there !== undefined) {
    return {
      state: stateOf(there),
      reason: null,
      fileName: there.path === null ? null : basename(there.path),
    }
  }
  const touched = rows.find(row => row.state === 'userDeleted' || row.state === 'userChanged')
  if (touched !== undefined) return touchedByUser(touched)
  if (!event.hasFile) return skipped('No file: it has no steps.')
  if (isLeftOut(event, trainer)) return skipped(`Left out: this folder takes ${wordsFor(trainer)} only.`)
  if (trainer.days === 0) return skipped('Left out: this folder takes no days.')
  if (event.date > addDays(today, trainer.days - 1)) {
    return pending(
      `Not yet: this folder takes ${trainer.days === 1 ? 'today' : `${trainer.days} days`} only.`,
    )
  }
  if (trainer.isPaused) return pending('This folder is paused.')
  switch (rows.find(row => row.state === 'skipped')?.reasonCode) {
    case 'device-full':
      return skipped(`The device is full: it keeps ${maxDeviceFiles} workouts.`)
    case 'no-workout':
      return skipped(`No file: the service has none as ${trainer.format}.`)
    case 'same-file-there':
      return skipped('The same file is there already, put there by someone else.')
    default:
      // Also where an earlier look left it out for what is not so any more.
      return pending('Will be written at the next look.')
  }
}

function stateOf(row: ManifestEntry): 'written' | 'delivered' {
  return row.state === 'delivered' ? 'delivered' : 'written'
}

function touchedByUser(row: ManifestEntry): Told {
  const fileName = row.path === null ? null : basename(row.path)
  return row.state === 'userDeleted'
    ? { state: 'userDeleted', reason: 'You deleted it here; it comes back when it changes.', fileName }
    : { state: 'userChanged', reason: 'You changed it: it is yours now.', fileName }
}

function isLeftOut(event: PlacedEvent, trainer: Trainer): boolean {
  const sports = trainer.sports?.map(sport => sport.toLowerCase())
  return sports !== undefined && !sports.includes(event.type?.toLowerCase() ?? '')
}

/** `Ride`, `Ride and VirtualRide`, `Ride, Run and Swim`. */
function wordsFor(trainer: Trainer): string {
  const sports = trainer.sports ?? []
  const last = sports.at(-1) ?? 'no sport'
  return sports.length < 2 ? last : `${sports.slice(0, -1).join(', ')} and ${last}`
}

function skipped(reason: string): Told {
  return { state: 'skipped', reason, fileName: null }
}

function pending(reason: string): Told {
  return { state: 'pending', reason, fileName: null }
}

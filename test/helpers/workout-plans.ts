import type { WorkoutSteps } from '../../electron/formats/workout/workout-steps.ts'
import type {
  CalendarEvent,
  FolderFile,
  ManifestFile,
  PlanAction,
  PlanInput,
} from '../../electron/sync/workouts/plan-types.ts'
import { planWrites } from '../../electron/sync/workouts/plan-writes.ts'
import { workoutFileName } from '../../electron/sync/workouts/workout-names.ts'

export const today = '2026-11-22'
export const tomorrow = '2026-11-23'

/** A workout of one step, with one cue. */
export function steps(power: number, text = 'Hold'): WorkoutSteps {
  return {
    name: 'Ride',
    unit: 'ftp',
    steps: [{ kind: 'steady', durationS: 60, power, cadence: null }],
    cues: [{ atS: 0, text }],
  }
}

/** An event whose file has `version` for its bytes. */
export function event(id: string, version = 'v1', other: Partial<CalendarEvent> = {}): CalendarEvent {
  const date = other.date ?? today
  const name = other.name ?? 'Ride'
  return {
    id,
    category: 'WORKOUT',
    date,
    name,
    type: 'Ride',
    updatedAt: null,
    file: { eventId: id, date, name, content: new Uint8Array([1]), sha256: version, version },
    ...other,
  }
}

/** A file of ours, written for `event` of the same id. */
export function row(id: string, version = 'v1', other: Partial<ManifestFile> = {}): ManifestFile {
  const eventDate = other.eventDate ?? today
  const name = workoutFileName({ id, date: eventDate, name: other.eventName ?? 'Ride' }, 'zwo')
  return {
    id: Number(id) * 10,
    eventId: id,
    eventDate,
    eventName: 'Ride',
    fileName: name,
    wantedName: name,
    version,
    sha256: version,
    folderIdentity: 'disk:1',
    workout: null,
    state: 'written',
    ...other,
  }
}

/** A file in the trainer's folder. */
export function file(name: string, sha256: string | null, other: Partial<FolderFile> = {}): FolderFile {
  return { name, kind: 'file', sha256, workout: null, ...other }
}

/** The name an event's file gets. */
export const ride = (id: string, twin = 1, date = today, name = 'Ride'): string =>
  workoutFileName({ id, date, name }, 'zwo', twin)

/** Plans a library of zwo files for a week from today; answers one line an action. */
export function plan(
  input: Partial<PlanInput> & { readonly files?: readonly FolderFile[] },
): readonly string[] {
  const { files = [], ...rest } = input
  return planWrites({
    kind: 'library',
    format: 'zwo',
    today,
    range: { first: today, last: '2026-11-28' },
    sports: null,
    events: [],
    manifest: [],
    folder: { identity: 'disk:1', files },
    ...rest,
  }).map(said)
}

/** One line an action. */
function said(action: PlanAction): string {
  switch (action.kind) {
    case 'write': {
      const parts = [
        ...action.remove.map(old => ` -${old.fileName}`),
        ...action.forget.map(old => ` ?${old.fileName}`),
      ]
      return `write ${action.fileName} (${action.reason})${parts.join('')}`
    }
    case 'replace':
      return `replace ${action.file.fileName} with ${action.event.version} (${action.reason})`
    case 'remove':
    case 'forget':
      return `${action.kind} ${action.file.fileName} (${action.reason})`
    case 'keep':
      return `keep ${action.file.fileName} as ${action.state}`
    case 'skip':
      return `skip ${action.event.id} (${action.reason})`
  }
}

/** A name, what there is, and what is to be done about it. */
export type Case = readonly [string, Parameters<typeof plan>[0], readonly string[]]

import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import { AppError, type ErrorCode } from '../../../shared/app-error.ts'
import { errorText } from '../../../shared/error-text.ts'
import { workoutVersion } from '../../formats/workout/workout-version.ts'
import type { IntervalsService, PlannedEvent, WorkoutFormat } from '../ports/intervals-service.ts'
import type { Log } from '../ports/log.ts'
import { addDays, dateThere } from '../local-date.ts'
import { isLedgerTrouble } from '../ledger/ledger-trouble.ts'
import type { CalendarEvent } from './plan-types.ts'
import { syncTrainer, type TrainerOutcome } from './sync-trainer.ts'
import type { FileDeps } from './workout-files.ts'
import type { SkippedEvent } from './workout-manifest.ts'

/** The rest of what the engine asks about workouts. */
export { listManifest, ownsWorkoutBytes, removeTrainer } from './workout-manifest.ts'

/** A folder that planned workouts are written into. */
export interface TrainerTarget {
  readonly id: string
  /** Absolute. */
  readonly folder: string
  readonly format: WorkoutFormat
  /** Today and the days-1 after it; 0 to 28. With 0 nothing should be there. */
  readonly days: number
  /** The service's words (`Ride`); null for all. */
  readonly sports: readonly string[] | null
  /** A folder named NewFiles is an inbox, whatever this says. */
  readonly kind: 'library' | 'inbox'
  /** Nothing is read or changed there. */
  readonly isPaused: boolean
}

export interface PullDeps extends FileDeps {
  readonly service: Pick<IntervalsService, 'listEvents'>
  readonly log?: Log | undefined
}

export interface PullInput {
  readonly athleteId: string
  /** IANA name; the computer's zone stands in where it is null or unknown. */
  readonly athleteTimeZone: string | null
  readonly trainers: readonly TrainerTarget[]
  /** So many days of the calendar are wanted for their own sake too; left out for none. */
  readonly calendarDays?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** What became of the wish for the calendar itself. */
export type CalendarReading =
  | { readonly kind: 'notRead' }
  | {
      readonly kind: 'read'
      /** Of these local dates, both inclusive; also events that began before may be among them. */
      readonly first: string
      readonly last: string
      readonly events: readonly PlannedEvent[]
    }
  | { readonly kind: 'failed'; readonly error: AppError }

/** What one pull did. `unchanged` counts events whose file is there, or was taken by the device. */
export interface PullReport {
  readonly written: number
  readonly removed: number
  readonly unchanged: number
  readonly skipped: readonly SkippedEvent[]
  readonly errors: readonly PullError[]
  /** The first failure to ask the service; trainers of that format were left as they are. */
  readonly serviceFailed: AppError | null
  readonly calendar: CalendarReading
}

export interface PullError {
  readonly code: ErrorCode
  readonly message: string
  readonly file: string | null
}

/**
 * Brings the planned workouts of the calendar into the trainers' folders. Each format is asked for once; a format the
 * service failed on keeps its last good copies. Trouble with one folder or file is in the report and stops no
 * other. Throws only what is a bug, and AppErrors of the ledger. Never run two at a time: recovery takes an intent
 * of the other for one that was killed.
 */
export async function pullWorkouts(deps: PullDeps, input: PullInput): Promise<PullReport> {
  const today = dateThere(deps.clock.now(), input.athleteTimeZone, deps.clock.timeZone())
  const active = input.trainers.filter(trainer => !trainer.isPaused)
  const { signal } = input
  const calendarDays = input.calendarDays ?? 0
  let serviceFailed: AppError | null = null
  let calendar: CalendarReading = { kind: 'notRead' }
  const outcomes: TrainerOutcome[] = []
  const formats = new Set(active.map(trainer => trainer.format))
  const shownFormat = calendarDays > 0 ? formatOfCalendar(formats) : null
  if (shownFormat !== null) formats.add(shownFormat)
  for (const format of formats) {
    const trainers = active.filter(trainer => trainer.format === format)
    const days = Math.max(0, ...trainers.map(trainer => trainer.days))
    const isShown = format === shownFormat
    const askedDays = isShown ? Math.max(days, calendarDays) : days
    let events: readonly CalendarEvent[] | null = []
    if (askedDays > 0 && !isAborted(signal)) {
      const last = addDays(today, askedDays - 1)
      const query = { athleteId: input.athleteId, oldest: today, newest: last, format }
      try {
        const found = await deps.service.listEvents(query, signal)
        events = found.map(event => calendarEvent(event, format))
        if (isShown) calendar = { kind: 'read', first: today, last, events: found }
      } catch (error) {
        if (!(error instanceof AppError) || isLedgerTrouble(error)) throw error
        deps.log?.('warn', 'workouts: the calendar could not be read', { format, code: error.code })
        serviceFailed ??= error
        if (isShown) calendar = { kind: 'failed', error }
        events = null
      }
    }
    for (const trainer of trainers) {
      if (isAborted(signal)) break
      outcomes.push(
        await syncTrainer(deps, {
          trainerId: trainer.id,
          folder: trainer.folder,
          format,
          kind: isInbox(trainer) ? 'inbox' : 'library',
          today,
          range: trainer.days > 0 ? { first: today, last: addDays(today, trainer.days - 1) } : null,
          sports: trainer.sports,
          // Nothing should be there with 0 days, whatever the calendar says.
          events: trainer.days > 0 ? events : [],
          signal,
        }),
      )
    }
  }
  return {
    written: total(outcomes, outcome => outcome.written),
    removed: total(outcomes, outcome => outcome.removed),
    unchanged: total(outcomes, outcome => outcome.unchanged),
    skipped: outcomes.flatMap(outcome => outcome.skipped),
    errors: outcomes.flatMap(outcome => outcome.errors).map(toldError),
    serviceFailed,
    calendar,
  }
}

function toldError(error: AppError): PullError {
  const { code, file } = error
  // It is the trainer's disk: rides go on.
  const isTrainersDisk = code === 'disk-full' && file !== null
  const message = isTrainersDisk
    ? `The disk of ${dirname(file)} is full, so its workouts can't be written. Free some space.`
    : errorText(error)
  return { code, message, file }
}

/**
 * The calendar rides on a reply that is asked for anyway. Zwift's is best, for its steps can be drawn should the
 * service's own document one day be another.
 */
function formatOfCalendar(formats: ReadonlySet<WorkoutFormat>): WorkoutFormat {
  const [first] = formats
  return formats.has('zwo') ? 'zwo' : (first ?? 'zwo')
}

function isInbox(trainer: TrainerTarget): boolean {
  return trainer.kind === 'inbox' || basename(trainer.folder).toLowerCase() === 'newfiles'
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

function calendarEvent(event: PlannedEvent, format: WorkoutFormat): CalendarEvent {
  const content = event.file?.content
  if (content === undefined || content.length === 0) return { ...event, file: null }
  return {
    ...event,
    file: {
      eventId: event.id,
      date: event.date,
      name: event.name,
      content,
      sha256: createHash('sha256').update(content).digest('hex'),
      version: workoutVersion(format, content),
    },
  }
}

function total(outcomes: readonly TrainerOutcome[], of: (outcome: TrainerOutcome) => number): number {
  return outcomes.reduce((sum, outcome) => sum + of(outcome), 0)
}

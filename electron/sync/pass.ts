import { AppError } from '../../shared/app-error.ts'
import { errorText } from '../../shared/error-text.ts'
import type { SyncReport, Trouble } from '../../shared/reports.ts'
import type { Source } from '../../shared/settings.ts'
import { changeRecording } from './activities/change-recording.ts'
import { keepVerdicts } from './activities/keep-verdicts.ts'
import { archiveSourceId } from './activities/upload-queue.ts'
import { mayArchive } from './activities/free-space.ts'
import { noticeDeleted } from './activities/notice-deleted.ts'
import { takeInSource } from './activities/intake.ts'
import type { SourceHealth } from './activities/intake-deps.ts'
import type { DrainEnd } from './activities/upload-queue.ts'
import type { EngineParts } from './engine-parts.ts'
import { isLedgerTrouble } from './ledger/ledger-trouble.ts'
import { realTrainerFolders } from './folders/real-trainer-folders.ts'
import { countStates } from './overview.ts'
import { rebuildFolder } from './rebuild.ts'
import type { AthleteProfile } from './ports/intervals-service.ts'
import { noteReading, shownDays } from './workouts/calendar-store.ts'
import { pullWorkouts, type PullReport } from './workouts/pull-workouts.ts'

/** How soon a nearly full disk is asked again. */
export const lowDiskMs = 60_000

/** What a pass has found so far; troubles are kept once each. */
export class PassNotes {
  readonly #troubles = new Map<string, Trouble>()
  pulled: Pick<PullReport, 'written' | 'removed' | 'unchanged'> = { written: 0, removed: 0, unchanged: 0 }

  add(trouble: Trouble): void {
    this.#troubles.set(`${trouble.code} ${trouble.file ?? ''}`, trouble)
  }

  addError(error: AppError, file: string | null = error.file): void {
    this.add({ code: error.code, message: errorText(error), file })
  }

  drop(code: string): void {
    for (const key of this.#troubles.keys()) if (key.startsWith(`${code} `)) this.#troubles.delete(key)
  }

  get errors(): readonly Trouble[] {
    return [...this.#troubles.values()]
  }
}

/** A folder's state as trouble for people; null when all is well. */
export function folderTrouble(source: Source, health: SourceHealth): Trouble | null {
  switch (health.kind) {
    case 'missing':
      return {
        code: 'folder-missing',
        message: `${source.name}'s folder is not there. Nothing was changed; plug it in or mount it, or remove it from Musette.`,
        file: source.folder,
      }
    case 'unreadable':
      return {
        code: 'folder-unreadable',
        message: `${source.name}'s folder can't be read: allow Musette to read it.`,
        file: source.folder,
      }
    case 'watching':
    case 'empty':
      return null
  }
}

/** Scans and takes in the sources given; the healths are kept in `parts.healths`. */
export async function takeIn(
  parts: EngineParts,
  sources: readonly Source[],
  notes: PassNotes,
  signal: AbortSignal,
  hooks: {
    /** Called after each file. */
    readonly onProgress?: () => void
    /** True once the user has paused everything: the rest is left. */
    readonly isHeld?: () => boolean
  } = {},
): Promise<void> {
  const settings = parts.settings.current()
  const trainerFolders = await realTrainerFolders(parts)
  const isCut = (): boolean => signal.aborted
  const isHeld = (): boolean => hooks.isHeld?.() ?? false
  const onProgress = (): void => hooks.onProgress?.()
  for (const source of sources) {
    if (isCut() || isHeld()) return
    if (source.isPaused) continue
    const isWanted = (): boolean =>
      !isHeld() && parts.settings.current().sources.some(one => one.id === source.id && !one.isPaused)
    const options = { keepFree: settings.keepFree, trainerFolders, signal, onProgress, isWanted }
    const health = await parts.intakeTurn.take(async () => {
      const trouble = await rebuildFolder(parts, source, signal)
      if (trouble === null) return takeInSource(parts.intake, source, options)
      const kind = trouble.code === 'missing' ? ('missing' as const) : ('unreadable' as const)
      return { sourceId: source.id, kind, otherFiles: 0, missed: [] }
    })
    // Cut short: what was seen of the folder says nothing about it.
    if (isCut()) return
    parts.healths.set(source.id, health)
    const trouble = folderTrouble(source, health)
    if (trouble !== null) notes.add(trouble)
    for (const missed of health.missed) {
      notes.add({
        code: 'unreadable',
        message: missedText(missed),
        file: missed,
      })
    }
  }
  await keepVerdicts(parts)
}

function missedText(path: string): string {
  if (path.includes('\uFFFD'))
    return `${path} has a name that is not valid text. Rename it, and Musette can read it.`
  return `${path} can't be read: allow Musette to read it.`
}

/** Looks after what was sent: rides deleted on the service are shown as such. Trouble here is only logged. */
export async function lookAfterSent(
  parts: EngineParts,
  athlete: AthleteProfile,
  signal: AbortSignal,
): Promise<void> {
  try {
    await noticeDeleted(parts, athlete.id, signal)
    await keepVerdicts(parts)
  } catch (error) {
    if (isLedgerTrouble(error) || (!(error instanceof AppError) && !signal.aborted)) throw error
    parts.log('warn', 'could not look for deleted activities', { error: String(error) })
  }
}

/**
 * Brings the trainer folders up to date with the calendar, and answers what kept the calendar from being read, or null.
 * `withCalendar` also keeps the coming days for the window, whether or not there are trainer folders.
 */
export async function pull(
  parts: EngineParts,
  athlete: AthleteProfile,
  notes: PassNotes,
  signal: AbortSignal,
  { withCalendar = false }: { readonly withCalendar?: boolean } = {},
): Promise<AppError | null> {
  const trainers = parts.settings.current().trainers
  if (trainers.length === 0 && !withCalendar) return null
  const { disk, clock, service, ledger, log } = parts
  const input = {
    athleteId: athlete.id,
    athleteTimeZone: athlete.timeZone,
    trainers,
    calendarDays: withCalendar ? shownDays : 0,
    signal,
  }
  const report = await parts.pullTurn.take(() =>
    pullWorkouts({ disk, db: ledger.db, clock, service, log }, input),
  )
  noteReading(ledger.db, report.calendar, clock.now())
  notes.pulled = {
    written: notes.pulled.written + report.written,
    removed: notes.pulled.removed + report.removed,
    unchanged: report.unchanged,
  }
  for (const trouble of report.errors) notes.add(trouble)
  if (report.serviceFailed !== null) notes.addError(report.serviceFailed)
  return report.serviceFailed
}

/** Sends what is due, if the disk has room to note what becomes of it. Once held, nothing more is begun. */
export async function drainQueue(
  parts: EngineParts,
  athlete: AthleteProfile,
  signal: AbortSignal,
  isHeld: () => boolean = () => false,
): Promise<DrainEnd> {
  const { keepFree } = parts.settings.current()
  parts.queue.recoverLost()
  forgetStrays(parts)
  if (await mayArchive(parts.disk, parts.folders.archive, keepFree)) {
    const sources = (): readonly Source[] => parts.settings.current().sources
    const end = await parts.queue.drain(athlete.id, sources, signal, isHeld)
    // A source may have been removed while its ride was on its way.
    forgetStrays(parts)
    await keepVerdicts(parts)
    return end
  }
  const error = new AppError('disk-full', 'the disk is nearly full', 'retry')
  return { error, nextAtMs: parts.clock.now() + lowDiskMs }
}

/** Recordings whose source is gone (removed while one was on its way, or killed in between) would never be sent or end. */
export function forgetStrays(parts: EngineParts): void {
  const living = [...parts.settings.current().sources.map(source => source.id), archiveSourceId]
  const strays = parts.ledger.recordings.strays(living)
  if (strays.length === 0) return
  parts.ledger.db.transaction('full', () => {
    for (const { sha256 } of strays)
      changeRecording(parts.ledger, sha256, { kind: 'sourceRemoved' }, parts.clock.now())
  })
}

/** True when asking again soon is of no use: the key, a right or the disk must be mended first. */
export function isStoppedBy(error: AppError | null): boolean {
  return error?.recovery === 'sign-in' || error?.code === 'forbidden' || error?.code === 'disk-full'
}

/** The numbers of a pass. `before` is the queue's tally when it began. */
export function reportPass(
  parts: EngineParts,
  notes: PassNotes,
  before: { readonly uploaded: number; readonly alreadyThere: number },
): SyncReport {
  const counts = countStates(parts.ledger)
  const { uploaded, alreadyThere } = parts.queue.tally
  return {
    uploaded: uploaded - before.uploaded,
    alreadyThere: alreadyThere - before.alreadyThere,
    waiting: counts.waiting,
    held: counts.held,
    notActivity: counts.notActivity,
    tooOld: counts.tooOld,
    rejected: counts.rejected,
    retrying: counts.retrying + counts.uploading,
    ignored: counts.ignored,
    queued: counts.queued,
    workoutsWritten: notes.pulled.written,
    workoutsRemoved: notes.pulled.removed,
    workoutsUnchanged: notes.pulled.unchanged,
    errors: notes.errors,
  }
}

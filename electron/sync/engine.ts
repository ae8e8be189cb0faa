import { dirname } from 'node:path'
import { AppError } from '../../shared/app-error.ts'
import type { SyncReport } from '../../shared/reports.ts'
import type { Source } from '../../shared/settings.ts'
import { askAccount, waitInPlaceMs } from './ask-account.ts'
import { keepVerdicts } from './activities/keep-verdicts.ts'
import { hastenPostponed, uncopiedTrouble } from './activities/uncopied.ts'
import { UploadQueue } from './activities/upload-queue.ts'
import type { EngineDeps, EngineParts } from './engine-parts.ts'
import { drainQueue, isStoppedBy, lookAfterSent, PassNotes, pull, reportPass, takeIn } from './pass.ts'
import type { AthleteProfile } from './ports/intervals-service.ts'
import { letGoOfUnknown } from './folders/manage-sources.ts'
import { heedWaits } from './heed-waits.ts'
import { forgetImpossibleTimes } from './impossible-times.ts'
import { writeTroubles } from './known-troubles.ts'
import { recover } from './recover.ts'
import { Turn } from './turn.ts'
import { ownsWorkoutBytes } from './workouts/workout-manifest.ts'

/** The least pause between two looks within one sync, so that nothing can make it spin. */
const shortestWaitMs = 100

/** Joins the parts of the engine over its dependencies. No work is done yet. */
export function engineParts(deps: EngineDeps): EngineParts {
  const { ledger, disk, examiner, clock, log, folders, random } = deps
  const service = heedWaits(deps.service, waitMs => queue.obeyUntil(clock.now() + waitMs))
  const archiveFolder = folders.archive
  const queue = new UploadQueue({ ledger, disk, service, clock, random, log, archiveFolder })
  return {
    ...deps,
    service,
    intake: {
      ...{ ledger, disk, examiner, clock, log, folders },
      isOwnWorkout: sha256 => ownsWorkoutBytes(ledger.db, sha256),
    },
    queue,
    foldersTurn: new Turn(),
    intakeTurn: new Turn(),
    pullTurn: new Turn(),
    verdictsTurn: new Turn(),
    healths: new Map(),
  }
}

/** Makes the home ready and puts right what a killed process left. To be called once, before anything else. */
export async function prepareEngine(parts: EngineParts): Promise<void> {
  await parts.disk.makeFolder(parts.folders.archive)
  await parts.disk.makeFolder(parts.folders.staging)
  // New names, the ledger's among them, are safe only once their folder is.
  await parts.disk.flushFolder(dirname(parts.folders.archive))
  forgetImpossibleTimes(parts.ledger, parts.clock.now())
  await recover(parts, parts.folders.staging)
  letGoOfUnknown(parts)
  await keepVerdicts(parts)
}

/**
 * One whole pass: whose key, scan, archive, upload, pull. Waits in place up to 60 s for what is settling or falls due,
 * then ends. Without an account or a connection, and while the service's own wait lasts, rides are still archived: the
 * trainer may overwrite them any time.
 */
export async function syncOnce(
  parts: EngineParts,
  signal: AbortSignal,
  /** Called after each file that was looked into. */
  onProgress: () => void = () => undefined,
): Promise<SyncReport> {
  const before = parts.queue.tally
  const notes = new PassNotes()
  // First of all: a wait from a clock that ran ahead would hold the very first request.
  forgetImpossibleTimes(parts.ledger, parts.clock.now())
  const account = await askAccount(parts, signal, 'sync')
  if (account instanceof AppError) {
    notes.addError(account)
    if (account.code === 'wrong-athlete') {
      writeTroubles(parts.ledger, notes.errors)
      return reportPass(parts, notes, before)
    }
  }
  parts.queue.forgetOwnBackOff()
  hastenPostponed(parts.ledger, parts.clock.now())
  await takeIn(parts, parts.settings.current().sources, notes, signal, { onProgress })
  const athlete = account instanceof AppError ? null : account
  const isStopped = await upload(parts, athlete, notes, signal)
  let notPulled: AppError | null = null
  if (athlete !== null && !isStopped) {
    notPulled = await pull(parts, athlete, notes, signal)
    await lookAfterSent(parts, athlete, signal)
  }
  notPulled = await waitInPlace(parts, isStopped ? null : athlete, notPulled, notes, signal)
  // An upload that went through meanwhile says nothing about the calendar.
  if (notPulled !== null) notes.addError(notPulled)
  const uncopied = uncopiedTrouble(parts.ledger)
  if (uncopied !== null) notes.add(uncopied)
  noteUnfinished(parts, athlete, notes, signal)
  if (athlete !== null) parts.ledger.meta.write('last-sync-at', String(parts.clock.now()))
  writeTroubles(parts.ledger, notes.errors)
  return reportPass(parts, notes, before)
}

/** A pass that did not do all it could says so: it was stopped, or the service's wait from an earlier one still holds. */
function noteUnfinished(
  parts: EngineParts,
  athlete: AthleteProfile | null,
  notes: PassNotes,
  signal: AbortSignal,
): void {
  if (signal.aborted) {
    const message = 'The sync was stopped before its end. Nothing is lost; the next one goes on.'
    notes.add({ code: 'interrupted', message, file: null })
  }
  const isLeft = parts.queue.nextAtMs(parts.settings.current().sources) !== null
  if (
    athlete !== null &&
    notes.errors.length === 0 &&
    isLeft &&
    parts.queue.askedUntilMs() > parts.clock.now()
  ) {
    notes.addError(new AppError('rate-limited', 'an earlier wait still holds', 'retry'))
  }
}

/** True when the credential can send nothing more. */
async function upload(
  parts: EngineParts,
  athlete: AthleteProfile | null,
  notes: PassNotes,
  signal: AbortSignal,
): Promise<boolean> {
  if (athlete === null) return true
  // While the queue pauses nothing is asked, so what was noted of it still stands.
  if (parts.queue.pausedUntilMs() > parts.clock.now()) return false
  for (const code of ['offline', 'service-down', 'rate-limited', 'budget-spent']) notes.drop(code)
  const end = await drainQueue(parts, athlete, signal)
  if (end.error !== null) notes.addError(end.error)
  return isStoppedBy(end.error)
}

function isReadable(parts: EngineParts, source: Source): boolean {
  const kind = parts.healths.get(source.id)?.kind
  return kind === 'watching' || kind === 'empty'
}

/** Answers what keeps the calendar from being read, which a wait of the service may have done until now. */
async function waitInPlace(
  parts: EngineParts,
  athlete: AthleteProfile | null,
  whyNotPulled: AppError | null,
  notes: PassNotes,
  signal: AbortSignal,
): Promise<AppError | null> {
  const { clock, ledger, queue } = parts
  const deadline = clock.monotonic() + waitInPlaceMs
  let who = athlete
  let notPulled = whyNotPulled
  while (!signal.aborted) {
    const sources = parts.settings.current().sources.filter(source => !source.isPaused)
    // A folder that is away now gives nothing to wait for.
    const readable = sources.filter(source => isReadable(parts, source))
    const settling = ledger.files.nextSettledAt(readable.map(source => source.id))
    const due = who === null ? null : queue.nextAtMs(sources)
    // What was refused for a wait of the service alone is asked for again when that is over.
    const isHeld = who !== null && notPulled?.code === 'rate-limited' && queue.askedUntilMs() > clock.now()
    const pullAt = isHeld ? queue.askedUntilMs() : null
    const next = Math.min(...[settling, due, pullAt].map(at => at ?? Number.POSITIVE_INFINITY))
    const waitMs = Math.max(shortestWaitMs, next - clock.now())
    if (waitMs > deadline - clock.monotonic()) return notPulled
    await clock.sleep(waitMs, signal)
    if (settling !== null && settling <= clock.now()) await takeIn(parts, readable, notes, signal)
    if (await upload(parts, who, notes, signal)) who = null
    if (who !== null && pullAt !== null && pullAt <= clock.now()) {
      notPulled = await pull(parts, who, notes, signal)
    }
  }
  return notPulled
}

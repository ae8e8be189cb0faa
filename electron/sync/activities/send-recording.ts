import { AppError } from '../../../shared/app-error.ts'
import { reason, type Reason } from '../../../shared/reasons.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RecordingRow } from '../ledger/recordings.ts'
import type { Clock, Random } from '../ports/clock.ts'
import type { Disk } from '../ports/disk.ts'
import type { IntervalsService, UploadReply } from '../ports/intervals-service.ts'
import type { Log } from '../ports/log.ts'
import { archivePath, readArchived } from './archive.ts'
import { backOffMs } from './back-off.ts'
import { changeRecording } from './change-recording.ts'
import { activitiesAround, externalId, ownerName } from './look-up.ts'
import type { RecordingEvent } from './recording-state.ts'

export interface SendDeps {
  readonly ledger: Ledger
  readonly disk: Disk
  readonly service: IntervalsService
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly archiveFolder: string
}

/** How one attempt ended, for the queue. The recording itself is in the ledger already. */
export type AttemptEnd =
  /** Done, or given up with a reason: go on with the next. */
  | { readonly kind: 'next' }
  /** Everything waits: an outage, or the service asked for it. */
  | {
      readonly kind: 'pause'
      readonly untilMs: number
      readonly isOwnBackOff: boolean
      readonly error: AppError
    }
  /** Only backfill waits: its half of the day's budget is used. */
  | { readonly kind: 'pauseBackfill'; readonly untilMs: number }
  /** Nothing more can be sent with this credential. */
  | { readonly kind: 'stop'; readonly error: AppError }

/** An answer may be lost for a moment only: look it up this long after. */
const lookUpAfterMs = 5_000

/**
 * Sends one recording: looks it up first when an earlier request may have stored it, writes the intent, sends the
 * archive's copy, writes the outcome. Exactly one ledger state follows, whatever happens.
 */
export async function sendRecording(
  deps: SendDeps,
  athleteId: string,
  recording: RecordingRow,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  const change = (event: RecordingEvent): RecordingRow =>
    changeRecording(deps.ledger, recording.sha256, event, deps.clock.now())
  try {
    if (recording.mustLookUp) {
      const found = await findOurs(deps, athleteId, recording, signal)
      if (found.length > 0) {
        change({ kind: 'foundOnService', activityIds: found })
        return { kind: 'next' }
      }
      change({ kind: 'notFound' })
    }
    change({ kind: 'attemptStarted' })
    const reply = await upload(deps, athleteId, recording, signal)
    change(await outcome(deps, athleteId, recording, reply, signal))
    return { kind: 'next' }
  } catch (error) {
    if (signal.aborted) {
      // Stopping: the request was cut, so the service may or may not have it. The next start looks it up.
      change(
        later(deps, recording, reason('outcome-unknown'), {
          isInDoubt: true,
          atMs: 0,
          countsAsFailure: false,
        }),
      )
      return { kind: 'next' }
    }
    if (!(error instanceof AppError)) {
      // A bug, not trouble: this ride waits, the others go on, and the log tells.
      deps.log('error', 'an upload failed unexpectedly', { sha256: recording.sha256, error: String(error) })
      change(later(deps, recording, reason('service-down'), { isInDoubt: true }))
      return { kind: 'next' }
    }
    return afterFailure(deps, athleteId, recording, error, change, signal)
  }
}

async function upload(
  deps: SendDeps,
  athleteId: string,
  recording: RecordingRow,
  signal: AbortSignal,
): Promise<UploadReply> {
  const path = archivePath(deps.archiveFolder, recording.sha256, recording.format)
  return deps.service.uploadActivity(
    {
      athleteId,
      fileName: `${recording.baseName}.${recording.format}`,
      externalId: externalId(recording.sha256),
      bytes: recording.bytes,
      isBackfill: recording.origin === 'backfill',
      body: () => readArchived(deps.disk, path, recording.sha256),
    },
    signal,
  )
}

/** Activities that carry our external_id; several for a multisport recording. */
async function findOurs(
  deps: SendDeps,
  athleteId: string,
  recording: RecordingRow,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const around = await activitiesAround(deps.service, athleteId, recording, signal).catch(
    (error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'refused-by-service') throw error
      // A refused look-up says nothing about the ride itself: it is asked again later.
      throw new AppError('service-down', error.message, 'retry', { cause: error })
    },
  )
  const wanted = externalId(recording.sha256)
  return (around ?? []).filter(activity => activity.externalId === wanted).map(activity => activity.id)
}

async function outcome(
  deps: SendDeps,
  athleteId: string,
  recording: RecordingRow,
  reply: UploadReply,
  signal: AbortSignal,
): Promise<RecordingEvent> {
  if (reply.kind === 'created') return { kind: 'created', activityIds: reply.activityIds }
  if (reply.kind === 'nothingMade') return { kind: 'heldBack', why: reason('nothing-made') }
  const known: RecordingEvent = { kind: 'known', activityIds: reply.activityIds, owner: null, isOurs: false }
  try {
    const around = (await activitiesAround(deps.service, athleteId, recording, signal)) ?? []
    const wanted = externalId(recording.sha256)
    const match =
      around.find(activity => reply.activityIds.includes(activity.id)) ??
      around.find(activity => activity.externalId === wanted)
    if (match === undefined) return known
    const activityIds = reply.activityIds.length > 0 ? reply.activityIds : [match.id]
    return { kind: 'known', activityIds, owner: ownerName(match), isOurs: match.externalId === wanted }
  } catch (error) {
    // Whose activity it is would be nice to know; that it is there is what counts.
    if (!(error instanceof AppError)) throw error
    deps.log('warn', 'could not ask whose activity it is', { sha256: recording.sha256, code: error.code })
    return known
  }
}

function later(
  deps: SendDeps,
  recording: RecordingRow,
  why: Reason,
  options: { readonly isInDoubt: boolean; readonly atMs?: number; readonly countsAsFailure?: boolean },
): Extract<RecordingEvent, { kind: 'later' }> {
  return {
    kind: 'later',
    atMs: options.atMs ?? deps.clock.now() + backOffMs(recording.failures + 1, deps.random),
    why,
    isInDoubt: options.isInDoubt,
    countsAsFailure: options.countsAsFailure ?? true,
  }
}

async function afterFailure(
  deps: SendDeps,
  athleteId: string,
  recording: RecordingRow,
  error: AppError,
  change: (event: RecordingEvent) => RecordingRow,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  const isInDoubt = error.bodySent
  deps.log('warn', 'an upload did not go through', { sha256: recording.sha256, code: error.code, isInDoubt })
  switch (error.code) {
    case 'outcome-unknown': {
      const atMs = deps.clock.now() + lookUpAfterMs
      change(later(deps, recording, reason('outcome-unknown'), { isInDoubt: true, atMs }))
      return { kind: 'next' }
    }
    case 'rate-limited': {
      const isOwnBackOff = error.retryAfterMs === null
      const waitMs = error.retryAfterMs ?? backOffMs(recording.failures + 1, deps.random)
      const untilMs = deps.clock.now() + waitMs
      const options = { isInDoubt, atMs: untilMs, countsAsFailure: isOwnBackOff }
      change(later(deps, recording, reason('rate-limited'), options))
      return { kind: 'pause', untilMs, isOwnBackOff, error }
    }
    case 'budget-spent': {
      const untilMs = deps.clock.now() + (error.retryAfterMs ?? 60_000)
      change(
        later(deps, recording, reason('budget-spent'), { isInDoubt, atMs: untilMs, countsAsFailure: false }),
      )
      if (recording.origin === 'backfill') return { kind: 'pauseBackfill', untilMs }
      return { kind: 'pause', untilMs, isOwnBackOff: false, error }
    }
    case 'signed-out':
      change(later(deps, recording, reason('signed-out'), { isInDoubt, atMs: 0, countsAsFailure: false }))
      return { kind: 'stop', error }
    case 'forbidden':
      return afterForbidden(deps, athleteId, recording, error, change, signal)
    case 'refused-by-service':
      change({ kind: 'refused', sentence: error.message })
      return { kind: 'next' }
    case 'archive-damaged':
    case 'missing':
      return afterLostArchive(deps, recording, error, change)
    case 'service-down':
      return afterOutage(deps, recording, error, change, signal)
    default: {
      const event = later(deps, recording, reason('offline'), { isInDoubt })
      change(event)
      return { kind: 'pause', untilMs: event.atMs, isOwnBackOff: true, error }
    }
  }
}

/** A 403 with a credential that is good elsewhere is a missing permission; otherwise it is a sign-in matter. */
async function afterForbidden(
  deps: SendDeps,
  athleteId: string,
  recording: RecordingRow,
  error: AppError,
  change: (event: RecordingEvent) => RecordingRow,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  const isGood = await deps.service.profile(signal).then(
    profile => profile.id === athleteId,
    (failure: unknown) => {
      if (!(failure instanceof AppError)) throw failure
      return ['signed-out', 'forbidden'].includes(failure.code) ? false : failure
    },
  )
  if (typeof isGood !== 'boolean') {
    // Nobody could be asked: whether the key is at fault is found out at the next try.
    const event = later(deps, recording, reason('service-down'), { isInDoubt: false })
    change(event)
    return { kind: 'pause', untilMs: event.atMs, isOwnBackOff: true, error: isGood }
  }
  const why = isGood ? reason('no-permission') : reason('signed-out')
  change(later(deps, recording, why, { isInDoubt: false, atMs: 0, countsAsFailure: false }))
  if (isGood) return { kind: 'stop', error }
  return {
    kind: 'stop',
    error: new AppError('signed-out', 'the key was refused for uploads and for the profile', 'sign-in', {
      cause: error,
    }),
  }
}

/** The archived copy is gone or wrong: the next scan makes a new one where the source still has the bytes. */
function afterLostArchive(
  deps: SendDeps,
  recording: RecordingRow,
  error: AppError,
  change: (event: RecordingEvent) => RecordingRow,
): AttemptEnd {
  deps.ledger.db.transaction('full', () => {
    deps.ledger.recordings.setArchived(recording.sha256, false)
    for (const file of deps.ledger.files.holding(recording.sha256)) {
      deps.ledger.files.setState(file.id, { ...file, checkAtMs: 0, isExamined: false })
    }
    change(later(deps, recording, reason('archive-trouble', error.code), { isInDoubt: false }))
  })
  return { kind: 'next' }
}

/** After a second failure in a row: is it the service, or only this ride? One that fails alone must not stop the others. */
async function afterOutage(
  deps: SendDeps,
  recording: RecordingRow,
  error: AppError,
  change: (event: RecordingEvent) => RecordingRow,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  const isAlone =
    recording.failures >= 1 &&
    (await deps.service.profile(signal).then(
      () => true,
      () => false,
    ))
  const asked = error.retryAfterMs === null ? {} : { atMs: deps.clock.now() + error.retryAfterMs }
  const event = later(deps, recording, reason('service-down'), { isInDoubt: error.bodySent, ...asked })
  change(event)
  if (isAlone) return { kind: 'next' }
  return { kind: 'pause', untilMs: event.atMs, isOwnBackOff: error.retryAfterMs === null, error }
}

import { AppError } from '../../../shared/app-error.ts'
import { reason, type Reason } from '../../../shared/reasons.ts'
import type { RecordingRow } from '../ledger/recordings.ts'
import type { Attempt, AttemptEnd, SendDeps } from './attempt.ts'
import { backOffMs, longestBarredMs } from './back-off.ts'
import type { RecordingEvent } from './recording-state.ts'

/** An answer may be lost for a moment only: look it up this long after, at the soonest. */
export const lookUpAfterMs = 5_000

/** "Again, later": at a time of its own, or after our own back-off. */
export function later(
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

/** Decides what a failed attempt means for the ride and for the queue, and writes it down. */
export async function afterFailure(deps: SendDeps, attempt: Attempt, error: AppError): Promise<AttemptEnd> {
  const { recording, change } = attempt
  const ownBackOffMs = backOffMs(recording.failures + 1, deps.random)
  const isInDoubt = error.bodySent
  deps.log('warn', 'an upload did not go through', { sha256: recording.sha256, code: error.code, isInDoubt })
  switch (error.code) {
    case 'outcome-unknown': {
      const atMs = deps.clock.now() + Math.max(lookUpAfterMs, ownBackOffMs)
      change(later(deps, recording, reason('outcome-unknown'), { isInDoubt: true, atMs }))
      // Lost once is an accident; lost again is the line, and every other ride would fare the same.
      if (recording.failures === 0) return { kind: 'next' }
      return { kind: 'pause', untilMs: atMs, error }
    }
    case 'rate-limited': {
      // "At once" again and again would be a hammer: never sooner than our own back-off.
      const untilMs = deps.clock.now() + Math.max(error.retryAfterMs ?? 0, ownBackOffMs)
      change(later(deps, recording, reason('rate-limited'), { isInDoubt, atMs: untilMs }))
      return { kind: 'pause', untilMs, error }
    }
    case 'budget-spent': {
      const untilMs = deps.clock.now() + (error.retryAfterMs ?? 60_000)
      change(
        later(deps, recording, reason('budget-spent'), { isInDoubt, atMs: untilMs, countsAsFailure: false }),
      )
      // The counts in the ledger hold it over a restart; a larger budget frees it at once.
      if (recording.origin === 'backfill') return { kind: 'pauseBackfill', untilMs }
      return { kind: 'pause', untilMs, error }
    }
    case 'signed-out':
      change(later(deps, recording, reason('signed-out'), { isInDoubt, atMs: 0, countsAsFailure: false }))
      return { kind: 'stop', error }
    case 'forbidden':
      return afterForbidden(deps, attempt, error)
    case 'refused-by-service':
      change({ kind: 'refused', sentence: error.message })
      return { kind: 'next' }
    case 'archive-damaged':
    case 'missing':
    case 'unreadable':
    case 'busy':
    case 'changed-while-reading':
    case 'disk-error':
      // Our own copy, not the service: the others go on.
      return afterLostArchive(deps, attempt, error)
    case 'service-down':
    case 'redirected':
      return afterOutage(deps, attempt, error)
    default: {
      const event = later(deps, recording, reason('offline'), { isInDoubt })
      change(event)
      return { kind: 'pause', untilMs: event.atMs, error }
    }
  }
}

/** A 403 with a credential that is good elsewhere is a missing permission; otherwise it is a sign-in matter. */
async function afterForbidden(deps: SendDeps, attempt: Attempt, error: AppError): Promise<AttemptEnd> {
  const { athleteId, recording, change, signal } = attempt
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
    return { kind: 'pause', untilMs: event.atMs, error: isGood }
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
function afterLostArchive(deps: SendDeps, attempt: Attempt, error: AppError): AttemptEnd {
  const { recording, change } = attempt
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
async function afterOutage(deps: SendDeps, attempt: Attempt, error: AppError): Promise<AttemptEnd> {
  const { recording, change, signal } = attempt
  const isAlone =
    error.retryAfterMs === null &&
    recording.failures >= 1 &&
    (await deps.service.profile(signal).then(
      () => true,
      () => false,
    ))
  const now = deps.clock.now()
  const why = reason('service-down', error.isForeignPage ? 'a web page came instead of an answer' : null)
  const tried = recording.failures + 1
  const untilMs = now + Math.max(backOffMs(tried, deps.random), error.retryAfterMs ?? 0)
  // Turned away in between, and it alone: a proxy that lets no such body through does so for days.
  const isBarred = isAlone && error.status !== null && error.status >= 400 && error.status < 500
  const atMs = isBarred ? now + backOffMs(tried, deps.random, longestBarredMs) : untilMs
  change(later(deps, recording, why, { isInDoubt: error.bodySent, atMs }))
  if (isAlone) return { kind: 'failedAlone', untilMs, error }
  return { kind: 'pause', untilMs, error }
}

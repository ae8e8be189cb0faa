import { AppError } from '../../../shared/app-error.ts'
import { reason } from '../../../shared/reasons.ts'
import type { SameRidePolicy } from '../../../shared/settings.ts'
import type { RecordingRow } from '../ledger/recordings.ts'
import type { ActivitySummary } from '../ports/intervals-service.ts'
import type { SendDeps } from './attempt.ts'
import { activitiesAround, externalId } from './look-up.ts'
import type { RecordingEvent } from './recording-state.ts'
import { findSameRide } from './same-ride.ts'

/** Activities that carry our external_id; several for a multisport recording. */
export async function findOurs(
  deps: SendDeps,
  athleteId: string,
  recording: RecordingRow,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const around = await lookAround(deps, athleteId, recording, signal)
  const wanted = externalId(recording.sha256)
  return around.filter(activity => activity.externalId === wanted).map(activity => activity.id)
}

/**
 * What the source's policy makes of a recording that was never sent, where another app has sent the same ride: there
 * already, or held for the user's word. Null: send it. Asks the service only where the policy needs it to.
 */
export async function heedSameRide(
  deps: SendDeps,
  athleteId: string,
  recording: RecordingRow,
  policy: SameRidePolicy,
  signal: AbortSignal,
): Promise<RecordingEvent | null> {
  if (policy === 'upload' || recording.startTime === null || isUsersWord(deps, recording)) return null
  const around = await lookAround(deps, athleteId, recording, signal)
  const timeZone = deps.ledger.meta.read('athlete-time-zone') ?? deps.clock.timeZone()
  const same = findSameRide(recording, around, timeZone)
  if (same === null) return null
  // What is not surely the same is never left out unasked.
  return policy === 'skip' && same.isSure
    ? { kind: 'known', activityIds: same.activityIds, owner: same.owner, isOurs: false }
    : { kind: 'heldBack', why: reason('same-ride', same.owner) }
}

/** "Upload anyway", said after being told of the same ride, stands for good: whatever fails after it. */
function isUsersWord({ ledger }: SendDeps, recording: RecordingRow): boolean {
  const codes = ledger.history.of(null, [recording.sha256]).map(line => line.reason.code)
  return codes.some(
    (code, at) =>
      code === 'asked-again' && (codes[at - 1] === 'same-ride' || codes[at - 1] === 'had-it-already'),
  )
}

async function lookAround(
  deps: SendDeps,
  athleteId: string,
  recording: RecordingRow,
  signal: AbortSignal,
): Promise<readonly ActivitySummary[]> {
  const around = await activitiesAround(deps.service, athleteId, recording, signal).catch(
    (error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'refused-by-service') throw error
      // A refused look-up says nothing about the ride itself: it is asked again later.
      throw new AppError('service-down', error.message, 'retry', { cause: error })
    },
  )
  return around ?? []
}

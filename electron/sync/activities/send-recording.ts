import { AppError } from '../../../shared/app-error.ts'
import { reason } from '../../../shared/reasons.ts'
import type { SameRidePolicy } from '../../../shared/settings.ts'
import { isLedgerTrouble } from '../ledger/ledger-trouble.ts'
import type { RecordingRow } from '../ledger/recordings.ts'
import type { UploadReply } from '../ports/intervals-service.ts'
import { afterFailure, later, lookUpAfterMs } from './after-failure.ts'
import type { AttemptEnd, SendDeps } from './attempt.ts'
import { archivePath, readArchived } from './archive.ts'
import { findOurs, heedSameRide } from './before-sending.ts'
import { changeRecording } from './change-recording.ts'
import { activitiesAround, externalId, ownerName } from './look-up.ts'
import type { RecordingEvent } from './recording-state.ts'

/**
 * Sends one recording: looks it up first when an earlier request may have stored it, or when its source's policy is not
 * to send what another app has sent, writes the intent, sends the archive's copy, writes the outcome. Exactly one ledger
 * state follows, whatever happens.
 */
export async function sendRecording(
  deps: SendDeps,
  athleteId: string,
  recording: RecordingRow,
  policy: SameRidePolicy,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  const { ledger, clock } = deps
  const change = (event: RecordingEvent): RecordingRow =>
    changeRecording(ledger, recording.sha256, event, clock.now())
  // The user may have said "ignore", or removed the folder, while the service was asked.
  const isWanted = (): boolean => {
    const state = ledger.recordings.byHash(recording.sha256)?.state
    return state === 'queued' || state === 'retrying'
  }
  let mayBeThere = recording.mustLookUp
  let isAnswered = false
  try {
    if (recording.mustLookUp) {
      const found = await findOurs(deps, athleteId, recording, signal)
      if (found.length > 0) {
        change({ kind: 'foundOnService', activityIds: found })
        return { kind: 'next' }
      }
    }
    if (!wasHeeded(deps, recording)) {
      const heeded = await heedSameRide(deps, athleteId, recording, policy, signal)
      if (heeded !== null && isWanted()) {
        change(heeded)
        return { kind: 'next' }
      }
    }
    if (!isWanted()) return { kind: 'next' }
    mayBeThere = true
    change({ kind: 'attemptStarted' })
    const reply = await upload(deps, athleteId, recording, signal)
    isAnswered = true
    change(await outcome(deps, athleteId, recording, reply, signal))
    return { kind: 'next' }
  } catch (error) {
    // What became of the request cannot be noted: whoever rebuilds the ledger looks it up.
    if (isLedgerTrouble(error)) throw error
    if (signal.aborted) {
      // Nothing of it went out yet: it is as due as before.
      if (!mayBeThere) return { kind: 'next' }
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
    if (isAnswered) {
      // It was sent, and only that could not be noted (a full disk): no trouble of the service or of our copy.
      deps.log('warn', 'the outcome of an upload was not noted', { code: error.code })
      const atMs = clock.now() + lookUpAfterMs
      change(later(deps, recording, reason('outcome-unknown'), { isInDoubt: true, atMs }))
      return { kind: 'next' }
    }
    return afterFailure(deps, { athleteId, recording, signal, change }, error)
  }
}

/** A ride whose outcome is in doubt was compared before it went out, unless its story was lost with the ledger. */
function wasHeeded({ ledger }: SendDeps, { mustLookUp, sha256 }: RecordingRow): boolean {
  return mustLookUp && ledger.history.of(null, [sha256]).some(line => line.reason.code === 'sending')
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
      body: () => {
        const bytes = readArchived(deps.disk, path, recording.sha256)
        return deps.count === undefined ? bytes : deps.count(bytes)
      },
    },
    signal,
  )
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

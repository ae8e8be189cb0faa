import { reason } from '../../../shared/reasons.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock } from '../ports/clock.ts'
import type { IntervalsService } from '../ports/intervals-service.ts'
import { changeRecording } from './change-recording.ts'
import { localTime, marginMs } from './look-up.ts'

/** Rides that started this long ago are still looked after. */
const lookBackMs = 14 * 86_400_000
/** A list may lag behind an upload: nothing sent more recently counts as deleted. */
const lagMs = 10 * 60_000

/**
 * Notices which of the last two weeks' rides were deleted on the service since they were sent, and shows them as such.
 * They are never sent again unasked. One request, and none where nothing was sent. Throws what the service throws.
 */
export async function noticeDeleted(
  deps: { readonly ledger: Ledger; readonly service: IntervalsService; readonly clock: Clock },
  athleteId: string,
  signal: AbortSignal,
): Promise<void> {
  const { ledger, clock } = deps
  const now = clock.now()
  const since = new Date(now - lookBackMs).toISOString()
  const sent = ledger.recordings
    .startedBetween(since, new Date(now).toISOString())
    .filter(recording => recording.state === 'uploaded' && recording.activityIds.length > 0)
    .filter(recording => recording.changedAtMs < now - lagMs)
  if (sent.length === 0) return
  const query = {
    athleteId,
    oldest: localTime(Date.parse(since) - marginMs),
    newest: localTime(now + marginMs),
  }
  const there = new Set((await deps.service.listActivities(query, signal)).map(activity => activity.id))
  for (const recording of sent) {
    const isGone = !recording.activityIds.some(id => there.has(id))
    const isShownGone = recording.reason.code === 'deleted-on-service'
    if (isGone === isShownGone) continue
    const why = reason(isGone ? 'deleted-on-service' : 'sent')
    changeRecording(ledger, recording.sha256, { kind: 'seenOnService', why }, now)
  }
}

import { ApiError, errorReply, json, wholeNumber } from '../http/exchange.ts'
import type { Call, Reply } from '../http/exchange.ts'
import { readMultipart } from '../http/multipart.ts'
import { readUpload, sha256Of } from '../readers/upload-file.ts'
import type { Recording } from '../readers/upload-file.ts'
import type { Route } from '../http/router.ts'
import type { FakeActivity } from '../types.ts'
import { notifyActivity } from '../webhooks.ts'

/** What became of one recording of an upload. */
interface Outcome {
  readonly activities: readonly FakeActivity[]
  readonly kind: 'created' | 'duplicate' | 'tombstone'
}

async function upload(call: Call): Promise<Reply> {
  const { state, athlete, log } = call
  const { switches } = state.faults
  const parts = readMultipart(contentTypeOf(call), call.body)
  const file = parts?.find(part => part.name === 'file')
  if (file === undefined) throw new ApiError(422, "Required request part 'file' is not present")
  log.fileName = file.fileName
  log.fileSha256 = sha256Of(file.content)
  const value = (name: string): string | null =>
    call.query.get(name) ??
    parts?.find(part => part.name === name && part.fileName === null)?.content.toString('utf8') ??
    null
  log.externalId = value('external_id')
  if (athlete.status === 'DORMANT') {
    if (switches.dormantAnswer === 422) throw new ApiError(422, 'Athlete is dormant')
    return json({ icu_athlete_id: athlete.id, id: null, activities: [] })
  }
  const recordings = readUpload(file.fileName ?? 'file', file.content, switches)
  if (recordings.length === 0) throw new ApiError(switches.unreadableAnswer, 'No activities found')
  const outcomes = recordings.map(recording => take(call, recording, value))
  for (const { kind, activities } of outcomes) {
    if (kind === 'created')
      for (const one of activities) await notifyActivity(state, 'ACTIVITY_UPLOADED', one)
  }
  return answer(call, outcomes)
}

function take(call: Call, recording: Recording, value: (name: string) => string | null): Outcome {
  const { state, athlete, credential } = call
  const { switches } = state.faults
  const known = state.activities.filter(
    activity =>
      switches.deduplicate && activity.athleteId === athlete.id && activity.sha256 === recording.sha256,
  )
  const alive = known.filter(activity => !activity.deleted)
  // The first uploader's external_id, name and source stay as they are.
  if (alive.length > 0) return { kind: 'duplicate', activities: alive }
  const buried = known.filter(activity => activity.tombstone)
  if (buried.length > 0 && switches.tombstoneAnswer !== '201')
    return { kind: 'tombstone', activities: buried }
  const event = value('paired_event_id')
  const isKey = credential.kind === 'key'
  const activities = recording.activities.map((found, index) =>
    state.seedActivity({
      athleteId: athlete.id,
      ...found,
      name: value('name') ?? found.name ?? found.type,
      deviceName: value('device_name') ?? found.deviceName,
      description: value('description'),
      externalId: value('external_id'),
      pairedEventId: event === null ? null : wholeNumber(event),
      sha256: recording.sha256,
      source: isKey ? switches.keyUploadSource : 'OAUTH_CLIENT',
      clientId: credential.clientId,
      clientName: credential.clientName,
      fileName: recording.fileName,
      fileType: recording.fileType,
      fileSportIndex: index,
      file: switches.keepFiles ? recording.bytes : null,
      listedAt: state.clock.now() + switches.listLagMs,
    }),
  )
  return { kind: 'created', activities }
}

function answer({ state, athlete }: Call, outcomes: readonly Outcome[]): Reply {
  const { duplicateAnswer, tombstoneAnswer } = state.faults.switches
  const ids = outcomes
    .flatMap(outcome => outcome.activities)
    .map(({ id }) => ({ icu_athlete_id: athlete.id, id }))
  const body = { icu_athlete_id: athlete.id, id: ids[0]?.id ?? null, activities: ids }
  if (outcomes.some(outcome => outcome.kind === 'created')) return json(body, 201)
  if (outcomes.some(outcome => outcome.kind === 'duplicate')) {
    if (duplicateAnswer === '409-with-ids') return json(body, 409)
    return duplicateAnswer === '409' ? errorReply(409, 'Activity already exists') : json(body)
  }
  if (tombstoneAnswer === '409') return errorReply(409, 'Activity has been deleted')
  return tombstoneAnswer === '422' ? errorReply(422, 'Activity has been deleted') : json(body)
}

function contentTypeOf(call: Call): string | undefined {
  const type = call.headers['content-type']
  return Array.isArray(type) ? type[0] : type
}

/** Activity files in. */
export const uploadRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/v1/athlete/{id}/activities', scope: 'ACTIVITY:WRITE', handle: upload },
]

import { gzipSync } from 'node:zlib'
import { activityJson, isStrava } from '../activity-json.ts'
import { localDateTime } from '../clock.ts'
import {
  ApiError,
  bodyObject,
  fileReply,
  intQuery,
  json,
  listQuery,
  requiredQuery,
} from '../http/exchange.ts'
import type { Call, Reply } from '../http/exchange.ts'
import { asText, pickFields } from '../json.ts'
import type { Route } from '../http/router.ts'
import type { FakeActivity } from '../types.ts'
import { notifyActivity } from '../webhooks.ts'

/** A local date or date-time as `yyyy-MM-ddTHH:mm:ss`. Throws ApiError 422 for anything else. */
function localMoment(text: string, timeOfDate: string): string {
  const found = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(?:\.\d+)?Z?)?$/.exec(text)
  if (found?.[1] === undefined || Number.isNaN(Date.parse(found[1])))
    throw new ApiError(422, `Invalid date ${text}`)
  return found[2] === undefined ? `${found[1]}T${timeOfDate}` : `${found[1]}T${found[2]}${found[3] ?? ':00'}`
}

function list(call: Call): Reply {
  const { state, athlete } = call
  const { newestWholeDay, clockSkewMs } = state.faults.switches
  const now = state.clock.now()
  const oldest = localMoment(requiredQuery(call, 'oldest'), '00:00:00')
  const given = call.query.get('newest') ?? ''
  const newest =
    given === ''
      ? localDateTime(now, athlete.timeZone)
      : localMoment(given, newestWholeDay ? '23:59:59' : '00:00:00')
  const limit = intQuery(call, 'limit')
  const fields = listQuery(call, 'fields')
  const found = state.activities
    .filter(activity => activity.athleteId === athlete.id && !activity.deleted && activity.listedAt <= now)
    .filter(activity => activity.startDateLocal >= oldest && activity.startDateLocal <= newest)
    .toSorted((a, b) =>
      a.startDateLocal < b.startDateLocal ? 1 : a.startDateLocal > b.startDateLocal ? -1 : 0,
    )
    .map(activity => activityJson(activity, clockSkewMs))
    .map(activity => (fields.length === 0 ? activity : pickFields(activity, fields)))
  return json(limit === null ? found : found.slice(0, Math.max(0, limit)))
}

/** The activity in the path. Throws ApiError 404 when it is not there, 403 when it is another athlete's. */
function named({ state, athlete, params }: Call): FakeActivity {
  const activity = state.findActivity(params['id'] ?? '')
  if (activity === null) throw new ApiError(404, 'Activity not found')
  if (activity.athleteId !== athlete.id) throw new ApiError(403, 'Access denied')
  return activity
}

function readable(call: Call): FakeActivity {
  const activity = named(call)
  if (isStrava(activity)) throw new ApiError(422, 'Cannot read Strava activities via the API')
  return activity
}

function getOne(call: Call): Reply {
  return json(activityJson(named(call), call.state.faults.switches.clockSkewMs))
}

function getSeveral(call: Call): Reply {
  const ids = (call.params['ids'] ?? '').split(',')
  const found = ids
    .map(id => call.state.findActivity(id))
    .filter(activity => activity !== null && activity.athleteId === call.athlete.id)
  return json(
    found.map(activity => activity && activityJson(activity, call.state.faults.switches.clockSkewMs)),
  )
}

async function update(call: Call): Promise<Reply> {
  const activity = readable(call)
  const fields = bodyObject(call)
  for (const [name, value] of Object.entries(fields)) {
    if (['id', 'icu_athlete_id', 'source', 'created'].includes(name)) continue
    // -1 clears a number.
    activity.edits[name] = value === -1 ? null : value
  }
  await notifyActivity(call.state, 'ACTIVITY_UPDATED', activity)
  return getOne(call)
}

async function remove(call: Call): Promise<Reply> {
  const activity = named(call)
  activity.deleted = true
  activity.tombstone = true
  await notifyActivity(call.state, 'ACTIVITY_DELETED', activity)
  return json({ icu_athlete_id: activity.athleteId, id: activity.id })
}

function removeTombstone({ state, athlete, params }: Call): Reply {
  const activity = state.activities.find(one => one.id === params['id'] && one.athleteId === athlete.id)
  if (activity?.tombstone !== true) throw new ApiError(404, 'Tombstone not found')
  activity.tombstone = false
  return json({})
}

function originalFile(call: Call): Reply {
  const activity = readable(call)
  if (activity.file === null) throw new ApiError(404, 'Activity has no file')
  const plain = activity.fileName?.replace(/\.gz$/i, '') ?? `${activity.id}.${activity.fileType ?? 'fit'}`
  const name = asText(plain.split(/[/\\]/).at(-1)) ?? activity.id
  const packed = gzipSync(activity.file)
  if (call.state.faults.switches.originalFile === 'raw-gz') {
    return fileReply(packed, 'application/octet-stream', `${name}.gz`)
  }
  const reply = fileReply(packed, 'application/octet-stream', name)
  return { ...reply, headers: { ...reply.headers, 'Content-Encoding': 'gzip' } }
}

/** Reading, changing and removing activities. */
export const activityRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/athlete/{id}/activities', scope: 'ACTIVITY:READ', handle: list },
  {
    method: 'GET',
    path: '/api/v1/athlete/{athleteId}/activities/{ids}',
    scope: 'ACTIVITY:READ',
    handle: getSeveral,
  },
  { method: 'GET', path: '/api/v1/activity/{id}', scope: 'ACTIVITY:READ', handle: getOne },
  { method: 'PUT', path: '/api/v1/activity/{id}', scope: 'ACTIVITY:WRITE', handle: update },
  { method: 'DELETE', path: '/api/v1/activity/{id}', scope: 'ACTIVITY:WRITE', handle: remove },
  {
    method: 'DELETE',
    path: '/api/v1/activity/{id}/tombstone',
    scope: 'ACTIVITY:WRITE',
    handle: removeTombstone,
  },
  { method: 'GET', path: '/api/v1/activity/{id}/file', scope: 'ACTIVITY:READ', handle: originalFile },
]

import type { WireReply, WireRequest } from '../../../electron/intervals/transport.ts'
import { isWorkoutFormat } from '../../fake-intervals/workout-writers/write-workout.ts'
import { activityJson, type ActivityStore, type Taken } from './activity-store.ts'
import type { SimCalendar } from './calendar.ts'
import { json, sentence } from './replies.ts'
import type { ServiceOptions } from './service-options.ts'
import type { RequestName, Verdict } from './service-record.ts'
import type { UploadedFile } from './upload-body.ts'

/** What the service knows. */
export interface Account {
  readonly options: ServiceOptions
  readonly activities: ActivityStore
  readonly calendar: SimCalendar
}

/** What was made of an upload, and what is answered. */
export interface ServedUpload {
  readonly reply: WireReply
  readonly verdict: Verdict
  readonly activityIds: readonly string[]
  /** Null when it was turned away. */
  readonly taken: Taken | null
}

/** What a request is about. */
export function nameOf({ method, url }: WireRequest): RequestName {
  const rest = /^\/api\/v1\/athlete\/[^/]+\/([a-z.]+)$/.exec(url.pathname)?.[1]
  if (method === 'POST') return rest === 'activities' ? 'upload' : 'other'
  switch (rest) {
    case 'activities':
      return 'list'
    case 'events.json':
      return 'events'
    case 'profile':
    case 'connections':
      return rest
    default:
      return 'other'
  }
}

/** A request that may not be here at all; null when it may. */
export function refuse({ options }: Account, request: WireRequest, nowMs: number): WireReply | null {
  if (!/^(?:Basic|Bearer) \S+$/.test(request.headers['authorization'] ?? ''))
    return sentence(nowMs, 401, 'Auth failed')
  const athleteId = /^\/api\/v1\/athlete\/([^/]+)\//.exec(request.url.pathname)?.[1]
  const isOwn = athleteId === '0' || athleteId === options.athleteId
  return isOwn ? null : sentence(nowMs, 403, 'Access denied')
}

/** Answers a question that changes nothing. */
export function answer(
  account: Account,
  name: RequestName,
  query: URLSearchParams,
  nowMs: number,
): WireReply {
  const { athleteId: id, timeZone } = account.options
  const [oldest, newest] = [query.get('oldest'), query.get('newest')]
  switch (name) {
    case 'profile':
      return json(nowMs, 200, {
        athlete: { id, name: 'Sim Rider', timezone: timeZone },
        ...{ sharedFolders: [], customItems: [] },
      })
    case 'connections':
      return json(nowMs, 200, { id, garmin_training_connected: true, zwift_connected: false })
    case 'list': {
      if (oldest === null) return missing(nowMs, 'oldest')
      const found = account.activities.list(oldest, newest ?? '9999-12-31', nowMs)
      const shown = found.map(activity => activityJson(activity, id))
      return json(nowMs, 200, shown)
    }
    case 'events': {
      const format = query.get('ext')
      if (oldest === null || newest === null || !isWorkoutFormat(format)) return missing(nowMs, 'ext')
      const events = account.calendar.between(oldest, newest, nowMs)
      const shown = events.map(event => account.calendar.json(event, format, nowMs))
      return json(nowMs, 200, shown)
    }
    case 'upload':
    case 'other':
      return sentence(nowMs, 404, 'Not Found')
  }
}

/** Takes a whole file in and answers. */
export function takeUpload(
  account: Account,
  file: UploadedFile,
  externalId: string | null,
  isDormant: boolean,
  nowMs: number,
): ServedUpload {
  const { options, activities } = account
  if (isDormant) return told(account, 200, 'nothing-made', [], null, nowMs)
  const { sha256, bytes } = file
  const taken = activities.take({ sha256, bytes, externalId, nowMs })
  const ids = taken.activities.map(activity => activity.id)
  switch (taken.kind) {
    case 'created':
      return told(account, 201, 'created', ids, taken, nowMs)
    case 'known':
      return options.known === '409'
        ? turnedAway(409, 'Activity already exists', 'known', taken, nowMs)
        : told(account, options.known === '409-with-ids' ? 409 : 200, 'known', ids, taken, nowMs)
    case 'buried':
      switch (options.tombstone) {
        case '409':
          return turnedAway(409, 'Activity has been deleted', 'known', taken, nowMs)
        case '422':
          return turnedAway(422, 'Activity has been deleted', 'refused', taken, nowMs)
        case '200-empty':
          return told(account, 200, 'nothing-made', [], taken, nowMs)
        case '200':
        case '201':
          return told(account, 200, 'known', ids, taken, nowMs)
      }
  }
}

function told(
  { options }: Account,
  status: number,
  verdict: Verdict,
  ids: readonly string[],
  taken: Taken | null,
  nowMs: number,
): ServedUpload {
  const activities = ids.map(id => ({ icu_athlete_id: options.athleteId, id }))
  const body = { icu_athlete_id: options.athleteId, id: ids[0] ?? null, activities }
  return { reply: json(nowMs, status, body), verdict, activityIds: ids, taken }
}

function turnedAway(
  status: number,
  why: string,
  verdict: Verdict,
  taken: Taken | null,
  nowMs: number,
): ServedUpload {
  return { reply: sentence(nowMs, status, why), verdict, activityIds: [], taken }
}

function missing(nowMs: number, name: string): WireReply {
  return sentence(nowMs, 422, `Required request parameter '${name}' is not present`)
}

import { addDays } from '../clock.ts'
import { eventJson, plainView, startOf } from '../event-json.ts'
import { ApiError, bodyObject, bodyObjects, json, listQuery, requiredQuery } from '../http/exchange.ts'
import type { Call, Reply } from '../http/exchange.ts'
import { asNumber, asText, pickFields } from '../json.ts'
import { readZwo } from '../readers/zwo.ts'
import type { Route } from '../http/router.ts'
import type { FakeEvent, JsonObject } from '../types.ts'
import { notify } from '../webhooks.ts'
import { parseWorkoutText } from '../readers/workout-text.ts'
import type { WorkoutStep } from '../workout-writers/steps.ts'
import { namedEvent } from './events.ts'

const uploadFields = ['workout', 'filename', 'file_contents', 'file_contents_base64']
/** What the service sets itself, whatever is sent. */
const ownFields = ['id', 'athlete_id', 'updated', 'oauth_client_id', 'icu_ftp', 'workout_doc']

/** The fields that are kept of what was sent. */
function keptFields(given: JsonObject): JsonObject {
  const dropped = [...uploadFields, ...ownFields]
  return Object.fromEntries(Object.entries(given).filter(([name]) => !dropped.includes(name)))
}

/** The steps that come with an event: from its file when there is one, else from its text. Undefined: neither was sent. */
function stepsIn(call: Call, given: JsonObject): readonly WorkoutStep[] | null | undefined {
  const packed = asText(given['file_contents_base64'])
  const file =
    packed === null ? asText(given['file_contents']) : Buffer.from(packed, 'base64').toString('utf8')
  if (file !== null) return readZwo(file)
  const text = asText(given['description'])
  return text === null ? undefined : parseWorkoutText(text, call.athlete.ftp)
}

function create(call: Call, given: JsonObject): FakeEvent {
  const start = asText(given['start_date_local'])
  // A bare date is refused; midnight means "no time of day".
  if (start === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(start)) {
    throw new ApiError(422, 'start_date_local must be a local date and time')
  }
  const fields = { category: 'WORKOUT', ...keptFields(given), oauth_client_id: call.credential.clientId }
  return call.state.addEvent(call.athlete.id, fields, stepsIn(call, given) ?? null)
}

function change(call: Call, event: FakeEvent, given: JsonObject): FakeEvent {
  const steps = stepsIn(call, given)
  event.fields = { ...event.fields, ...keptFields(given), updated: call.state.stamp() }
  if (steps !== undefined) event.steps = steps
  return event
}

/** May this app find the event by its external_id? Only its own; keys count as one app unless a switch says not. */
function isOfCaller(call: Call, event: FakeEvent): boolean {
  if (event.athleteId !== call.athlete.id) return false
  const { clientId } = call.credential
  if (clientId === null && !call.state.faults.switches.keyUpsertsOwn) return false
  return (asNumber(event.fields['oauth_client_id']) ?? null) === clientId
}

function findExisting(call: Call, given: JsonObject): FakeEvent | undefined {
  if (call.query.get('upsert') === 'true') {
    const externalId = asText(given['external_id'])
    if (externalId === null) return undefined
    return call.state.events.find(
      event => event.fields['external_id'] === externalId && isOfCaller(call, event),
    )
  }
  const uid = asText(given['uid'])
  if (call.query.get('upsertOnUid') !== 'true' || uid === null) return undefined
  return call.state.events.find(event => event.fields['uid'] === uid && event.athleteId === call.athlete.id)
}

function save(call: Call, given: JsonObject): FakeEvent {
  const existing = findExisting(call, given)
  return existing === undefined ? create(call, given) : change(call, existing, given)
}

async function tell(call: Call, events: readonly FakeEvent[], deleted: readonly FakeEvent[]): Promise<void> {
  const doomed = deleted.map(event => ({
    ...pickFields(event.fields, ['start_date_local', 'external_id']),
    id: event.id,
  }))
  const payload = { events: events.map(event => shown(call, event)), deleted_events: doomed }
  await notify(call.state, call.athlete.id, 'CALENDAR_UPDATED', payload)
}

function shown(call: Call, event: FakeEvent): JsonObject {
  return eventJson(event, call.athlete, call.state, plainView)
}

async function answer(call: Call, event: FakeEvent): Promise<Reply> {
  await tell(call, [event], [])
  return json(shown(call, event))
}

async function bulk(call: Call): Promise<Reply> {
  const events = bodyObjects(call).map(given => save(call, given))
  await tell(call, events, [])
  return json(events.map(event => shown(call, event)))
}

async function removeAll(call: Call, gone: (event: FakeEvent) => boolean): Promise<number> {
  const doomed = call.state.events.filter(event => event.athleteId === call.athlete.id && gone(event))
  call.state.removeEvents(event => doomed.includes(event))
  if (doomed.length > 0) await tell(call, [], doomed)
  return doomed.length
}

async function bulkDelete(call: Call): Promise<Reply> {
  const wanted = bodyObjects(call)
  const isWanted = (event: FakeEvent): boolean =>
    wanted.some(one => {
      const externalId = asText(one['external_id'])
      // Where both are given the external_id wins.
      if (externalId !== null) return event.fields['external_id'] === externalId && isOfCaller(call, event)
      return asNumber(one['id']) === event.id
    })
  return json({ eventsDeleted: await removeAll(call, isWanted) })
}

async function removeOne(call: Call): Promise<Reply> {
  const event = namedEvent(call)
  await removeAll(call, one => one === event)
  return json({})
}

/** Does an event start on these days? Without an end: from that day on for ever. */
function inRange(event: FakeEvent, oldest: string, newest: string | null): boolean {
  const start = startOf(event)
  return start >= oldest.slice(0, 10) && (newest === null || start < addDays(newest.slice(0, 10), 1))
}

async function removeRange(call: Call): Promise<Reply> {
  const oldest = requiredQuery(call, 'oldest')
  requiredQuery(call, 'category')
  const categories = listQuery(call, 'category')
  const newest = call.query.get('newest')
  await removeAll(
    call,
    event => inRange(event, oldest, newest) && categories.includes(asText(event.fields['category']) ?? ''),
  )
  return { status: 200, headers: {}, body: Buffer.alloc(0) }
}

async function changeRange(call: Call): Promise<Reply> {
  const [oldest, newest] = [requiredQuery(call, 'oldest'), requiredQuery(call, 'newest')]
  const fields = pickFields(bodyObject(call), ['hide_from_athlete', 'athlete_cannot_edit'])
  const changed = call.state.events.filter(
    event => event.athleteId === call.athlete.id && inRange(event, oldest, newest),
  )
  for (const event of changed) change(call, event, fields)
  await tell(call, changed, [])
  return json(changed.map(event => shown(call, event)))
}

const calendar = '/api/v1/athlete/{id}/events'
const scope = 'CALENDAR:WRITE'

/** Changing the calendar. */
export const eventWriteRoutes: readonly Route[] = [
  { method: 'POST', path: calendar, scope, handle: call => answer(call, save(call, bodyObject(call))) },
  { method: 'PUT', path: calendar, scope, handle: changeRange },
  { method: 'DELETE', path: calendar, scope, handle: removeRange },
  { method: 'POST', path: `${calendar}/bulk`, scope, handle: bulk },
  { method: 'PUT', path: `${calendar}/bulk-delete`, scope, handle: bulkDelete },
  {
    method: 'PUT',
    path: `${calendar}/{eventId}`,
    scope,
    handle: call => answer(call, change(call, namedEvent(call), bodyObject(call))),
  },
  { method: 'DELETE', path: `${calendar}/{eventId}`, scope, handle: removeOne },
]

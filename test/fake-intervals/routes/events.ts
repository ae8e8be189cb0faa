import { addDays } from '../clock.ts'
import { endOf, eventJson, madeAt, plainView, startOf, workoutOf } from '../event-json.ts'
import type { EventView } from '../event-json.ts'
import {
  ApiError,
  fileReply,
  intQuery,
  json,
  listQuery,
  requiredQuery,
  wholeNumber,
} from '../http/exchange.ts'
import type { Call, Reply } from '../http/exchange.ts'
import { asText } from '../json.ts'
import type { Route } from '../http/router.ts'
import type { FakeEvent } from '../types.ts'
import { isWorkoutFormat, writeWorkout } from '../workout-writers/write-workout.ts'
import type { WorkoutFormat } from '../workout-writers/write-workout.ts'
import { writeZip } from '../workout-writers/zip.ts'

function localDate(text: string): string {
  const date = /^\d{4}-\d\d-\d\d/.exec(text)?.[0]
  if (date === undefined || Number.isNaN(Date.parse(date))) throw new ApiError(422, `Invalid date ${text}`)
  return date
}

/** The athlete's events that touch these dates (both inclusive), in order of their start. */
function eventsBetween({ state, athlete }: Call, oldest: string, newest: string): readonly FakeEvent[] {
  const from = `${oldest}T00:00:00`
  const until = `${addDays(newest, 1)}T00:00:00`
  return state.events
    .filter(event => event.athleteId === athlete.id && startOf(event) < until && endOf(event) > from)
    .toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : a.id - b.id))
}

function formatQuery(call: Call): WorkoutFormat | null {
  const ext = call.query.get('ext')
  if (ext === null || ext === '') return null
  if (!isWorkoutFormat(ext)) throw new ApiError(422, `Unsupported workout format ${ext}`)
  return ext
}

function list(call: Call): Reply {
  const { state, athlete, query } = call
  const oldest = localDate(query.get('oldest') ?? state.today(athlete))
  const newest = localDate(query.get('newest') ?? addDays(oldest, 6))
  const categories = listQuery(call, 'category')
  const limit = intQuery(call, 'limit')
  const view: EventView = {
    ext: formatQuery(call),
    resolve: query.get('resolve') === 'true',
    powerRange: Number(query.get('powerRange') ?? '2.5'),
  }
  const found = eventsBetween(call, oldest, newest)
    .filter(event => categories.length === 0 || categories.includes(asText(event.fields['category']) ?? ''))
    .slice(0, limit === null ? undefined : Math.max(0, limit))
    .map(event => eventJson(event, athlete, state, view))
  if (call.params['format'] !== '.csv') return json(found)
  const columns = ['id', 'start_date_local', 'category', 'type', 'name', 'description', 'icu_training_load']
  const lines = found.map(event => columns.map(name => csvCell(event[name])).join(','))
  const headers = { 'Content-Type': 'text/csv;charset=UTF-8' }
  return { status: 200, headers, body: Buffer.from([columns.join(','), ...lines, ''].join('\n')) }
}

/** One cell of a CSV line (RFC 4180); empty for what is not set. */
export function csvCell(value: unknown): string {
  const text =
    typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The event in the path. Throws ApiError 404 when this athlete has none such. */
export function namedEvent({ state, athlete, params }: Call): FakeEvent {
  const id = wholeNumber(params['eventId'] ?? '')
  const event = state.events.find(one => one.id === id && one.athleteId === athlete.id)
  if (event === undefined) throw new ApiError(404, 'Event not found')
  return event
}

function getOne(call: Call): Reply {
  return json(eventJson(namedEvent(call), call.athlete, call.state, plainView))
}

function download(call: Call): Reply {
  const event = namedEvent(call)
  const ext = (call.params['ext'] ?? '').slice(1)
  const workout = workoutOf(event, call.athlete)
  if (!isWorkoutFormat(ext)) throw new ApiError(422, `Unsupported workout format ${ext}`)
  if (workout === null) throw new ApiError(422, 'Event has no workout')
  const { fileName, content } = writeWorkout(workout, ext, madeAt(event, call.state))
  return fileReply(content, ext === 'zwo' ? 'application/xml' : 'application/octet-stream', fileName)
}

function workoutsZip(call: Call): Reply {
  const ext = requiredQuery(call, 'ext')
  const oldest = localDate(requiredQuery(call, 'oldest'))
  const newest = localDate(requiredQuery(call, 'newest'))
  if (!isWorkoutFormat(ext)) throw new ApiError(422, `Unsupported workout format ${ext}`)
  const used = new Map<string, number>()
  const entries = eventsBetween(call, oldest, newest).flatMap(event => {
    const workout = workoutOf(event, call.athlete)
    if (workout === null) return []
    const { fileName, content } = writeWorkout(workout, ext, madeAt(event, call.state))
    const times = (used.get(fileName) ?? 0) + 1
    used.set(fileName, times)
    return { name: times === 1 ? fileName : fileName.replace(/(\.\w+)$/, `_${times}$1`), content }
  })
  return fileReply(writeZip(entries), 'application/zip', 'workouts.zip')
}

/** Reading the calendar. */
export const eventRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/athlete/{id}/events{format}', scope: 'CALENDAR:READ', handle: list },
  { method: 'GET', path: '/api/v1/athlete/{id}/events/{eventId}', scope: 'CALENDAR:READ', handle: getOne },
  {
    method: 'GET',
    path: '/api/v1/athlete/{id}/events/{eventId}/download{ext}',
    scope: 'CALENDAR:READ',
    handle: download,
  },
  { method: 'GET', path: '/api/v1/athlete/{id}/workouts.zip', scope: 'CALENDAR:READ', handle: workoutsZip },
]

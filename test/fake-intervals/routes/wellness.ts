import { ApiError, bodyObject, bodyObjects, json, listQuery } from '../http/exchange.ts'
import type { Call, Reply } from '../http/exchange.ts'
import { asText, pickFields } from '../json.ts'
import type { Route } from '../http/router.ts'
import type { JsonObject } from '../types.ts'
import { notify } from '../webhooks.ts'
import { csvCell } from './events.ts'

/** Computed by the service: not taken from a request. */
const computed = ['id', 'ctl', 'atl', 'rampRate', 'ctlLoad', 'atlLoad', 'sportInfo', 'updated']

/** Measured or entered by hand: null until somebody does. */
const measured = [
  ...['weight', 'restingHR', 'hrv', 'hrvSDNN', 'menstrualPhase', 'menstrualPhasePredicted', 'kcalConsumed'],
  ...['sleepSecs', 'sleepScore', 'sleepQuality', 'avgSleepingHR', 'soreness', 'fatigue', 'stress', 'mood'],
  ...['motivation', 'injury', 'spO2', 'systolic', 'diastolic', 'hydration', 'hydrationVolume', 'readiness'],
  ...['baevskySI', 'bloodGlucose', 'lactate', 'bodyFat', 'abdomen', 'vo2max', 'comments', 'steps'],
  ...['respiration', 'carbohydrates', 'protein', 'fatTotal'],
]

function emptyDay(date: string, updated: string): JsonObject {
  return {
    id: date,
    ctl: 0,
    atl: 0,
    rampRate: 0,
    ctlLoad: 0,
    atlLoad: 0,
    sportInfo: [],
    updated,
    ...Object.fromEntries(measured.map(name => [name, null])),
    locked: false,
    tempWeight: false,
    tempRestingHR: false,
  }
}

function keyOf(call: Call, date: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date)))
    throw new ApiError(422, `Invalid date ${date}`)
  return `${call.athlete.id}/${date}`
}

/** Changes one day; what is not sent stays. A locked day takes nothing from the API. */
function save(call: Call, date: string, given: JsonObject): JsonObject {
  const { state } = call
  const key = keyOf(call, date)
  const day = state.wellness.get(key) ?? emptyDay(date, state.stamp())
  const isUnlocking = given['locked'] === false && state.faults.switches.wellnessUnlock
  if (day['locked'] === true && !isUnlocking) return day
  const kept = Object.entries(given)
    .filter(([name]) => !computed.includes(name))
    // -1 clears a number.
    .map(([name, value]) => [name, value === -1 ? null : value])
  const changed = { ...day, ...(Object.fromEntries(kept) as JsonObject), updated: state.stamp() }
  state.wellness.set(key, changed)
  return changed
}

function list(call: Call): Reply {
  const { state, athlete, query } = call
  const oldest = query.get('oldest') ?? state.today(athlete)
  const newest = query.get('newest') ?? state.today(athlete)
  const fields = listQuery(call, 'fields')
  const days = [...state.wellness.entries()]
    .filter(([key]) => key.startsWith(`${athlete.id}/`))
    .map(([, day]) => day)
    .filter(day => String(day['id']) >= oldest.slice(0, 10) && String(day['id']) <= newest.slice(0, 10))
    .toSorted((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1))
  if (call.params['ext'] !== '.csv') {
    return json(fields.length === 0 ? days : days.map(day => pickFields(day, fields)))
  }
  const asked = listQuery(call, 'cols')
  const columns = asked.length === 0 ? ['id', 'weight', 'restingHR', 'hrv', 'sleepSecs', 'comments'] : asked
  const lines = days.map(day => columns.map(name => csvCell(day[name])).join(','))
  const headers = { 'Content-Type': 'text/csv;charset=UTF-8' }
  return { status: 200, headers, body: Buffer.from([columns.join(','), ...lines, ''].join('\n')) }
}

function getDay(call: Call): Reply {
  const date = call.params['date'] ?? ''
  return json(call.state.wellness.get(keyOf(call, date)) ?? emptyDay(date, call.state.stamp()))
}

async function told(call: Call, records: readonly JsonObject[]): Promise<void> {
  await notify(call.state, call.athlete.id, 'WELLNESS_UPDATED', { records })
}

async function putDay(call: Call): Promise<Reply> {
  const given = bodyObject(call)
  const day = save(call, call.params['date'] ?? asText(given['id']) ?? '', given)
  await told(call, [day])
  return json(day)
}

async function putDays(call: Call): Promise<Reply> {
  const days = bodyObjects(call).map(given => save(call, asText(given['id']) ?? '', given))
  await told(call, days)
  const isSilent = call.state.faults.switches.wellnessBulkBody === 'none'
  return isSilent ? { status: 200, headers: {}, body: Buffer.alloc(0) } : json(days)
}

const root = '/api/v1/athlete/{id}/wellness'

/** Wellness, one record a day. */
export const wellnessRoutes: readonly Route[] = [
  { method: 'GET', path: `${root}{ext}`, scope: 'WELLNESS:READ', handle: list },
  { method: 'PUT', path: root, scope: 'WELLNESS:WRITE', handle: putDay },
  { method: 'PUT', path: `${root}-bulk`, scope: 'WELLNESS:WRITE', handle: putDays },
  { method: 'GET', path: `${root}/{date}`, scope: 'WELLNESS:READ', handle: getDay },
  { method: 'PUT', path: `${root}/{date}`, scope: 'WELLNESS:WRITE', handle: putDay },
]

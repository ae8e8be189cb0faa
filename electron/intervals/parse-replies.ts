import type { WorkoutProfile } from '../../shared/workout-profile.ts'
import { profileOfSteps } from '../formats/workout/profile-of-steps.ts'
import { readErg, readMrc } from '../formats/workout/read-course.ts'
import { readZwo } from '../formats/workout/read-zwo.ts'
import type {
  ActivitySummary,
  AthleteProfile,
  PlannedEvent,
  WorkoutFormat,
} from '../sync/ports/intervals-service.ts'
import {
  base64Of,
  idOf,
  instantOf,
  isJsonObject,
  localDateOf,
  localTimeOf,
  secondsOf,
  nameOf,
  textOf,
  type JsonObject,
} from './json-fields.ts'
import { docDurationS, ftpOf, parseWorkoutDoc } from './parse-workout-doc.ts'

// Null from a parser means: this is not the reply we asked for. Unknown fields are dropped, missing ones become null.

/** A list of which every readable element was kept. `complaints` says what was left out, without contents. */
export interface ParsedList<T> {
  readonly items: readonly T[]
  readonly complaints: readonly string[]
}

const connectedSuffix = '_connected'

/** `{athlete: {id, name, timezone}, ...}`. */
export function parseProfile(json: unknown): AthleteProfile | null {
  const athlete = isJsonObject(json) ? json['athlete'] : null
  if (!isJsonObject(athlete)) return null
  const id = idOf(athlete['id'])
  return id === null ? null : { id, name: nameOf(athlete['name']), timeZone: textOf(athlete['timezone']) }
}

/** `{id, garmin_training_connected: true, zwift_connected: false, ...}` becomes `['garmin_training']`. */
export function parseConnections(json: unknown): readonly string[] | null {
  if (!isJsonObject(json)) return null
  return Object.entries(json)
    .filter(([name, value]) => value === true && name.endsWith(connectedSuffix))
    .map(([name]) => name.slice(0, -connectedSuffix.length))
    .filter(name => name !== '')
}

/**
 * `{id, activities: [{id}, ...]}`: all ids, each once, in the reply's order. The list may be empty, but a reply with
 * neither a list nor an id is none.
 */
export function parseUploadIds(json: unknown): readonly string[] | null {
  if (!isJsonObject(json)) return null
  const first = idOf(json['id'])
  const list: readonly unknown[] | null = Array.isArray(json['activities']) ? json['activities'] : null
  if (list === null) return first === null ? null : [first]
  const ids = list.map(entry => idOf(isJsonObject(entry) ? entry['id'] : entry))
  if (ids.includes(null)) return null
  return [...new Set([...ids.filter(id => id !== null), ...(first === null ? [] : [first])])]
}

/** A list of activities; Strava's are stubs of id, local start and source. */
export function parseActivities(json: unknown): ParsedList<ActivitySummary> | null {
  return parseList(json, activity => {
    const id = idOf(activity['id'])
    if (id === null) return null
    return {
      id,
      externalId: idOf(activity['external_id']),
      source: textOf(activity['source']),
      sourceName: nameOf(activity['oauth_client_name']),
      name: nameOf(activity['name']),
      type: textOf(activity['type']),
      startDateLocal: textOf(activity['start_date_local']),
      startDate: instantOf(activity['start_date']),
      elapsedS: secondsOf(activity['elapsed_time']),
    }
  })
}

/**
 * A list of calendar events, each workout with its file. An event without a name has the name `''`, one without a
 * category `UNKNOWN`; an event without an id or a date is left out, since nothing can be done with it.
 */
export function parseEvents(json: unknown, format: WorkoutFormat): ParsedList<PlannedEvent> | null {
  return parseList(json, (event, complain) => {
    const id = idOf(event['id'])
    const date = localDateOf(event['start_date_local'])
    if (id === null || date === null) return null
    const content = base64Of(event['workout_file_base64'])
    if (content === null && textOf(event['workout_file_base64']) !== null) complain('has a broken file')
    return {
      id,
      category: textOf(event['category']) ?? 'UNKNOWN',
      date,
      time: localTimeOf(event['start_date_local']),
      name: nameOf(event['name']) ?? '',
      type: textOf(event['type']),
      updatedAt: instantOf(event['updated']),
      durationS: positiveOf(event['moving_time']) ?? docDurationS(event['workout_doc']),
      load: secondsOf(event['icu_training_load']),
      profile: parseWorkoutDoc(event['workout_doc']) ?? fileProfile(content, format, event['workout_doc']),
      file:
        content === null ? null : { name: textOf(event['workout_filename']) ?? `${id}.${format}`, content },
    }
  })
}

function positiveOf(value: unknown): number | null {
  const seconds = secondsOf(value)
  return seconds === 0 ? null : seconds
}

/** What can be drawn of the file, for the day the document is not what it was; a FIT file's steps are not read. */
function fileProfile(content: Uint8Array | null, format: WorkoutFormat, doc: unknown): WorkoutProfile | null {
  if (content === null || format === 'fit') return null
  const readers = { zwo: readZwo, mrc: readMrc, erg: readErg }
  const read = readers[format](content)
  return read.kind === 'workout' ? profileOfSteps(read.workout, ftpOf(doc)) : null
}

function parseList<T>(
  json: unknown,
  parse: (element: JsonObject, complain: (what: string) => void) => T | null,
): ParsedList<T> | null {
  if (!Array.isArray(json)) return null
  const elements: readonly unknown[] = json
  const items: T[] = []
  const complaints: string[] = []
  for (const [at, element] of elements.entries()) {
    const complain = (what: string) => complaints.push(`element ${at} ${what}`)
    const item = isJsonObject(element) ? parse(element, complain) : null
    if (item === null) complain('was left out: it lacks what it must have')
    else items.push(item)
  }
  // A list of other things is not the list: taken for an empty one it would say that all is deleted.
  if (items.length === 0 && elements.length > 0) return null
  return { items, complaints }
}

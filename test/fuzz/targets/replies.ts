import { authorizationHeader, checkApiKey, secretsOf } from '../../../electron/intervals/credential.ts'
import {
  parseActivities,
  parseConnections,
  parseEvents,
  parseProfile,
  parseUploadIds,
} from '../../../electron/intervals/parse-replies.ts'
import { docDurationS, parseWorkoutDoc } from '../../../electron/intervals/parse-workout-doc.ts'
import { powerOf } from '../../../electron/intervals/workout-power.ts'
import { thinProfile } from '../../../electron/sync/workouts/thin-profile.ts'
import { workoutFileName } from '../../../electron/sync/workouts/workout-names.ts'
import { workoutDoc } from '../../fake-intervals/workout-writers/workout-doc.ts'
import { isJsonObject } from '../../../electron/intervals/json-fields.ts'
import { inputOf, mutateJson, valueOf } from '../mutate/json.ts'
import { mutateLines } from '../mutate/lines.ts'
import { must, type FuzzTarget } from '../target.ts'
import { mustBeProfile, orAppError } from './promises.ts'
import { workout, workoutFile } from './workouts.ts'

const resolving = { ftp: 250, isIndoor: false, powerRange: 2.5 }
const docs = [workoutDoc(workout.steps, 250, 'x', resolving), workoutDoc(workout.steps, 250, '', null)]

export const docSeeds = (): readonly Uint8Array[] => docs.map(inputOf)

const events = (['zwo', 'fit', 'mrc', 'erg'] as const).map((format, index) => ({
  ...{
    id: 51_820_044 + index,
    category: 'WORKOUT',
    start_date_local: '2026-11-22T17:30:00',
    name: 'Threshold 3x8',
  },
  ...{ type: 'Ride', updated: '2026-11-21T08:00:00.000+00:00', moving_time: 3600, icu_training_load: 61 },
  ...{ workout_doc: docs[index % 2], workout_filename: `Threshold_3x8.${format}` },
  workout_file_base64: Buffer.from(workoutFile(format)).toString('base64'),
}))

const replies: readonly unknown[] = [
  events,
  events.slice(0, 1),
  {
    athlete: { id: 'i123', name: 'Eva', timezone: 'Europe/Zurich' },
    garmin_training_connected: true,
    zwift_connected: false,
  },
  { id: 'i7', activities: [{ id: 'i7' }, { id: 8 }] },
  [
    {
      ...{
        id: 'i7',
        external_id: 'musette-00',
        source: 'UPLOAD',
        oauth_client_name: null,
        name: 'Ride',
        type: 'Ride',
      },
      ...{ start_date_local: '2026-11-21T09:00:00', start_date: '2026-11-21T08:00:00Z', elapsed_time: 3600 },
    },
  ],
]

function mustBeIds(ids: readonly string[]): void {
  for (const id of ids) must(id !== '', 'an id is not empty')
}

function readReply(json: unknown): unknown {
  const profile = parseProfile(json)
  if (profile !== null) mustBeIds([profile.id])
  const connections = parseConnections(json)
  const uploadIds = parseUploadIds(json)
  mustBeIds(uploadIds ?? [])
  must(new Set(uploadIds).size === (uploadIds ?? []).length, 'each id is told once')
  const activities = parseActivities(json)
  for (const { id, elapsedS, startDate } of activities?.items ?? []) {
    mustBeIds([id])
    must(elapsedS === null || (Number.isFinite(elapsedS) && elapsedS >= 0), 'elapsed time is an amount')
    must(startDate === null || !Number.isNaN(Date.parse(startDate)), 'a start is a moment')
  }
  const lists = (['zwo', 'mrc', 'erg', 'fit'] as const).map(format => {
    const parsed = parseEvents(json, format)
    for (const event of parsed?.items ?? []) {
      mustBeIds([event.id])
      must(/^\d{4}-\d{2}-\d{2}$/.test(event.date), 'an event has a date')
      must(event.time === null || /^\d\d:\d\d$/.test(event.time), 'an event may have a time')
      if (event.profile !== null) mustBeProfile(event.profile)
      const name = workoutFileName(event, format)
      must(/^[\x20-\x7e]{1,100}$/.test(name) && !/[/\\:]/.test(name), 'a file name is plain and no path')
    }
    return [parsed?.items.length, parsed?.complaints.length]
  })
  return [profile, connections, uploadIds, activities?.items.length, lists]
}

function readDoc(doc: unknown): unknown {
  const profile = parseWorkoutDoc(doc)
  const duration = docDurationS(doc)
  must(duration === null || (Number.isFinite(duration) && duration > 0), 'a length is an amount')
  if (profile === null) return duration
  mustBeProfile(profile)
  mustBeProfile(thinProfile(profile, 40), 40)
  return [duration, profile]
}

function readPower(step: unknown): unknown {
  if (!isJsonObject(step)) return null
  return [250, null, 1e-300].map(ftp => {
    const power = powerOf(step['power'], step['_power'], ftp)
    if (power === null) return null
    for (const figure of [power.from, power.to])
      must(figure >= 0 && figure <= 20, 'a power is one that can be meant')
    return power
  })
}

function readKey(text: string): unknown {
  const check = checkApiKey(text)
  if (check.kind === 'bad') {
    must(text.trim().length < 6 || !check.message.includes(text.trim()), 'a message never holds the key')
    return check.why
  }
  const header = authorizationHeader({ kind: 'apiKey', key: check.key })
  must(/^Basic [A-Za-z0-9+/=]+$/.test(header), 'a good key makes a good header')
  must(secretsOf({ kind: 'apiKey', key: check.key }).includes(check.key), 'the key is among its secrets')
  return header
}

export const replyTargets: readonly FuzzTarget[] = [
  {
    name: 'replies',
    files: [
      'electron/intervals/parse-replies.ts',
      'electron/intervals/json-fields.ts',
      'electron/sync/workouts/workout-names.ts',
    ],
    seeds: () => replies.map(inputOf),
    mutate: mutateJson,
    run: input => readReply(valueOf(input)),
  },
  {
    name: 'workout-doc',
    files: [
      'electron/intervals/parse-workout-doc.ts',
      'electron/intervals/workout-power.ts',
      'electron/sync/workouts/thin-profile.ts',
    ],
    seeds: docSeeds,
    mutate: mutateJson,
    run: input => readDoc(valueOf(input)),
  },
  {
    name: 'workout-power',
    files: ['electron/intervals/workout-power.ts'],
    seeds: () =>
      [
        { power: { value: 96, units: '%ftp' } },
        { power: { start: 200, end: 250, units: 'w' }, _power: { value: 225, start: 200, end: 250 } },
        { power: { start: 2, end: 3, units: 'power_zone' } },
      ].map(inputOf),
    mutate: mutateJson,
    run: input => readPower(valueOf(input)),
  },
  {
    name: 'credential',
    files: ['electron/intervals/credential.ts'],
    seeds: () =>
      ['3lkj2h34lkjh234', 'i12345', '12345', 'key with blank', 'schlüssel\n'].map(text =>
        new TextEncoder().encode(text),
      ),
    mutate: mutateLines(['i1', '\r\n', '\u00A0', '\u200B', 'é', '%', ':']),
    run: input => {
      const text = new TextDecoder().decode(input)
      const bearer = orAppError(['signed-out'], () => authorizationHeader({ kind: 'bearer', token: text }))
      must(bearer === null || /^Bearer [\x21-\x7e]+$/.test(bearer), 'a header has no line end in it')
      return [bearer, readKey(text)]
    },
  },
]

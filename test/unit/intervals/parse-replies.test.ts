import { describe, expect, test } from 'vitest'
import {
  parseActivities,
  parseConnections,
  parseEvents,
  parseProfile,
  parseUploadIds,
} from '../../../electron/intervals/parse-replies.ts'

describe('a profile', () => {
  test.each<[unknown, unknown]>([
    [
      { athlete: { id: 'i1', name: 'A', timezone: 'Europe/Berlin', email: 'x' }, sharedFolders: [] },
      { id: 'i1', name: 'A', timeZone: 'Europe/Berlin' },
    ],
    [{ athlete: { id: 2049151 } }, { id: '2049151', name: null, timeZone: null }],
    [{ athlete: { id: 'i1', name: '', timezone: null } }, { id: 'i1', name: null, timeZone: null }],
    [{ athlete: { name: 'A' } }, null],
    [{ athlete: { id: '' } }, null],
    [{ athlete: { id: 1.5 } }, null],
    [{ id: 'i1' }, null],
    [[], null],
    [null, null],
    ['i1', null],
  ])('of %j is %j', (json, profile) => {
    expect(parseProfile(json)).toEqual(profile)
  })
})

test.each<[unknown, unknown]>([
  [
    {
      id: 'i1',
      garmin_training_connected: true,
      zwift_connected: false,
      oura_connected: 'true',
      new_connected: true,
    },
    ['garmin_training', 'new'],
  ],
  [{ strava: true, _connected: true }, []],
  [{}, []],
  [[], null],
  [null, null],
])('connections of %j are %j', (json, names) => {
  expect(parseConnections(json)).toEqual(names)
})

test.each<[unknown, unknown]>([
  [{ id: 'i1', activities: [{ id: 'i1' }, { id: 'i2' }] }, ['i1', 'i2']],
  [{ id: 'i2', activities: [{ id: 'i1' }, { id: 'i2' }] }, ['i1', 'i2']],
  [{ id: 'i3', activities: [{ id: 'i1' }] }, ['i1', 'i3']],
  [{ id: 17, activities: [{ id: 17 }] }, ['17']],
  [{ activities: ['i1', 2] }, ['i1', '2']],
  [{ id: 'i1' }, ['i1']],
  [{ id: 'i1', activities: null }, ['i1']],
  [{ activities: [] }, []],
  [{ activities: [{ id: 'i1' }, {}] }, null],
  [{ status: 409, error: 'x' }, null],
  [{}, null],
  [[], null],
  ['i1', null],
])('the ids in the upload reply %j are %j', (json, ids) => {
  expect(parseUploadIds(json)).toEqual(ids)
})

const nothing = {
  externalId: null,
  source: null,
  sourceName: null,
  name: null,
  type: null,
  startDateLocal: null,
  startDate: null,
  elapsedS: null,
}

describe('a list of activities', () => {
  test.each<[unknown, unknown]>([
    [
      {
        id: 'i1',
        external_id: 'musette-01',
        source: 'OAUTH_CLIENT',
        oauth_client_name: 'Other',
        name: 'Ride',
        type: 'Ride',
        start_date_local: '2026-09-14T18:04:11',
        start_date: '2026-09-14T16:04:11Z',
        elapsed_time: 3612,
        icu_intensity: 83.2,
      },
      {
        id: 'i1',
        externalId: 'musette-01',
        source: 'OAUTH_CLIENT',
        sourceName: 'Other',
        name: 'Ride',
        type: 'Ride',
        startDateLocal: '2026-09-14T18:04:11',
        startDate: '2026-09-14T16:04:11Z',
        elapsedS: 3612,
      },
    ],
    [
      { id: '19', source: 'STRAVA', start_date_local: '2026-09-12T15:02:10', _note: 'not available' },
      { ...nothing, id: '19', source: 'STRAVA', startDateLocal: '2026-09-12T15:02:10' },
    ],
    [
      { id: 19, external_id: 23890011234 },
      { ...nothing, id: '19', externalId: '23890011234' },
    ],
    [
      { id: 'i1', elapsed_time: -1, start_date: 'yesterday', name: 7, type: null },
      { ...nothing, id: 'i1' },
    ],
    [
      { id: 'i1', elapsed_time: '60', start_date: '2026-99-99T00:00:00Z' },
      { ...nothing, id: 'i1' },
    ],
  ])('reads %j', (activity, summary) => {
    expect(parseActivities([activity])).toEqual({ items: [summary], complaints: [] })
  })

  test('leaves out what has no id and keeps the rest', () => {
    expect(parseActivities([{ name: 'x' }, null, 7, [], { id: 'i1' }])).toEqual({
      items: [{ ...nothing, id: 'i1' }],
      complaints: [0, 1, 2, 3].map(at => `element ${at} was left out: it lacks what it must have`),
    })
  })

  test.each([[{}], [null], ['[]'], [{ activities: [] }], [[{ id: true }]], [[7]]])('is not %j', json => {
    expect(parseActivities(json)).toBeNull()
  })
})

describe('a list of events', () => {
  const event = {
    id: 5,
    category: 'WORKOUT',
    start_date_local: '2026-11-22T07:00:00',
    name: 'Sweet spot',
    type: 'Ride',
  }
  const planned = {
    id: '5',
    category: 'WORKOUT',
    date: '2026-11-22',
    time: '07:00',
    name: 'Sweet spot',
    type: 'Ride',
    updatedAt: null,
    durationS: null,
    load: null,
    profile: null,
    file: null,
  }
  const drawn = {
    steps: [{ kind: 'steady', durationS: 60, from: 0.5, to: 0.5, cadence: null }],
    cues: [],
  }
  const doc = { duration: 60, ftp: 200, steps: [{ duration: 60, power: { value: 50, units: '%ftp' } }] }
  const mmp = { ...doc, steps: [{ distance: 400, power: { value: 50, units: '%mmp' } }] }
  const asText = (text: string) => ({
    workout_filename: 'a',
    workout_file_base64: Buffer.from(text).toString('base64'),
  })
  const zwo = asText(
    '<workout_file><workout><SteadyState Power="0.5" Duration="60"/></workout></workout_file>',
  )
  const erg = asText(
    '[COURSE HEADER]\nMINUTES WATTS\n[END COURSE HEADER]\n[COURSE DATA]\n0.00 100\n1.00 100\n[END COURSE DATA]\n',
  )
  const file = { workout_filename: 'Sweet_spot.zwo', workout_file_base64: 'PGEvPg==' }
  const content = new Uint8Array(Buffer.from('<a/>'))

  test.each<[string, object, object]>([
    ['without a file', {}, {}],
    ['with a file', file, { file: { name: 'Sweet_spot.zwo', content } }],
    ['with a file without a name', { ...file, workout_filename: null }, { file: { name: '5.erg', content } }],
    [
      'with line breaks in its base64',
      { ...file, workout_file_base64: 'PGEv\r\nPg==\n' },
      { file: { name: 'Sweet_spot.zwo', content } },
    ],
    ['with an empty file', { ...file, workout_file_base64: '' }, {}],
    ['with a null file', { ...file, workout_file_base64: null }, {}],
    ['with an id as text', { id: 'x-1' }, { id: 'x-1' }],
    ['of a category nobody knows', { category: 'BREVET' }, { category: 'BREVET' }],
    ['without a category', { category: null }, { category: 'UNKNOWN' }],
    ['without a name', { name: null }, { name: '' }],
    ['without a sport', { type: null }, { type: null }],
    ['with a bare date', { start_date_local: '2026-11-22' }, { time: null }],
    ['at midnight, which means no time', { start_date_local: '2026-11-22T00:00:00' }, { time: null }],
    ['at a time that does not exist', { start_date_local: '2026-11-22T25:00:00' }, { time: null }],
    ['with its length and load', { moving_time: 3240, icu_training_load: 71 }, { durationS: 3240, load: 71 }],
    ['with a length and load of nothing', { moving_time: 0, icu_training_load: 0 }, { load: 0 }],
    ['with a length and load below nothing', { moving_time: -1, icu_training_load: -5 }, {}],
    ['with its steps', { workout_doc: doc }, { durationS: 60, profile: drawn }],
    ['with an empty document', { workout_doc: {} }, {}],
    [
      'with its last change',
      { updated: '2026-09-07T09:12:44.512+00:00' },
      { updatedAt: '2026-09-07T09:12:44.512+00:00' },
    ],
    ['with a change at no time', { updated: 'now' }, {}],
    ['with fields we do not know', { workout_doc: { odd: [{}] }, new_field: [1] }, {}],
  ])('keeps one %s', (_, change, expected) => {
    expect(parseEvents([{ ...event, ...change }], 'erg')).toEqual({
      items: [{ ...planned, ...expected }],
      complaints: [],
    })
  })

  test.each([
    ['zwo', zwo, { workout_doc: mmp }],
    ['zwo', zwo, {}],
    ['erg', erg, { workout_doc: mmp }],
  ] as const)('draws what the document does not tell from the file (%s)', (format, content, other) => {
    const parsed = parseEvents([{ ...event, ...content, ...other }], format)
    expect(parsed?.items[0]?.profile).toEqual(drawn)
  })

  test.each([
    ['fit', zwo, {}],
    ['erg', erg, {}],
    ['zwo', erg, {}],
  ] as const)('draws nothing of a file it cannot read as %s', (format, content, other) => {
    const parsed = parseEvents([{ ...event, ...content, ...other }], format)
    expect([parsed?.items[0]?.profile, parsed?.items[0]?.file === null]).toEqual([null, false])
  })

  test.each(['%%%%', 'PGEvPg=', 'PGEvPg', 'PGEv=Pg=', '{"a":1}', 'PGE_Pg=='])(
    'keeps one whose file is broken: %j',
    text => {
      expect(parseEvents([{ ...event, ...file, workout_file_base64: text }], 'zwo')).toEqual({
        items: [planned],
        complaints: ['element 0 has a broken file'],
      })
    },
  )

  test.each<[string, unknown]>([
    ['no id', { ...event, id: null }],
    ['no date', { ...event, start_date_local: null }],
    ['a day that does not exist', { ...event, start_date_local: '2026-02-30T00:00:00' }],
    ['a date in another form', { ...event, start_date_local: '22.11.2026' }],
    ['no form at all', 'event'],
  ])('leaves out one with %s and keeps the rest', (_, broken) => {
    expect(parseEvents([event, broken, { ...event, id: 6 }], 'zwo')).toEqual({
      items: [planned, { ...planned, id: '6' }],
      complaints: ['element 1 was left out: it lacks what it must have'],
    })
  })

  test('is not an object', () => {
    expect(parseEvents({ events: [] }, 'zwo')).toBeNull()
  })
})

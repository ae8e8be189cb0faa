import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { gzipBytes, zipBytes } from '../../helpers/archive-builder.ts'
import { buildFit } from '../../helpers/fit-builder.ts'
import { ask, keyHeader, ride, startFake, upload, uploaded } from './asking.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

test('answers 201 for a new file and 200 with the same id for the same bytes', async () => {
  const fake = await startFake()
  const first = await upload(fake, ride())
  const second = await upload(fake, ride(), { name: 'copy of ride.fit' })
  expect([first.status, first.body]).toEqual([201, uploaded('i148200317')])
  expect([second.status, second.body]).toEqual([200, uploaded('i148200317')])
  expect(fake.state.activities).toHaveLength(1)
})

test('reads start, sport and length out of the file, in the zone of the athlete', async () => {
  const fake = await startFake()
  await upload(fake, ride(), { query: '?external_id=musette-1&name=Morning&device_name=Trainer' })
  const { body } = await ask(fake, 'GET', '/api/v1/activity/i148200317')
  expect(body).toMatchObject({
    id: 'i148200317',
    start_date: '2026-11-20T06:31:00Z',
    start_date_local: '2026-11-20T07:31:00',
    type: 'VirtualRide',
    trainer: true,
    name: 'Morning',
    device_name: 'Trainer',
    elapsed_time: 600,
    moving_time: 600,
    distance: 5100,
    external_id: 'musette-1',
    source: 'UPLOAD',
    file_type: 'fit',
    description: null,
  })
})

test('keeps the external_id, name and source of whoever sent the file first', async () => {
  const fake = await startFake()
  fake.state.addToken('a-token', 'i200001', ['ACTIVITY:WRITE'])
  await upload(fake, ride(), { auth: 'Bearer a-token', query: '?external_id=theirs&name=Theirs' })
  const again = await upload(fake, ride(), { query: '?external_id=ours&name=Ours' })
  expect(again.status).toBe(200)
  const { body } = await ask(fake, 'GET', '/api/v1/activity/i148200317')
  expect(body).toMatchObject({
    external_id: 'theirs',
    name: 'Theirs',
    source: 'OAUTH_CLIENT',
    oauth_client_id: 9001,
    oauth_client_name: 'Example Sync',
  })
})

test('takes name and external_id from form fields as well', async () => {
  const fake = await startFake()
  await upload(fake, ride(), { fields: { name: 'From the form', external_id: 'form-1' } })
  expect(fake.state.activities[0]).toMatchObject({ name: 'From the form', externalId: 'form-1' })
})

test('keeps the files of two athletes apart', async () => {
  const fake = await startFake()
  await upload(fake, ride())
  const other = await upload(fake, ride(), { auth: keyHeader('key-of-i200002') })
  expect(other.status).toBe(201)
  expect(fake.state.activities.map(one => one.athleteId)).toEqual(['i200001', 'i200002'])
})

test('makes one activity of each session of a multisport file, and knows them all again', async () => {
  const fake = await startFake()
  const triathlon = buildFit({ startTime: '2026-11-20T06:31:00Z', durationS: 60, sessions: 2 })
  const first = await upload(fake, triathlon)
  const again = await upload(fake, triathlon)
  expect([first.status, first.body]).toEqual([201, uploaded('i148200317', 'i148200318')])
  expect([again.status, again.body]).toEqual([200, uploaded('i148200317', 'i148200318')])
  expect(fake.state.activities.map(one => one.fileSportIndex)).toEqual([0, 1])
})

test('makes one activity of each link of a chained FIT file', async () => {
  const fake = await startFake()
  const links = [ride('2026-11-20T06:00:00Z'), ride('2026-11-20T09:00:00Z')]
  await upload(fake, Buffer.concat(links))
  expect(fake.state.activities.map(one => one.startDate)).toEqual([
    '2026-11-20T06:00:00Z',
    '2026-11-20T09:00:00Z',
  ])
})

test('takes a zip of several, 201 as long as one of them is new', async () => {
  const fake = await startFake()
  await upload(fake, ride('2026-11-18T06:00:00Z'))
  const archive = zipBytes([
    { name: 'old.fit', bytes: ride('2026-11-18T06:00:00Z') },
    { name: 'folder/', bytes: new Uint8Array() },
    { name: 'readme.txt', bytes: Buffer.from('not a ride') },
    { name: '../../new.fit', bytes: ride('2026-11-19T06:00:00Z') },
  ])
  const mixed = await upload(fake, archive, { name: 'rides.zip' })
  const again = await upload(fake, archive, { name: 'rides.zip' })
  expect([mixed.status, mixed.body]).toEqual([201, uploaded('i148200317', 'i148200318')])
  expect(again.status).toBe(200)
})

test.each([
  { hashOver: 'raw', status: 201 },
  { hashOver: 'unpacked', status: 200 },
] as const)(
  'a gzipped twin answers $status when the hash is over $hashOver bytes',
  async ({ hashOver, status }) => {
    const fake = await startFake({ switches: { hashOver } })
    await upload(fake, ride())
    const twin = await upload(fake, gzipBytes(ride()), { name: 'ride.fit.gz' })
    expect(twin.status).toBe(status)
  },
)

test.each([
  { name: 'nothing', bytes: new Uint8Array() },
  { name: 'text', bytes: Buffer.from('hello') },
  { name: 'a workout', bytes: buildFit({ startTime: '2026-11-20T06:31:00Z', type: 'workout' }) },
  { name: 'half a gzip', bytes: gzipBytes(ride()).subarray(0, 60) },
  { name: 'half a zip', bytes: zipBytes([{ name: 'a.fit', bytes: ride() }]).subarray(0, 200) },
  { name: 'a FIT header alone', bytes: ride().subarray(0, 14) },
  {
    name: 'a GPX that is cut off',
    bytes: Buffer.from('<gpx><trk><trkseg><trkpt lat="1" lon="1"><time>2026-11-20T06:31:00Z'),
  },
])('refuses $name: no activities found', async ({ bytes }) => {
  const fake = await startFake()
  const reply = await upload(fake, bytes)
  expect([reply.status, reply.body]).toEqual([422, { status: 422, error: 'No activities found' }])
  expect(fake.state.activities).toEqual([])
})

test('can answer 400 for what it cannot read', async () => {
  const fake = await startFake({ switches: { unreadableAnswer: 400 } })
  expect((await upload(fake, Buffer.from('hello'))).status).toBe(400)
})

test('reads a damaged FIT as far as it goes, or refuses it when told to be strict', async () => {
  const damaged = ride().slice()
  damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 0xff
  const lenient = await upload(await startFake(), damaged)
  const strict = await upload(await startFake({ switches: { strictFit: true } }), damaged)
  const whole = await upload(await startFake({ switches: { strictFit: true } }), ride())
  expect([lenient.status, strict.status, whole.status]).toEqual([201, 422, 201])
})

test('says which part is missing when there is no file', async () => {
  const fake = await startFake()
  const form = new FormData()
  form.append('name', 'no file')
  const reply = await ask(fake, 'POST', '/api/v1/athlete/0/activities', { body: form })
  expect([reply.status, reply.body]).toEqual([
    422,
    { status: 422, error: "Required request part 'file' is not present" },
  ])
})

test.each([
  { duplicateAnswer: '409', body: { status: 409, error: 'Activity already exists' } },
  { duplicateAnswer: '409-with-ids', body: uploaded('i148200317') },
] as const)('can answer a duplicate with $duplicateAnswer', async ({ duplicateAnswer, body }) => {
  const fake = await startFake({ switches: { duplicateAnswer } })
  await upload(fake, ride())
  const again = await upload(fake, ride())
  expect([again.status, again.body]).toEqual([409, body])
})

test.each([
  { tombstoneAnswer: '200', status: 200, alive: 0 },
  { tombstoneAnswer: '201', status: 201, alive: 1 },
  { tombstoneAnswer: '409', status: 409, alive: 0 },
  { tombstoneAnswer: '422', status: 422, alive: 0 },
] as const)('a deleted activity sent again answers $status', async ({ tombstoneAnswer, status, alive }) => {
  const fake = await startFake({ switches: { tombstoneAnswer } })
  await upload(fake, ride())
  await ask(fake, 'DELETE', '/api/v1/activity/i148200317')
  const again = await upload(fake, ride())
  expect(again.status).toBe(status)
  expect(fake.state.activities.filter(one => !one.deleted)).toHaveLength(alive)
})

test('takes a deleted file again once its tombstone is gone', async () => {
  const fake = await startFake()
  await upload(fake, ride())
  await ask(fake, 'DELETE', '/api/v1/activity/i148200317')
  const removed = await ask(fake, 'DELETE', '/api/v1/activity/i148200317/tombstone')
  const again = await upload(fake, ride())
  expect([removed.status, again.status, again.body]).toEqual([200, 201, uploaded('i148200318')])
})

test.each([
  { dormantAnswer: 422, body: { status: 422, error: 'Athlete is dormant' } },
  { dormantAnswer: 200, body: uploaded() },
] as const)('stores nothing for a dormant athlete ($dormantAnswer)', async ({ dormantAnswer, body }) => {
  const fake = await startFake({
    athletes: [{ id: 'i200001', status: 'DORMANT', keys: ['key-of-i200001'] }],
    switches: { dormantAnswer },
  })
  const reply = await upload(fake, ride())
  expect([reply.status, reply.body, fake.state.activities]).toEqual([dormantAnswer, body, []])
})

test('logs the name and hash of what was sent', async () => {
  const fake = await startFake()
  await upload(fake, ride(), { name: 'größe "1".fit', query: '?external_id=musette-1' })
  expect(fake.state.requests).toMatchObject([
    {
      method: 'POST',
      path: '/api/v1/athlete/0/activities',
      athleteId: 'i200001',
      credential: 'key',
      status: 201,
      fileName: 'größe "1".fit',
      fileSha256: sha256(ride()),
      externalId: 'musette-1',
      query: { external_id: 'musette-1' },
    },
  ])
})

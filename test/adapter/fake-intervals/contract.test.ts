import { describe, expect, test } from 'vitest'
import { asArray, asObject } from '../../fake-intervals/json.ts'
import { apiRoutes } from '../../fake-intervals/routes/all.ts'
import { seedWeek } from '../../fake-intervals/seed-week.ts'
import type { FakeIntervals } from '../../fake-intervals/server.ts'
import type { JsonObject } from '../../fake-intervals/types.ts'
import { ask, ride, startFake, upload } from './asking.ts'
import { at, document, faultsAgainst, faultsOf, folder, isAbsent, read } from './openapi.ts'

if (isAbsent) console.log(`SKIPPED: the contract test needs ${folder}/openapi.json, which is not here`)

describe.skipIf(isAbsent)('the stand-in against the OpenAPI document', () => {
  test.each(apiRoutes.map(({ method, path }) => ({ method, path })))(
    '$method $path exists',
    ({ method, path }) => {
      expect(at(document, 'paths', path, method.toLowerCase())).toBeTypeOf('object')
    },
  )

  test('DELETE /api/v1/disconnect-app exists, with its 401', () => {
    expect(at(document, 'paths', '/api/v1/disconnect-app', 'delete', 'responses', '401')).toBeTypeOf('object')
  })

  test.each([
    {
      path: '/api/v1/athlete/{id}/activities',
      method: 'get',
      names: ['oldest', 'newest', 'limit', 'fields'],
    },
    {
      path: '/api/v1/athlete/{id}/activities',
      method: 'post',
      names: ['name', 'description', 'device_name', 'external_id', 'paired_event_id'],
    },
    {
      path: '/api/v1/athlete/{id}/events{format}',
      method: 'get',
      names: ['oldest', 'newest', 'category', 'limit', 'ext', 'resolve', 'powerRange'],
    },
    { path: '/api/v1/athlete/{id}/workouts.zip', method: 'get', names: ['ext', 'oldest', 'newest'] },
    { path: '/api/v1/athlete/{id}/events', method: 'post', names: ['upsertOnUid'] },
    { path: '/api/v1/athlete/{id}/events', method: 'delete', names: ['oldest', 'newest', 'category'] },
    { path: '/api/v1/athlete/{id}/events/bulk', method: 'post', names: ['upsert', 'upsertOnUid'] },
    {
      path: '/api/v1/athlete/{id}/wellness{ext}',
      method: 'get',
      names: ['oldest', 'newest', 'cols', 'fields'],
    },
  ])('$method $path documents every parameter that is read here', ({ path, method, names }) => {
    const parameters = asArray(at(document, 'paths', path, method, 'parameters')) ?? []
    const queries = parameters.filter(one => at(one, 'in') === 'query').map(one => at(one, 'name'))
    expect(queries).toEqual(expect.arrayContaining(names))
  })

  test('the check itself sees a wrong type and an unknown property', () => {
    const path = '/api/v1/athlete/{id}/activities'
    expect(faultsOf('GET', path, [{ id: 7 }])).not.toEqual([])
    expect(faultsOf('GET', path, [{ no_such_field: null }])).not.toEqual([])
    expect(faultsOf('GET', path, [{ id: 'i1', source: 'NOBODY' }])).not.toEqual([])
  })
})

const keysOf = (value: unknown): readonly string[] => Object.keys(asObject(value) ?? {}).sort()

/** A service with something of everything in it. */
async function fullFake(): Promise<FakeIntervals> {
  const fake = await startFake({ now: '2026-11-23T12:00:00Z' })
  seedWeek(fake.state, '2026-11-23', 'i200001')
  // A category from a later version would rightly fail here.
  fake.state.removeEvents(event => event.fields['category'] === 'SOMETHING_NEW')
  await upload(fake, ride(), { query: '?external_id=musette-1' })
  return fake
}

const a = '/api/v1/athlete/0'
const replies: readonly { method: string; path: string; asked: string; body?: unknown }[] = [
  { method: 'GET', path: '/api/v1/athlete/{id}/profile', asked: `${a}/profile` },
  { method: 'GET', path: '/api/v1/athlete/{id}/connections', asked: `${a}/connections` },
  { method: 'GET', path: '/api/v1/athlete/{id}', asked: a },
  { method: 'GET', path: '/api/v1/athlete/{athleteId}/sport-settings', asked: `${a}/sport-settings` },
  { method: 'GET', path: '/api/v1/athlete/{id}/activities', asked: `${a}/activities?oldest=2026-11-01` },
  { method: 'GET', path: '/api/v1/activity/{id}', asked: '/api/v1/activity/i148200317' },
  {
    method: 'PUT',
    path: '/api/v1/activity/{id}',
    asked: '/api/v1/activity/i148200317',
    body: { type: 'Run' },
  },
  { method: 'DELETE', path: '/api/v1/activity/{id}', asked: '/api/v1/activity/i148200317' },
  { method: 'GET', path: '/api/v1/athlete/{id}/events{format}', asked: `${a}/events?ext=zwo&resolve=true` },
  { method: 'GET', path: '/api/v1/athlete/{id}/events/{eventId}', asked: `${a}/events/51820044` },
  {
    method: 'POST',
    path: '/api/v1/athlete/{id}/events',
    asked: `${a}/events`,
    body: { start_date_local: '2026-11-24T00:00:00', name: 'x' },
  },
  {
    method: 'PUT',
    path: '/api/v1/athlete/{id}/events/{eventId}',
    asked: `${a}/events/51820044`,
    body: { name: 'x' },
  },
  { method: 'DELETE', path: '/api/v1/athlete/{id}/events/{eventId}', asked: `${a}/events/51820044` },
  {
    method: 'POST',
    path: '/api/v1/athlete/{id}/events/bulk',
    asked: `${a}/events/bulk`,
    body: [{ start_date_local: '2026-11-24T00:00:00', name: 'x' }],
  },
  {
    method: 'PUT',
    path: '/api/v1/athlete/{id}/events/bulk-delete',
    asked: `${a}/events/bulk-delete`,
    body: [{ id: 51820044 }],
  },
  {
    method: 'PUT',
    path: '/api/v1/athlete/{id}/wellness/{date}',
    asked: `${a}/wellness/2026-11-20`,
    body: { weight: 71.8 },
  },
  { method: 'GET', path: '/api/v1/athlete/{id}/wellness/{date}', asked: `${a}/wellness/2026-11-20` },
  { method: 'GET', path: '/api/v1/athlete/{id}/wellness{ext}', asked: `${a}/wellness` },
]

test.skipIf(isAbsent).each(replies)(
  '$method $asked answers what the document says',
  async ({ method, path, asked, body }) => {
    const reply = await ask(await fullFake(), method, asked, body === undefined ? {} : { body })
    expect([reply.status, faultsOf(method, path, reply.body)]).toEqual([200, []])
  },
)

test.skipIf(isAbsent)('an upload answers what the document says', async () => {
  const reply = await upload(await startFake(), ride())
  expect(faultsOf('POST', '/api/v1/athlete/{id}/activities', reply.body)).toEqual([])
})

test.skipIf(isAbsent)('a Strava stub is what the document calls hidden', async () => {
  const fake = await startFake()
  fake.state.seedActivity({ athleteId: 'i200001', startMs: 0, source: 'STRAVA', id: '19' })
  const { body } = await ask(fake, 'GET', '/api/v1/activity/19')
  expect(faultsAgainst({ $ref: '#/components/schemas/Hidden' }, body)).toEqual([])
})

describe.skipIf(isAbsent)('the recorded examples', () => {
  test('upload replies have the shapes that are answered here', async () => {
    const example = read('examples/activity-upload-responses.json')
    const fake = await startFake()
    const created = await upload(fake, ride())
    const duplicate = await upload(fake, ride())
    const unreadable = await upload(fake, Buffer.from('x'))
    expect([created.status, duplicate.status]).toEqual([201, 200])
    // The same ids, because the first id here is the one in the example.
    expect(created.body).toEqual(at(example, 'new_single_file', 'body'))
    expect(duplicate.body).toEqual(at(example, 'duplicate_same_bytes', 'body'))
    expect(unreadable.body).toEqual(at(example, 'unparseable_file_UNVERIFIED_TEXT', 'body'))
  })

  test('an activity has the types of the example, a Strava import its five fields', async () => {
    const [whole, , strava] = asArray(read('examples/activities-list.json')) ?? []
    const fake = await fullFake()
    fake.state.seedActivity({ athleteId: 'i200001', startMs: 0, source: 'STRAVA', id: '19' })
    const shown: JsonObject = asObject((await ask(fake, 'GET', '/api/v1/activity/i148200317')).body) ?? {}
    const stub = asObject((await ask(fake, 'GET', '/api/v1/activity/19')).body)
    const facts = [
      'id',
      'start_date',
      'start_date_local',
      'elapsed_time',
      'external_id',
      'source',
      'type',
      'created',
    ]
    expect(keysOf(stub)).toEqual(keysOf(strava))
    for (const name of facts) expect([name, typeof shown[name]]).toEqual([name, typeof at(whole, name)])
  })

  test('an event with a file has every field of the example', async () => {
    const [example] = asArray(read('examples/events-list.json')) ?? []
    const { body } = await ask(await fullFake(), 'GET', `${a}/events?ext=zwo&resolve=true&limit=1`)
    const missing = Object.keys(asObject(example) ?? {}).filter(
      name => !(name in (asObject(asArray(body)?.[0]) ?? {})),
    )
    expect(missing).toEqual([])
  })

  test('a wellness day, a bulk delete and a token have the fields of the examples', async () => {
    const fake = await fullFake()
    const [whole] = asArray(read('examples/wellness-list.json')) ?? []
    const day = await ask(fake, 'GET', `${a}/wellness/2026-11-20`)
    const gone = await ask(fake, 'PUT', `${a}/events/bulk-delete`, {
      body: [{ external_id: 'does-not-exist' }],
    })
    const query = 'client_id=9001&redirect_uri=http%3A%2F%2Flocalhost%2F&scope=ACTIVITY:WRITE'
    const { headers } = await ask(fake, 'GET', `/oauth/authorize?${query}`)
    const code = new URL(headers.get('location') ?? '').searchParams.get('code') ?? ''
    const form = { client_id: '9001', client_secret: 'example-client-secret', code }
    const token = await ask(fake, 'POST', '/api/oauth/token', { body: new URLSearchParams(form) })
    expect(keysOf(day.body)).toEqual(keysOf(whole))
    expect(keysOf(gone.body)).toEqual(keysOf(at(read('examples/events-bulk-delete.json'), 'response')))
    expect(keysOf(token.body)).toEqual(keysOf(at(read('examples/oauth-token.json'), 'success', 'body')))
  })

  test('errors have the texts that are answered here', async () => {
    const errors = read('examples/errors.json')
    const fake = await fullFake()
    fake.state.seedActivity({ athleteId: 'i200001', startMs: 0, source: 'STRAVA', id: '19' })
    const asked = {
      strava_activity_resource: await ask(fake, 'GET', '/api/v1/activity/19/file'),
      access_denied: await ask(fake, 'GET', '/api/v1/athlete/i200002/profile'),
      missing_body: await ask(fake, 'PUT', '/api/v1/activity/i148200317'),
      type_mismatch: await ask(fake, 'GET', `${a}/events/undefined`),
    }
    for (const [name, { status, body }] of Object.entries(asked)) {
      expect([name, { status, body }]).toEqual([name, at(errors, name)])
    }
    const lost = await ask(fake, 'GET', `${a}/fitness`)
    expect(lost.body).toEqual({
      ...asObject(at(errors, 'no_such_route', 'body')),
      timestamp: expect.any(String) as unknown,
    })
  })
})

import { describe, expect, test } from 'vitest'
import { ask, keyHeader, startFake } from './asking.ts'

const profile = '/api/v1/athlete/0/profile'
const denied = { status: 403, error: 'Access denied' }
const failed = { status: 401, error: 'Auth failed' }

describe('who is let in', () => {
  test.each([
    {
      name: 'the owner as 0',
      path: profile,
      auth: keyHeader('key-of-i200001'),
      status: 200,
      body: { athlete: { id: 'i200001', timezone: 'Europe/Berlin' } },
    },
    {
      name: 'the owner by id',
      path: '/api/v1/athlete/i200002/profile',
      auth: keyHeader('key-of-i200002'),
      status: 200,
      body: { athlete: { id: 'i200002' } },
    },
    {
      name: 'another athlete',
      path: '/api/v1/athlete/i200002/profile',
      auth: keyHeader('key-of-i200001'),
      status: 403,
      body: denied,
    },
    {
      name: 'the id without its i',
      path: '/api/v1/athlete/200001/profile',
      auth: keyHeader('key-of-i200001'),
      status: 403,
      body: denied,
    },
    { name: 'an unknown key', path: profile, auth: keyHeader('nobody'), status: 401, body: failed },
    {
      name: 'another user name than API_KEY',
      path: profile,
      auth: `Basic ${btoa('me:key-of-i200001')}`,
      status: 401,
      body: failed,
    },
    { name: 'no credential', path: profile, auth: '', status: 401, body: failed },
    {
      name: 'a key as bearer token',
      path: profile,
      auth: 'Bearer key-of-i200001',
      status: 403,
      body: denied,
    },
    { name: 'an unknown token', path: profile, auth: 'Bearer nobody', status: 401, body: failed },
  ])('$name: $status', async ({ path, auth, status, body }) => {
    const reply = await ask(await startFake(), 'GET', path, { auth })
    expect(reply.status).toBe(status)
    expect(reply.body).toMatchObject(body)
  })

  test('broken base64 is the service own failure', async () => {
    const reply = await ask(await startFake(), 'GET', profile, { auth: 'Basic QVBJX0tFWTprZXk==' })
    expect(reply.status).toBe(500)
    expect(reply.body).toMatchObject({
      error: expect.stringContaining('IllegalArgumentException') as unknown,
    })
  })

  test('an unknown token can answer 403', async () => {
    const fake = await startFake({ switches: { invalidBearer: 403 } })
    expect((await ask(fake, 'GET', profile, { auth: 'Bearer nobody' })).body).toEqual(denied)
  })

  test('a revoked key is refused from then on', async () => {
    const fake = await startFake()
    expect((await ask(fake, 'GET', profile)).status).toBe(200)
    fake.state.revoke('key-of-i200001')
    expect((await ask(fake, 'GET', profile)).status).toBe(401)
  })
})

describe('what a token may do', () => {
  test.each([
    {
      scopes: ['ACTIVITY:READ'],
      method: 'GET',
      path: '/api/v1/athlete/0/activities?oldest=2026-11-01',
      status: 200,
    },
    {
      scopes: ['ACTIVITY:WRITE'],
      method: 'GET',
      path: '/api/v1/athlete/0/activities?oldest=2026-11-01',
      status: 200,
    },
    {
      scopes: ['CALENDAR:WRITE'],
      method: 'GET',
      path: '/api/v1/athlete/0/activities?oldest=2026-11-01',
      status: 403,
    },
    { scopes: ['ACTIVITY:READ'], method: 'POST', path: '/api/v1/athlete/0/activities', status: 403 },
    { scopes: ['ACTIVITY:READ'], method: 'GET', path: '/api/v1/athlete/0/events', status: 403 },
    { scopes: ['ACTIVITY:READ'], method: 'GET', path: '/api/v1/athlete/0', status: 403 },
    { scopes: ['SETTINGS:READ'], method: 'GET', path: '/api/v1/athlete/0', status: 200 },
    { scopes: [], method: 'GET', path: profile, status: 200 },
  ])('$scopes $method $path: $status', async ({ scopes, method, path, status }) => {
    const fake = await startFake()
    fake.state.addToken('t', 'i200001', scopes)
    expect((await ask(fake, method, path, { auth: 'Bearer t' })).status).toBe(status)
  })

  test('profile can need a scope', async () => {
    const fake = await startFake({ switches: { profileScope: 'SETTINGS:READ' } })
    fake.state.addToken('t', 'i200001', ['ACTIVITY:WRITE'])
    expect((await ask(fake, 'GET', profile, { auth: 'Bearer t' })).status).toBe(403)
  })
})

test.each(['', 'Python-urllib/3.12'])('the edge refuses the agent "%s" with a page', async agent => {
  const reply = await ask(await startFake(), 'GET', profile, { headers: { 'User-Agent': agent } })
  expect([reply.status, reply.headers.get('content-type')]).toEqual([403, 'text/html; charset=UTF-8'])
})

test.each([
  { method: 'GET', path: '/api/v1/athlete/0/fitness', status: 404, error: 'Not Found' },
  { method: 'DELETE', path: '/api/v1/athlete/0/activities', status: 405, error: 'Method Not Allowed' },
  {
    method: 'DELETE',
    path: '/api/v1/athlete/0/wellness/2026-11-24',
    status: 405,
    error: 'Method Not Allowed',
  },
])('$method $path answers $status in the form of the framework', async ({ method, path, status, error }) => {
  const reply = await ask(await startFake(), method, path)
  expect([reply.status, reply.body]).toEqual([
    status,
    { timestamp: expect.any(String) as unknown, status, error, path },
  ])
})

test('says what is connected', async () => {
  const fake = await startFake({
    athletes: [{ id: 'i200001', keys: ['key-of-i200001'], connections: ['zwift'] }],
  })
  const { body } = await ask(fake, 'GET', '/api/v1/athlete/0/connections')
  const flags = Object.entries(body as Record<string, unknown>).filter(([, value]) => value === true)
  expect(flags).toEqual([['zwift_connected', true]])
})

describe('limits', () => {
  test('refuses what comes faster than the burst allows', async () => {
    const fake = await startFake({ switches: { perSecond: 0.001, burst: 3 } })
    const statuses: number[] = []
    for (let index = 0; index < 4; index++) statuses.push((await ask(fake, 'GET', profile)).status)
    expect(statuses).toEqual([200, 200, 200, 429])
  })

  test('counts each credential over 15 minutes of server time', async () => {
    const fake = await startFake({ switches: { per15Min: 2 } })
    fake.state.clock.freeze()
    await ask(fake, 'GET', profile)
    fake.state.clock.advance(60_000)
    await ask(fake, 'GET', profile)
    const third = await ask(fake, 'GET', profile)
    const other = await ask(fake, 'GET', profile, { auth: keyHeader('key-of-i200002') })
    fake.state.clock.advance(14 * 60_000)
    const later = await ask(fake, 'GET', profile)
    expect([third.status, third.headers.get('retry-after'), other.status, later.status]).toEqual([
      429,
      '840',
      200,
      200,
    ])
  })

  test.each([
    { retryAfter: 'seconds', header: '7200' },
    { retryAfter: 'date', header: 'Sun, 22 Nov 2026 00:00:00 GMT' },
    { retryAfter: 'none', header: null },
  ] as const)('counts a UTC day, and says when to come back: $retryAfter', async ({ retryAfter, header }) => {
    const fake = await startFake({ switches: { perDay: 1, retryAfter } })
    fake.state.clock.freeze()
    fake.state.clock.set(Date.parse('2026-11-21T22:00:00Z'))
    await ask(fake, 'GET', profile)
    const second = await ask(fake, 'GET', profile)
    fake.state.clock.advance(2 * 3_600_000)
    const nextDay = await ask(fake, 'GET', profile)
    expect([second.status, second.headers.get('retry-after'), nextDay.status]).toEqual([429, header, 200])
  })

  test('are those of the documentation unless changed', async () => {
    const { startFakeIntervals } = await import('../../fake-intervals/server.ts')
    const fake = await startFakeIntervals()
    const { perSecond, per15Min, perDay } = fake.state.faults.switches
    await fake.close()
    expect({ perSecond, per15Min, perDay }).toEqual({ perSecond: 10, per15Min: 2500, perDay: 5000 })
  })
})

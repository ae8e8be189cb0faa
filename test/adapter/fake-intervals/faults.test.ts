import { describe, expect, test } from 'vitest'
import type { FaultAction } from '../../fake-intervals/faults.ts'
import { ask, formWith, keyHeader, ride, startFake, upload } from './asking.ts'

const profile = '/api/v1/athlete/0/profile'
const onUpload = { method: 'POST', path: '/activities' }

test('loses the reply after the file was stored: it is there once, and the same bytes answer 200', async () => {
  const fake = await startFake()
  fake.state.faults.add({ match: onUpload, action: { kind: 'cut', at: 'afterStore' } })
  await expect(upload(fake, ride())).rejects.toThrow()
  expect(fake.state.activities).toHaveLength(1)
  expect((await upload(fake, ride())).status).toBe(200)
  expect(fake.state.activities).toHaveLength(1)
  expect(fake.state.requests.map(({ status, fault }) => [status, fault])).toEqual([
    [null, 'cut'],
    [200, null],
  ])
})

test.each(['beforeBody', 'midBody'] as const)('cuts an upload %s and stores nothing', async at => {
  const fake = await startFake()
  fake.state.faults.add({ match: onUpload, action: { kind: 'cut', at, afterBytes: 100 } })
  await expect(upload(fake, ride())).rejects.toThrow()
  expect(fake.state.activities).toEqual([])
})

test.each([
  { when: 'before', stored: 0 },
  { when: 'after', stored: 1 },
] as const)(
  'holds a reply back $when acting: a client that gives up has $stored stored',
  async ({ when, stored }) => {
    const fake = await startFake()
    fake.state.faults.add({ match: onUpload, action: { kind: 'delay', ms: 60_000, when } })
    const gaveUp = new AbortController()
    const sent = ask(fake, 'POST', '/api/v1/athlete/0/activities', {
      body: formWith(ride()),
      signal: gaveUp.signal,
    })
    while (fake.state.requests.length === 0 || fake.state.activities.length < stored) {
      await new Promise(resolve => setImmediate(resolve))
    }
    gaveUp.abort()
    await expect(sent).rejects.toThrow()
    expect(fake.state.activities).toHaveLength(stored)
    expect((await upload(fake, ride())).status).toBe(stored === 0 ? 201 : 200)
  },
)

test('cuts a reply half-way, after the file was stored', async () => {
  const fake = await startFake()
  fake.state.faults.add({ match: onUpload, action: { kind: 'cut', at: 'midReply' } })
  await expect(upload(fake, ride())).rejects.toThrow()
  expect(fake.state.activities).toHaveLength(1)
})

describe('a status in place of the reply', () => {
  test.each([
    { when: 'early', stored: 0, received: 0 },
    { when: 'before', stored: 0, received: 1 },
    { when: 'after', stored: 1, received: 1 },
  ] as const)('$when: $stored stored', async ({ when, stored, received }) => {
    const fake = await startFake()
    fake.state.faults.add({ match: onUpload, action: { kind: 'status', status: 503, when } })
    const reply = await upload(fake, ride())
    expect([reply.status, reply.headers.get('content-type')]).toEqual([503, 'text/html; charset=UTF-8'])
    expect(fake.state.activities).toHaveLength(stored)
    expect(Math.sign(fake.state.requests[0]?.bytesReceived ?? -1)).toBe(received)
  })

  test.each([
    { retryAfter: 7, header: '7' },
    { retryAfter: 'date:120', header: 'Sat, 21 Nov 2026 12:02:00 GMT' },
    { retryAfter: undefined, header: null },
  ])('with Retry-After $retryAfter', async ({ retryAfter, header }) => {
    const fake = await startFake({ now: '2026-11-21T12:00:00.000Z' })
    fake.state.clock.freeze()
    fake.state.clock.set(Date.parse('2026-11-21T12:00:00Z'))
    const body = { status: 429, error: 'Slow down' }
    const when = retryAfter === undefined ? {} : { retryAfter }
    fake.state.faults.add({ match: {}, action: { kind: 'status', status: 429, body, ...when } })
    const reply = await ask(fake, 'GET', profile)
    expect([reply.status, reply.body, reply.headers.get('retry-after')]).toEqual([429, body, header])
  })
})

test('plays a rule after letting some through, as often as it says, then no more', async () => {
  const fake = await startFake()
  fake.state.faults.add({
    match: { method: 'GET', path: '^/api/v1/athlete/[^/]+/profile$' },
    after: 1,
    times: 2,
    action: { kind: 'status', status: 500 },
  })
  const statuses: number[] = []
  for (const path of [profile, profile, '/api/v1/athlete/0/connections', profile, profile]) {
    statuses.push((await ask(fake, 'GET', path)).status)
  }
  expect(statuses).toEqual([200, 500, 200, 500, 200])
  expect(fake.state.faults.rules).toMatchObject([{ seen: 4, played: 2 }])
})

test('a rule for one athlete leaves the other alone', async () => {
  const fake = await startFake()
  fake.state.faults.add({
    match: { athleteId: 'i200002' },
    times: -1,
    action: { kind: 'status', status: 500 },
  })
  const other = { auth: `Basic ${btoa('API_KEY:key-of-i200002')}` }
  expect((await ask(fake, 'GET', profile)).status).toBe(200)
  expect((await ask(fake, 'GET', profile, other)).status).toBe(500)
})

describe('a reply that is not what it should be', () => {
  const withFault = async (action: FaultAction): Promise<Awaited<ReturnType<typeof ask>>> => {
    const fake = await startFake({ now: '2026-11-21T12:00:00Z' })
    fake.state.clock.freeze()
    fake.state.faults.add({ match: {}, action })
    return ask(fake, 'GET', profile)
  }

  test('cut short but complete as HTTP', async () => {
    const { status, body } = await withFault({ kind: 'truncatedJson' })
    expect([status, typeof body]).toEqual([200, 'string'])
    expect(body).toMatch(/^\{"athlete":\{"id":"i200001"/)
  })

  test('with another content type', async () => {
    const { headers } = await withFault({ kind: 'contentType', value: 'text/plain' })
    expect(headers.get('content-type')).toBe('text/plain')
  })

  test('noise that claims to be gzip', async () => {
    await expect(withFault({ kind: 'gzipGarbage' })).rejects.toThrow()
  })

  test('a redirect to another host', async () => {
    const { status, headers } = await withFault({
      kind: 'redirect',
      location: 'http://elsewhere.example/',
      status: 307,
    })
    expect([status, headers.get('location')]).toEqual([307, 'http://elsewhere.example/'])
  })

  test('in small pieces, but whole', async () => {
    const fake = await startFake()
    fake.state.faults.add({ match: {}, action: { kind: 'slowBody', chunkBytes: 50, everyMs: 10 } })
    const headers = { 'User-Agent': 'Test/1.0', Authorization: keyHeader('key-of-i200001') }
    const reply = await fetch(fake.url + profile, { headers })
    const pieces: Uint8Array[] = []
    // fetch types its body without what it yields.
    for await (const piece of reply.body as unknown as AsyncIterable<Uint8Array>) pieces.push(piece)
    expect(pieces.length).toBeGreaterThan(1)
    expect(JSON.parse(Buffer.concat(pieces).toString())).toMatchObject({ athlete: { id: 'i200001' } })
  })

  test('with a Date that is wrong', async () => {
    const { headers } = await withFault({ kind: 'clockSkew', ms: -3_600_000 })
    expect(headers.get('date')).toMatch(/^Sat, 21 Nov 2026 11:00:0/)
  })
})

test('a standing clock skew shows in every time it reports', async () => {
  const fake = await startFake({ now: '2026-11-21T12:00:00Z', switches: { clockSkewMs: 86_400_000 } })
  const { headers } = await upload(fake, ride())
  const { body } = await ask(fake, 'GET', '/api/v1/activity/i148200317')
  expect(headers.get('date')).toMatch(/^Sun, 22 Nov 2026 12:00:/)
  expect(body).toMatchObject({ created: expect.stringMatching(/^2026-11-22T12:00:.*\+00:00$/) as unknown })
})

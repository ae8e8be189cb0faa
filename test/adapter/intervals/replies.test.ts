import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  clientOf,
  failureOf,
  json,
  outcomeOf,
  page,
  rideOf,
  startService,
  startSockets,
  type Responder,
} from './loopback.ts'

const ride = rideOf(new Uint8Array(5000))
const fine = { recovery: 'retry', status: null, retryAfterMs: null, bodySent: false }
const refused = { ...fine, code: 'refused-by-service', recovery: 'give-up' }
const down = { ...fine, code: 'service-down' }

/** Answers 200 with these very bytes. */
function bytes(content: Uint8Array | string, headers: Readonly<Record<string, string>> = {}): Responder {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers })
    response.end(content)
  }
}

/** Promises more than it sends, then hangs up. */
const cutOff: Responder = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
  response.write('[{"id":"i1"}')
  setTimeout(() => response.destroy(), 20)
}

const lose: Responder = (_request, response) => void response.destroy()
const saysNothing: Responder = () => undefined

const startsThenStops: Responder = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('[')
}

const drips: Responder = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('[')
  const timer = setInterval(() => response.write(' '), 20)
  response.on('close', () => clearInterval(timer))
}

const packed = gzipSync(JSON.stringify([{ id: 'i1', start_date_local: '2026-01-01T00:00:00' }]))
const shortTimeouts = { timeouts: { headersMs: 300, bodyIdleMs: 300, replyMs: 600 } }

describe('what the service answers', () => {
  test.each<[string, Responder, object, object]>([
    [
      '401',
      json(401, { status: 401, error: 'Auth failed' }),
      { code: 'signed-out', recovery: 'sign-in', status: 401 },
      {},
    ],
    [
      '403 in JSON',
      json(403, { status: 403, error: 'Access denied' }),
      { code: 'forbidden', recovery: 'give-up', status: 403 },
      {},
    ],
    ['403 as a page', page(403), { ...down, status: 403 }, {}],
    ['404', json(404, { status: 404, error: 'Not Found' }), { ...refused, status: 404 }, {}],
    ['401 as a page', page(401), { ...down, status: 401 }, {}],
    ['404 as a page', page(404), { ...down, status: 404 }, {}],
    ['409 as a page', page(409), { ...down, status: 409 }, { bodySent: true }],
    ['413 as a page', page(413), { ...down, status: 413 }, {}],
    ['422', json(422, { status: 422, error: 'No activities found' }), { ...refused, status: 422 }, {}],
    ['408', json(408, {}), { ...down, status: 408 }, { bodySent: true }],
    ['425', json(425, {}), { ...down, status: 425 }, {}],
    ['429', json(429, {}), { ...fine, code: 'rate-limited', status: 429 }, {}],
    [
      '429 with seconds',
      json(429, {}, { 'retry-after': '7' }),
      { ...fine, code: 'rate-limited', status: 429, retryAfterMs: 7000 },
      {},
    ],
    [
      '429 with a date',
      json(
        429,
        {},
        { date: 'Sun, 22 Nov 2026 10:00:00 GMT', 'retry-after': 'Sun, 22 Nov 2026 10:01:30 GMT' },
      ),
      { ...fine, code: 'rate-limited', status: 429, retryAfterMs: 90_000 },
      {},
    ],
    [
      '429 with nonsense',
      page(429, { 'retry-after': '-402439' }),
      { ...fine, code: 'rate-limited', status: 429 },
      {},
    ],
    [
      '500 in JSON',
      json(500, { status: 500, error: 'java.lang.X' }),
      { ...down, status: 500 },
      { bodySent: true },
    ],
    [
      '503 with seconds',
      page(503, { 'retry-after': '120' }),
      { ...down, status: 503, retryAfterMs: 120_000 },
      { bodySent: true },
    ],
    [
      '308',
      page(308, { location: 'https://elsewhere.test/' }),
      { ...fine, code: 'redirected', status: 308 },
      { bodySent: true },
    ],
  ])('%s', async (_, respond, expected, forUpload) => {
    const service = await startService(respond)
    const base = { retryAfterMs: null, bodySent: false, ...expected }
    const { client: first } = clientOf(service.origin)
    expect(outcomeOf(await failureOf(first.profile()))).toEqual(base)
    const { client: second } = clientOf(service.origin)
    expect(outcomeOf(await failureOf(second.uploadActivity(ride)))).toEqual({ ...base, ...forUpload })
  })

  test.each<[string, Responder, number | null]>([
    ['a page with 200', page(200), 200],
    ['cut JSON', bytes('[{"id":'), 200],
    ['another form of JSON', bytes('"yes"'), 200],
    ['an empty body', bytes(''), 200],
    ['garbled gzip', bytes('not gzip at all', { 'content-encoding': 'gzip' }), 200],
    ['cut gzip', bytes(packed.subarray(0, -9), { 'content-encoding': 'gzip' }), 200],
    ['an unknown encoding', bytes(packed, { 'content-encoding': 'zstd' }), 200],
    ['a body that is cut off', cutOff, 200],
    ['a body that stops', startsThenStops, 200],
    ['a body that drips for ever', drips, 200],
  ])('%s is no answer', async (_, respond, status) => {
    const service = await startService(respond)
    const { client } = clientOf(service.origin, shortTimeouts)
    const range = { athleteId: 'i1', oldest: '2026-01-01', newest: '2026-01-02' }
    expect(outcomeOf(await failureOf(client.listActivities(range)))).toEqual({ ...down, status })
    expect(outcomeOf(await failureOf(client.uploadActivity(ride)))).toEqual({
      ...fine,
      code: 'outcome-unknown',
      bodySent: true,
      status,
    })
  })

  test.each<[string, Responder]>([
    ['a lost connection', lose],
    ['silence', saysNothing],
  ])('%s leaves an upload’s outcome open', async (_, respond) => {
    const service = await startService(respond)
    const { client } = clientOf(service.origin, shortTimeouts)
    expect(outcomeOf(await failureOf(client.profile()))).toEqual({
      ...fine,
      code: 'offline',
      recovery: 'wait-for-network',
    })
    expect(outcomeOf(await failureOf(client.uploadActivity(ride)))).toEqual({
      ...fine,
      code: 'outcome-unknown',
      bodySent: true,
    })
  })

  test('something that is not HTTP is an outage', async () => {
    const origin = await startSockets(socket =>
      socket.once('data', () => socket.end('220 mail.test ESMTP\r\n')),
    )
    const { client } = clientOf(origin)
    expect(outcomeOf(await failureOf(client.profile()))).toEqual(down)
    expect(outcomeOf(await failureOf(client.uploadActivity(ride)))).toMatchObject({ code: 'outcome-unknown' })
  })

  test.each([
    ['a refused connection', 'http://127.0.0.1:1'],
    ['a host that does not speak TLS', 'tls'],
  ])('%s is being offline', async (_, origin) => {
    const plain = await startService(json(200, {}))
    const { client } = clientOf(origin === 'tls' ? plain.origin.replace('http:', 'https:') : origin)
    const offline = { ...fine, code: 'offline', recovery: 'wait-for-network' }
    expect(outcomeOf(await failureOf(client.profile()))).toEqual(offline)
    expect(outcomeOf(await failureOf(client.uploadActivity(ride)))).toEqual(offline)
  })

  test('a reply that is packed is unpacked', async () => {
    const service = await startService(bytes(packed, { 'content-encoding': 'gzip' }))
    const { client } = clientOf(service.origin)
    const range = { athleteId: 'i1', oldest: '2026-01-01', newest: '2026-01-02' }
    expect(await client.listActivities(range)).toMatchObject([{ id: 'i1' }])
  })

  test('a reply to an upload over its cap is not read', async () => {
    const service = await startService(
      bytes(gzipSync(Buffer.alloc(1_100_000, ' ')), { 'content-encoding': 'gzip' }),
    )
    expect(outcomeOf(await failureOf(clientOf(service.origin).client.uploadActivity(ride)))).toMatchObject({
      code: 'outcome-unknown',
    })
  })

  test('after 429 with a wait nothing goes out until it is over', async () => {
    const service = await startService(json(429, {}, { 'retry-after': '60' }))
    const { client } = clientOf(service.origin)
    await failureOf(client.profile())
    const second = await failureOf(client.profile())
    expect(outcomeOf(second)).toMatchObject({ code: 'rate-limited', status: null })
    expect(service.seen).toHaveLength(1)
  })
})

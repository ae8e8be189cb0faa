import { spawnSync } from 'node:child_process'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  canaryKey,
  clientOf,
  failureOf,
  json,
  outcomeOf,
  rideOf,
  startService,
  startSockets,
} from './loopback.ts'

const ride = rideOf(new Uint8Array(100))
const encodedKey = Buffer.from(`API_KEY:${canaryKey}`).toString('base64')

describe('the credential', () => {
  test('goes to no other host when the service redirects', async () => {
    const other = await startService(json(200, { athlete: { id: 'i1' } }))
    const service = await startService((_request, response) => {
      response.writeHead(302, { location: `${other.origin}/api/v1/athlete/0/profile` }).end()
    })
    const { client } = clientOf(service.origin)
    expect(outcomeOf(await failureOf(client.profile()))).toMatchObject({ code: 'redirected', status: 302 })
    expect(outcomeOf(await failureOf(client.uploadActivity(ride)))).toMatchObject({ code: 'redirected' })
    expect(other.seen).toEqual([])
  })

  test('is in no error and no log, even when the service repeats it', async () => {
    const echo = json(422, { status: 422, error: `bad key ${canaryKey} (Basic ${encodedKey})` })
    const echoOk = json(200, canaryKey)
    const service = await startService((request, response) =>
      (request.method === 'POST' ? echoOk : echo)(request, response),
    )
    const garbage = await startSockets(socket => socket.once('data', chunk => socket.end(chunk)))
    const failures: unknown[] = []
    const logs: string[] = []
    for (const origin of [service.origin, garbage, 'http://127.0.0.1:1']) {
      const { client, logged } = clientOf(origin)
      failures.push(await failureOf(client.profile()), await failureOf(client.uploadActivity(ride)))
      logs.push(...logged)
    }
    const everything = inspect([failures, logs], { depth: 12, showHidden: true, maxStringLength: null })
    expect(everything).toContain('bad key (removed) (Basic (removed))')
    expect(logs).not.toEqual([])
    expect(everything).not.toContain(canaryKey)
    expect(everything).not.toContain(encodedKey)
  })

  test('that is absent ends every call before a request', async () => {
    const service = await startService(json(200, {}))
    const { client, spent } = clientOf(service.origin, { credential: () => Promise.resolve(null) })
    for (const call of [client.profile(), client.uploadActivity(ride), client.connections('i1')]) {
      expect(outcomeOf(await failureOf(call))).toMatchObject({ code: 'signed-out', recovery: 'sign-in' })
    }
    expect({ seen: service.seen, spent }).toEqual({ seen: [], spent: [] })
  })

  test('of the bearer kind goes out as it is', async () => {
    const service = await startService(json(200, { athlete: { id: 'i1' } }))
    const { client } = clientOf(service.origin, {
      credential: () => Promise.resolve({ kind: 'bearer', token: 'abc' }),
    })
    await client.profile()
    expect(service.seen[0]?.headers.authorization).toBe('Bearer abc')
  })
})

describe('the client', () => {
  test('refuses plain http to another computer', () => {
    expect(() => clientOf('http://intervals.icu')).toThrow('must begin with https://')
  })

  test.each(['../i2', '', 'i1/activities', 'i1?x=1', '..'])('takes %j for no athlete id', async id => {
    const service = await startService(json(200, {}))
    const { client } = clientOf(service.origin)
    expect(outcomeOf(await failureOf(client.connections(id)))).toMatchObject({ code: 'bad-usage' })
    expect(service.seen).toEqual([])
  })

  test('keeps at most four connections', async () => {
    let open = 0
    let most = 0
    const waiting: (() => void)[] = []
    const service = await startService((request, response) => {
      open += 1
      most = Math.max(most, open)
      waiting.push(() => {
        open -= 1
        json(200, { athlete: { id: 'i1' } })(request, response)
      })
      if (waiting.length >= 4) setTimeout(() => waiting.splice(0).forEach(answer => answer()), 20)
    })
    const { client } = clientOf(service.origin)
    await Promise.all(Array.from({ length: 8 }, () => client.profile()))
    expect(most).toBe(4)
  })

  test('ends what runs when it is closed', async () => {
    const service = await startService(() => void client.close())
    const { client } = clientOf(service.origin)
    expect(outcomeOf(await failureOf(client.profile()))).toMatchObject({ code: 'offline' })
  })

  test('stops reading a reply when it is aborted', async () => {
    const stop = new AbortController()
    const service = await startService((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{')
      setTimeout(() => stop.abort(new Error('stop now')), 20)
    })
    expect(await failureOf(clientOf(service.origin).client.profile(stop.signal))).toEqual(
      new Error('stop now'),
    )
  })
})

const openssl = spawnSync(
  'openssl',
  'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -keyout - -out -'.split(
    ' ',
  ),
  { encoding: 'utf8' },
)
if (openssl.status !== 0) console.log('SKIPPED: there is no openssl to make a certificate with')

describe.skipIf(openssl.status !== 0)('a certificate that nobody vouches for', () => {
  test('ends the connection before anything is said, whatever the environment asks for', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    let requests = 0
    const server = createServer({ key: openssl.stdout, cert: openssl.stdout }, (_request, response) => {
      requests += 1
      response.end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      vi.unstubAllEnvs()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    const { client } = clientOf(`https://127.0.0.1:${port}`)
    const error = await failureOf(client.uploadActivity(ride))
    expect(outcomeOf(error)).toMatchObject({ code: 'offline', bodySent: false })
    expect(String(error)).toContain('DEPTH_ZERO_SELF_SIGNED_CERT')
    expect(requests).toBe(0)
  })
})

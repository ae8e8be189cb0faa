import { networkInterfaces } from 'node:os'
import { createConnection } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { serveLoopback } from '../../../electron/adapters/loopback-server.ts'
import { closeServed, pageSends, sendRaw, served, token, without, type AskOptions } from './served.ts'

afterEach(closeServed)

const post = (port: number, headers: AskOptions['headers'] = {}, body = '[]'): AskOptions => ({
  method: 'POST',
  headers: { ...pageSends(port), ...headers },
  body,
})

test('our own page is answered, under both names of this computer', async () => {
  const { port, ask, asked } = await served()
  const reply = await ask('/api/request/syncNow', post(port))
  expect(reply).toMatchObject({ status: 200, body: '{"kind":"ok","value":"syncNow"}' })
  const host = `localhost:${port}`
  const other = await ask('/api/request/pause', post(port, { host, origin: `http://${host}` }, '["hour"]'))
  expect(other.status).toBe(200)
  // A client that is no browser tells neither origin nor site.
  const { authorization, 'content-type': type } = pageSends(port)
  const plain = await ask('/api/request/resume', {
    method: 'POST',
    headers: { authorization, 'content-type': `${String(type)}; charset=utf-8` },
    body: '[]',
  })
  expect(plain.status).toBe(200)
  expect(asked).toEqual([
    ['syncNow', []],
    ['pause', ['hour']],
    ['resume', []],
  ])
})

test.each([
  ['a name of its own, which it points here', 'evil.example'],
  ['its own name with our port', 'evil.example:PORT'],
  ['a name that begins like ours', 'localhost.evil.example:PORT'],
  ['a name that ends like ours', 'evil.localhost:PORT'],
  ['all addresses', '0.0.0.0:PORT'],
  ['another of this computer', '127.0.0.2:PORT'],
  ['a number', '2130706433:PORT'],
  ['no port', '127.0.0.1'],
  ['another port', '127.0.0.1:1'],
  ['a user', 'user@127.0.0.1:PORT'],
  ['two', '127.0.0.1:PORT, evil.example'],
  ['our name with a dot at its end', 'localhost.:PORT'],
  ['our number with a dot at its end', '127.0.0.1.:PORT'],
  ['our name in capitals', 'LOCALHOST:PORT'],
  ['a short number', '127.1:PORT'],
  ['an octal number', '0177.0.0.1:PORT'],
  ['a hexadecimal number', '0x7f000001:PORT'],
  ['the newer number', '[::1]:PORT'],
  ['the newer number in full', '[0:0:0:0:0:0:0:1]:PORT'],
  ['ours written as a newer one', '[::ffff:127.0.0.1]:PORT'],
  ['a port with zeros', '127.0.0.1:0PORT'],
  ['a scheme', 'http://127.0.0.1:PORT'],
  ['a path', '127.0.0.1:PORT/'],
  ['a name made of numbers', '127.0.0.1.nip.example:PORT'],
  ['nothing', ''],
])('a page that knows this computer by %s gets nothing, also with the token', async (_what, name) => {
  const { port, ask, asked } = await served()
  const host = name.replace('PORT', String(port))
  for (const path of ['/', '/assets/app-D_4x-1.js', '/api/events', '/api/request/syncNow']) {
    const method = path.includes('request') ? 'POST' : 'GET'
    const reply = await ask(path, { method, headers: { ...pageSends(port), host, origin: `http://${host}` } })
    expect(reply.status).toBe(403)
    expect(reply.body).not.toContain('Musette')
  }
  expect(asked).toEqual([])
})

test('a request without a host is not answered', async () => {
  const { port } = await served()
  const old = await sendRaw(port, 'GET / HTTP/1.0\r\n\r\n')
  expect(old).toMatch(/^HTTP\/1\.1 403 /)
  const now = await sendRaw(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')
  expect(now).toMatch(/^HTTP\/1\.1 400 /)
})

test.each<[string, AskOptions['headers']]>([
  ['another origin', { origin: 'https://evil.example' }],
  ['an origin without a name', { origin: 'null' }],
  ['our port on another scheme', { origin: 'https://127.0.0.1:PORT' }],
  ['another port of this computer', { origin: 'http://127.0.0.1:1' }],
  ['our other name', { origin: 'http://localhost:PORT' }],
  ['a foreign site', { 'sec-fetch-site': 'cross-site' }],
  ['a neighbour on this computer', { 'sec-fetch-site': 'same-site' }],
])('a post from %s is refused, also with the token', async (_what, headers = {}) => {
  const { port, ask, asked } = await served()
  const filled = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value).replace('PORT', String(port))]),
  )
  expect((await ask('/api/request/syncNow', post(port, filled))).status).toBe(403)
  expect((await ask('/api/events', { headers: { ...pageSends(port), ...filled } })).status).toBe(403)
  expect(asked).toEqual([])
})

test.each([
  ['plain text', 'text/plain'],
  ['a form', 'application/x-www-form-urlencoded'],
  ['parts', 'multipart/form-data; boundary=x'],
  ['nothing', ''],
  ['text that names JSON', 'text/plain; x=application/json'],
])('a body called %s is refused: a browser posts it from anywhere unasked', async (_what, type) => {
  const { port, ask, asked } = await served()
  expect((await ask('/api/request/syncNow', post(port, { 'content-type': type }))).status).toBe(415)
  expect(asked).toEqual([])
})

test.each([
  ['none', undefined],
  ['an empty one', ''],
  ['only the scheme', 'Bearer '],
  ['a part', `Bearer ${token.slice(0, -1)}`],
  ['a longer one', `Bearer ${token}x`],
  ['another of the same length', `Bearer ${token.replace(/.$/, 'X')}`],
  ['another case', `Bearer ${token.toUpperCase()}`],
  ['another scheme', `Basic ${Buffer.from(`:${token}`).toString('base64')}`],
  ['two', `Bearer ${token} ${token}`],
])('without the token (%s) nothing of the data side answers, and all paths look alike', async (_, given) => {
  const { port, ask, asked } = await served()
  const others = without(pageSends(port), 'authorization')
  const headers = given === undefined ? others : { ...others, authorization: given }
  const replies = await Promise.all(
    ['/api/request/syncNow', '/api/request/nothing', '/api/events', '/api', '/api/guess'].flatMap(path =>
      ['GET', 'POST', 'PUT'].map(method => ask(path, { method, headers })),
    ),
  )
  expect(new Set(replies.map(reply => `${reply.status} ${reply.body}`))).toEqual(
    new Set(['401 The token is missing or wrong.\n']),
  )
  expect(asked).toEqual([])
})

test('the token counts nowhere but in its header', async () => {
  const { port, ask } = await served()
  const headers = without(pageSends(port), 'authorization')
  const cookie = { ...headers, cookie: `token=${token}` }
  const tries = [
    await ask(`/api/request/syncNow?token=${token}`, { method: 'POST', headers, body: '[]' }),
    await ask('/api/request/syncNow', { method: 'POST', headers: cookie, body: '[]' }),
    await ask('/api/request/syncNow', { method: 'POST', headers, body: JSON.stringify([token]) }),
  ]
  expect(tries.map(reply => reply.status)).toEqual([401, 401, 401])
})

test('it listens on 127.0.0.1 and on no other address of this computer', async () => {
  const { port } = await served()
  const others = Object.values(networkInterfaces())
    .flatMap(addresses => addresses ?? [])
    .map(({ address, scopeid }) => (scopeid ? `${address}%${scopeid}` : address))
    .filter(address => address !== '127.0.0.1')
  for (const address of [...others, '::1', '127.0.0.2']) {
    const answered = await new Promise<boolean>(resolve => {
      const socket = createConnection({ port, host: address, timeout: 2_000 })
      const end = (isOpen: boolean) => () => {
        socket.destroy()
        resolve(isOpen)
      }
      socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false))
    })
    expect([address, answered]).toEqual([address, false])
  }
})

test('a port that another program has is named', async () => {
  const { port } = await served()
  const again = serveLoopback({
    ...{ port, token, log: () => undefined },
    answer: () => Promise.resolve(null),
    page: () => Promise.resolve({ status: 404, headers: {}, body: new Uint8Array() }),
    firstEvent: () => ({ kind: 'show', page: 'today', fileId: null }),
    onEvent: () => () => undefined,
  })
  await expect(again).rejects.toThrow(AppError)
  await expect(again).rejects.toMatchObject({
    code: 'bad-usage',
    message: `Port ${port} is in use by another program: choose another, or name none for a free one.`,
  })
})

import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { until } from '../../e2e/helpers/until.ts'
import { closeServed, pageSends, sendRaw, served, token, type Served } from './served.ts'

/* What a program without the token can send that no browser would. */

const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await closeServed()
})

/** A connection that never reads, and cares about nothing. */
async function connected({ port }: Served): Promise<Socket> {
  const socket = createConnection(port, '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => undefined).pause()
  await once(socket, 'connect')
  return socket
}

const ours = ({ port }: Served): string => `Host: 127.0.0.1:${port}\r\n`
const syncNow = (world: Served): string =>
  `POST /api/request/syncNow HTTP/1.1\r\n${ours(world)}Authorization: Bearer ${token}\r\nContent-Type: application/json\r\n`

/** The status of each answer that came. */
const statuses = (text: string): readonly string[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(match => match[1] ?? '')

async function answers(world: Served): Promise<boolean> {
  const reply = await world.ask('/').catch(() => null)
  return reply?.status === 200
}

test.each([
  ['ours first', (us: string) => `${us}Host: evil.example\r\n`],
  ['ours last', (us: string) => `Host: evil.example\r\n${us}`],
  ['ours twice', (us: string) => us + us],
  ['ours on a second line', (us: string) => `Host: evil.example\r\n ${us}`],
  ['a blank before the colon', (us: string) => us.replace(':', ' :')],
])('two hosts, %s, are none', async (_what, hosts) => {
  const world = await served()
  const head = `GET / HTTP/1.1\r\n${hosts(ours(world))}Connection: close\r\n\r\n`
  expect(await sendRaw(world.port, head)).toMatch(/^HTTP\/1\.1 40[03] /)
  expect(world.pagesRead).toBe(0)
})

test.each(['http://127.0.0.1:PORT/', 'http://evil.example/', '//evil.example/', '127.0.0.1:PORT', '/\\evil'])(
  'a target written as %s is not the page',
  async target => {
    const world = await served()
    const line = `GET ${target.replace('PORT', String(world.port))} HTTP/1.1\r\n`
    const reply = await sendRaw(world.port, `${line}${ours(world)}Connection: close\r\n\r\n`)
    expect(reply).toMatch(/^HTTP\/1\.1 40[04] /)
    expect(reply).not.toContain('<title>')
  },
)

test.each([
  ['two lengths', 'Content-Length: 2\r\nContent-Length: 60\r\n'],
  ['a length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n'],
  ['chunks under another name', 'Transfer-Encoding: xchunked\r\n'],
  ['chunks that are not last', 'Transfer-Encoding: chunked, identity\r\n'],
  ['chunks hidden by a blank', 'Transfer-Encoding : chunked\r\n'],
  ['a length with a sign', 'Content-Length: +2\r\n'],
  ['a length that is no number', 'Content-Length: 0x2\r\n'],
])('%s smuggle no second request in', async (_what, lengths) => {
  const world = await served()
  const hidden = `${syncNow(world)}Content-Length: 2\r\n\r\n[]`
  const got = await sendRaw(world.port, `${syncNow(world)}${lengths}\r\n0\r\n\r\n${hidden}`)
  expect(statuses(got)).toEqual(['400'])
  expect(world.asked).toEqual([])
})

test('a chunk of a length that overflows is refused', async () => {
  const world = await served()
  const head = `${syncNow(world)}Transfer-Encoding: chunked\r\n\r\n`
  const got = await sendRaw(world.port, `${head}ffffffffffffffff0\r\n[]\r\n0\r\n\r\n`)
  expect(statuses(got)).toEqual(['400'])
  expect(world.asked).toEqual([])
})

test('a request to become something else is answered as any other', async () => {
  const world = await served()
  const upgrade =
    'Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n'
  const reply = await sendRaw(world.port, `GET /api/events HTTP/1.1\r\n${ours(world)}${upgrade}\r\n`)
  expect(reply).toMatch(/^HTTP\/1\.1 401 /)
  expect(await sendRaw(world.port, `CONNECT evil.example:443 HTTP/1.1\r\n${ours(world)}\r\n`)).toBe('')
  expect(world.listeners).toBe(1)
})

test('who is refused is hung up on, whatever they still meant to send', async () => {
  const world = await served()
  const body = 'Content-Length: 900000000\r\n\r\n'
  // Each ends by the server's doing, although the body never comes.
  const replies = await Promise.all([
    sendRaw(world.port, `POST /api/request/syncNow HTTP/1.1\r\n${ours(world)}${body}`),
    sendRaw(world.port, `POST /api/request/syncNow HTTP/1.1\r\nHost: evil.example\r\n${body}`),
    sendRaw(world.port, `${syncNow(world)}${body}`),
  ])
  expect(replies.flatMap(statuses)).toEqual(['401', '403', '413'])
  // At once, not when a connection that is not used any more is tidied up.
  expect(replies.filter(reply => !/^connection: close\r$/im.test(reply))).toEqual([])
})

test('requests piled up on one connection are not all answered into memory', async () => {
  const world = await served()
  writeFileSync(join(world.folder, 'large.js'), Buffer.alloc(200_000, 'x'))
  const one = `GET /large.js HTTP/1.1\r\n${ours(world)}\r\n`
  const greedy = await Promise.all(Array.from({ length: 5 }, () => connected(world)))
  for (const socket of greedy) socket.resume().write(one.repeat(200))
  await Promise.all(greedy.map(socket => once(socket, 'close')))
  expect(world.pagesRead).toBeLessThanOrEqual(5)
  // One after the other is what browsers do.
  const patient = await connected(world)
  let got = ''
  patient.on('data', chunk => (got += String(chunk))).resume()
  for (let place = 1; place <= 3; place += 1) {
    patient.write(`GET / HTTP/1.1\r\n${ours(world)}\r\n`)
    await until(() => statuses(got).length === place && got.endsWith('</title>'), 'an answer', 20_000, 5)
  }
  expect(statuses(got)).toEqual(['200', '200', '200'])
})

test('who asks for much and reads nothing loses the connection', async () => {
  const world = await served({ stalledMs: 200, connections: 1 })
  writeFileSync(join(world.folder, 'large.js'), Buffer.alloc(30_000_000, 'x'))
  const idle = await connected(world)
  idle.write(`GET /large.js HTTP/1.1\r\n${ours(world)}\r\n`)
  await until(() => world.pagesRead === 1, 'the question')
  // There is room for one only.
  await until(() => answers(world), 'the page')
})

test('an answer to our own page may take longer than a stranger has', async () => {
  const world = await served({ stalledMs: 50, answerAfterMs: 400 })
  const reply = await world.ask('/api/request/syncNow', {
    method: 'POST',
    headers: pageSends(world.port),
    body: '[]',
  })
  expect(reply.status).toBe(200)
})

test('a crowd of silent, slow and endless connections goes by itself, and the page answers again', async () => {
  const world = await served({ headersMs: 300, requestMs: 400, stalledMs: 500 })
  const crowd = await Promise.all(Array.from({ length: 200 }, () => connected(world)))
  const beginnings = [
    '',
    'GET / HT',
    `GET / HTTP/1.1\r\n${ours(world)}X: `,
    `POST /api/x HTTP/1.1\r\n${ours(world)}Content-Length: 9\r\n`,
  ]
  crowd.forEach((socket, place) => socket.write(beginnings[place % beginnings.length] ?? ''))
  // Meanwhile there may be no room for anybody.
  await until(() => answers(world), 'the page')
  expect(world.asked).toEqual([])
})

test('headers without end, many of them and huge ones, are refused', async () => {
  const world = await served()
  const many = Array.from({ length: 5_000 }, (_, place) => `X-${place}: y\r\n`).join('')
  for (const extra of [`X: ${'y'.repeat(1_000_000)}\r\n`, many, `Cookie: ${'a=b; '.repeat(20_000)}\r\n`]) {
    expect(
      statuses(await sendRaw(world.port, `GET / HTTP/1.1\r\n${ours(world)}${extra}\r\n`).catch(() => '')),
    ).not.toContain('200')
  }
  const long = await sendRaw(world.port, `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n${ours(world)}\r\n`).catch(
    () => '',
  )
  expect(statuses(long)).not.toContain('200')
  expect((await world.ask('/')).status).toBe(200)
})

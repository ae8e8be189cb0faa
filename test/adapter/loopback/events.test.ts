import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { WindowEvent } from '../../../shared/ipc-contract.ts'
import { until } from '../../e2e/helpers/until.ts'
import { snapshotOf } from '../../helpers/window/snapshots.ts'
import { closeServed, pageSends, send, served, type Served } from './served.ts'

afterEach(closeServed)

const snapshot = (revision: number, home = ''): WindowEvent => ({
  kind: 'snapshot',
  snapshot: snapshotOf({ revision, home }),
})

async function listen({ port }: Served): Promise<{ stream: IncomingMessage; got: () => string }> {
  const stream = await send(port, '/api/events', { headers: pageSends(port) })
  expect(stream.statusCode).toBe(200)
  expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8')
  let text = ''
  stream.setEncoding('utf8').on('data', chunk => (text += String(chunk)))
  // Cut off by the server's end.
  stream.on('error', () => undefined)
  return { stream, got: () => text }
}

/** The events in what has come; the end of the text may be a part of one. */
function eventsIn(text: string): readonly WindowEvent[] {
  return text
    .split('\n\n')
    .slice(0, -1)
    .filter(part => part.startsWith('data: '))
    .map(part => JSON.parse(part.slice('data: '.length)) as WindowEvent) // what the test itself has told
}

const revisions = (text: string): readonly (number | string)[] =>
  eventsIn(text).map(event => (event.kind === 'snapshot' ? event.snapshot.revision : event.page))

test('a listener gets the newest snapshot at once, and then every event', async () => {
  const world = await served()
  const { got } = await listen(world)
  world.tell(snapshot(2))
  world.tell({ kind: 'show', page: 'activities', fileId: 7 })
  await until(() => revisions(got()).length === 3, 'three events')
  expect(eventsIn(got())).toEqual([
    snapshot(1, '/home/rider/.config/Musette'),
    snapshot(2),
    { kind: 'show', page: 'activities', fileId: 7 },
  ])
})

test('a quiet stream says now and then that it is alive', async () => {
  const world = await served({ heartbeatMs: 20 })
  const { got } = await listen(world)
  await until(() => got().split(': still here\n\n').length > 3, 'heartbeats')
})

test('a slow reader gets only the newest, and holds up nobody else', async () => {
  const world = await served()
  const slow = await listen(world)
  const quick = await listen(world)
  await until(() => revisions(slow.got()).length === 1, 'the first snapshot')
  slow.stream.pause()
  const large = 'x'.repeat(60_000)
  const last = 1000
  for (let revision = 2; revision <= last; revision += 1) {
    world.tell(snapshot(revision, large))
    if (revision % 50 === 0) await until(() => revisions(quick.got()).at(-1) === revision, 'the quick one')
  }
  world.tell({ kind: 'show', page: 'help', fileId: null })
  slow.stream.resume()
  await until(() => revisions(slow.got()).includes('help'), 'what was kept for the slow one')
  const seen = revisions(slow.got())
  expect(seen).toContain(last)
  // What lay in the sockets' own buffers, far less than everything.
  expect(seen.length).toBeLessThan(last / 2)
  const numbers = seen.filter(one => typeof one === 'number')
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
})

test('a reader that takes nothing for long is let go', async () => {
  const world = await served({ heartbeatMs: 20, stalledMs: 100, streams: 1 })
  const { stream } = await listen(world)
  stream.pause()
  // Until the sockets' own buffers are full.
  for (let revision = 2; revision < 400; revision += 1) {
    world.tell(snapshot(revision, 'x'.repeat(60_000)))
    await setImmediate()
  }
  await until(async () => {
    const again = await send(world.port, '/api/events', { headers: pageSends(world.port) })
    again.destroy()
    return again.statusCode === 200
  }, 'its place')
})

test('at most 16 streams are open, and one that ends makes room', async () => {
  const world = await served()
  const streams = await Promise.all(Array.from({ length: 16 }, () => listen(world)))
  const refused = await world.ask('/api/events', { headers: pageSends(world.port) })
  expect(refused).toMatchObject({ status: 503, body: 'Too many windows are open.\n' })
  // Requests are still answered.
  expect((await world.ask('/api/request/syncNow', post(world))).status).toBe(200)
  streams[0]?.stream.destroy()
  await until(async () => {
    const again = await send(world.port, '/api/events', { headers: pageSends(world.port) })
    again.destroy()
    return again.statusCode === 200
  }, 'room for another')
})

test('stopping ends every stream and listens to nothing any more', async () => {
  const world = await served()
  const { stream, got } = await listen(world)
  await until(() => revisions(got()).length === 1, 'the first snapshot')
  expect(world.listeners).toBe(1)
  const closed = once(stream, 'close')
  await world.server.close()
  await closed
  expect(world.listeners).toBe(0)
  await expect(send(world.port, '/')).rejects.toThrow('ECONNREFUSED')
})

function post({ port }: Served) {
  return { method: 'POST', headers: pageSends(port), body: '[]' }
}

import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import { pauseSource } from '../../../../electron/sync/folders/manage-sources.ts'
import { EngineHome, hourMs, never, nowMs } from '../../../helpers/engine-home.ts'
import { failure } from '../../../helpers/fake-service.ts'
import { fitRide, sha256Of } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const spent = (retryAfterMs: number): AppError =>
  new AppError('budget-spent', 'the day is used up', 'retry', { retryAfterMs })

test('new rides go first, oldest first; backfill follows, newest first', async () => {
  home.put('rides/old-1.fit', fitRide('2026-01-01T08:00:00Z'))
  home.put('rides/old-2.fit', fitRide('2026-03-01T08:00:00Z'))
  home.put('rides/old-3.fit', fitRide('2026-02-01T08:00:00Z'))
  await home.addSource('rides', 'all')
  home.put('rides/new-2.fit', fitRide('2026-11-20T08:00:00Z'))
  home.put('rides/new-1.fit', fitRide('2026-11-19T08:00:00Z'))
  await home.sync()
  expect(home.service.names).toEqual(['new-1.fit', 'new-2.fit', 'old-2.fit', 'old-3.fit', 'old-1.fit'])
  expect(home.service.uploads.map(upload => upload.isBackfill)).toEqual([false, false, true, true, true])
})

test('at most two requests are in flight', async () => {
  await home.addSource()
  for (let hour = 10; hour < 18; hour += 1)
    home.put(`rides/${hour}.fit`, fitRide(`2026-11-20T${hour}:00:00Z`))
  await home.sync()
  expect([home.service.names.length, home.service.mostInFlight]).toEqual([8, 2])
})

test('our own back-off doubles, holds the whole queue, and is forgotten by the next sync', async () => {
  await home.addSource()
  home.put('rides/a.fit', fitRide('2026-11-20T08:00:00Z'))
  const offline = failure(new AppError('offline', 'no route', 'wait-for-network'))
  home.service.script.push(...Array.from({ length: 6 }, () => offline))
  await home.sync()
  // The sum would pass the minute a sync may wait in place.
  expect(home.clock.waits).toEqual([1000, 2000, 4000, 8000, 16_000])
  expect(home.states()).toEqual({ 'rides/a.fit': 'retrying offline' })
  home.clock.waits.length = 0
  home.service.script.length = 0
  await home.sync()
  expect([home.states(), home.clock.waits]).toEqual([{ 'rides/a.fit': 'uploaded sent' }, []])
})

describe('when half the day is used by backfill', () => {
  test('new rides still go, and nobody waits in a circle for the rest', async () => {
    home.put('rides/old-1.fit', fitRide('2026-01-01T08:00:00Z'))
    home.put('rides/old-2.fit', fitRide('2026-02-01T08:00:00Z'))
    home.put('rides/old-3.fit', fitRide('2026-03-01T08:00:00Z'))
    await home.addSource('rides', 'all')
    const toMidnight = 14 * hourMs
    home.service.script.push(failure(spent(toMidnight)), failure(spent(toMidnight)))
    await home.sync()
    expect(home.clock.waits).toEqual([])
    expect(home.service.names).toHaveLength(2)
    expect(home.parts.queue.nextAtMs(home.parts.settings.current().sources)).toBe(nowMs + toMidnight)
    home.put('rides/new.fit', fitRide('2026-11-20T08:00:00Z'))
    home.service.uploads.length = 0
    home.service.script.push({ kind: 'answer', reply: { kind: 'created', activityIds: ['n'] } })
    home.service.script.push(failure(spent(toMidnight)), failure(spent(toMidnight)))
    await home.sync()
    expect(home.states()['rides/new.fit']).toBe('uploaded sent')
    expect(home.clock.waits).toEqual([])
  })

  test('new rides wait as well when all of it is used', async () => {
    await home.addSource()
    home.put('rides/a.fit', fitRide('2026-11-20T08:00:00Z'))
    home.service.script.push(failure(spent(14 * hourMs)))
    const report = await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'retrying budget-spent' })
    expect([report.retrying, report.errors.map(each => each.code)]).toEqual([1, ['budget-spent']])
    // Nothing failed: the first real failure is the first.
    expect(home.parts.ledger.recordings.inState('retrying').map(({ failures }) => failures)).toEqual([0])
  })
})

test('a shorter wait that the service asks for does not end a longer one', () => {
  const { queue } = home.parts
  queue.obeyUntil(nowMs + hourMs)
  queue.obeyUntil(nowMs + 5000)
  expect(queue.askedUntilMs()).toBe(nowMs + hourMs)
})

test('a ride of a paused source stays, though an active one had it before it was added', async () => {
  const paused = await home.addSource('paused')
  home.put('paused/a.fit', fitRide())
  home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
  await home.sync()
  home.service.profileError = null
  home.put('active/a.fit', fitRide())
  await home.addSource('active')
  await pauseSource(home.parts, paused.id, true)
  await home.sync()
  expect(home.service.names).toEqual([])
})

test('a ride of a paused source stays, though an active one had a copy that has gone', async () => {
  const paused = await home.addSource('paused')
  await home.addSource('active')
  home.put('paused/a.fit', fitRide())
  const copy = home.put('active/a.fit', fitRide())
  home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
  await home.sync()
  home.service.profileError = null
  rmSync(copy)
  await pauseSource(home.parts, paused.id, true)
  // Which of the two it came from is a matter of who was met first.
  home.parts.ledger.recordings.setOrigin(sha256Of(fitRide()), 'new', paused.id)
  await home.sync()
  expect(home.service.names).toEqual([])
})

test('what is on its way is not taken for lost', async () => {
  await home.addSource()
  home.put('rides/a.fit', fitRide())
  const gate = Promise.withResolvers<undefined>()
  home.service.script.push({ kind: 'hold', open: gate.promise })
  const syncing = home.sync()
  while (home.service.names.length < 1) await new Promise(resolve => setImmediate(resolve))
  home.parts.queue.recoverLost()
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploading sending' })
  gate.resolve(undefined)
  await syncing
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test('of a ride whose copy is lost nothing is sent, and nothing said to be on its way', async () => {
  await home.addSource()
  const ride = home.put('rides/a.fit', fitRide())
  home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
  await home.sync()
  home.service.profileError = null
  for (const file of [ride, ...home.archived().map(name => home.folder(`home/archive/${name}`))]) rmSync(file)
  await home.sync()
  home.service.calls.length = 0
  await home.clock.advance(hourMs)
  await home.sync()
  expect(home.service.calls).toEqual(['profile'])
  expect(home.parts.ledger.recordings.all().map(row => row.reason.code)).toEqual(['archive-trouble'])
})

test('a source that is paused while its files are looked into has the rest left', async () => {
  const source = await home.addSource()
  const { examiner } = home.parts
  let looks = 0
  const examine: typeof examiner.examine = async request => {
    looks += 1
    await pauseSource(home.parts, source.id, true)
    return examiner.examine(request)
  }
  await home.restart({ examiner: { ...examiner, width: 1, examine } })
  for (const hour of ['06', '07', '08']) home.put(`rides/${hour}.fit`, fitRide(`2026-11-20T${hour}:00:00Z`))
  await home.sync()
  expect([looks, home.service.names]).toEqual([1, []])
})

test('a paused source keeps its rides back', async () => {
  const source = await home.addSource()
  home.put('rides/a.fit', fitRide())
  home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
  await home.sync()
  home.service.profileError = null
  const paused = [{ ...source, isPaused: true }]
  await home.parts.queue.drain('i1', () => paused, never)
  expect(home.service.names).toEqual([])
  expect(home.parts.queue.nextAtMs(paused)).toBeNull()
  await home.parts.queue.drain('i1', () => [source], never)
  expect(home.service.names).toEqual(['a.fit'])
})

test('a source that is paused while its rides go up keeps the rest back', async () => {
  const source = await home.addSource()
  const gate = Promise.withResolvers<undefined>()
  const hold = { kind: 'hold', open: gate.promise } as const
  home.service.script.push(hold, hold)
  for (const hour of ['06', '07', '08']) home.put(`rides/${hour}.fit`, fitRide(`2026-11-20T${hour}:00:00Z`))
  const syncing = home.sync()
  while (home.service.names.length < 2) await new Promise(resolve => setImmediate(resolve))
  await pauseSource(home.parts, source.id, true)
  gate.resolve(undefined)
  await syncing
  expect(home.states()).toEqual({
    'rides/06.fit': 'uploaded sent',
    'rides/07.fit': 'uploaded sent',
    'rides/08.fit': 'queued new-ride',
  })
})

test('nothing is sent while the disk is nearly full', async () => {
  await home.addSource()
  home.put('rides/a.fit', fitRide())
  home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
  await home.sync()
  home.service.profileError = null
  const { keepFree } = home.parts.settings.current()
  await home.parts.settings.update(settings => ({ ...settings, keepFree: { bytes: 1e18, percent: 0 } }))
  home.put('rides/b.fit', fitRide('2026-11-21T09:00:00Z'))
  const report = await home.sync()
  expect(home.states()).toEqual({ 'rides/a.fit': 'queued disk-low', 'rides/b.fit': 'waiting disk-low' })
  expect([home.service.names, report.errors.map(each => each.code)]).toEqual([[], ['disk-full']])
  await home.parts.settings.update(settings => ({ ...settings, keepFree }))
  await home.clock.advance(60_000)
  await home.sync()
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent', 'rides/b.fit': 'uploaded sent' })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ledgerBudget } from '../../../electron/sync/ledger/request-counts.ts'
import { PassNotes, pull } from '../../../electron/sync/pass.ts'
import { RunLoop } from '../../../electron/sync/run-loop.ts'
import { AppError } from '../../../shared/app-error.ts'
import { EngineHome, hourMs, minuteMs, never, nowMs } from '../../helpers/engine-home.ts'
import { failure, lostBeforeStoring } from '../../helpers/fake-service.ts'
import { fitRide } from '../../helpers/rides.ts'
import { FaultWorld } from '../faults/world/fault-world.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const slowDown = (retryAfterMs: number): AppError =>
  new AppError('rate-limited', '429', 'retry', { retryAfterMs })
const down = (retryAfterMs?: number): AppError =>
  new AppError('service-down', '503', 'retry', retryAfterMs === undefined ? {} : { retryAfterMs })
const held = (): number | undefined => {
  const limits = { per15Min: 0, perDay: 0 }
  return ledgerBudget(home.parts.ledger.db, home.clock, limits).heldMs?.()
}

describe('a wait that the service asks for holds everything, also after a restart,', () => {
  test.each([
    ['a 429', slowDown(10 * minuteMs)],
    ['an outage', down(10 * minuteMs)],
  ])('when %s of the profile says so', async (_, error) => {
    home.service.profileError = error
    await home.sync()
    await home.restart()
    expect([held(), home.parts.queue.askedUntilMs()]).toEqual([10 * minuteMs, nowMs + 10 * minuteMs])
  })

  test('when the calendar says so', async () => {
    home.service.eventsError = slowDown(10 * minuteMs)
    await pull(home.parts, home.service.athlete, new PassNotes(), never, { withCalendar: true })
    await home.restart()
    expect(held()).toBe(10 * minuteMs)
  })

  test('when the list of activities says so', async () => {
    await home.addSource()
    home.put('rides/a.fit', fitRide())
    home.service.hold(fitRide())
    home.service.listError = slowDown(10 * minuteMs)
    await home.sync()
    expect([home.states(), held()]).toEqual([{ 'rides/a.fit': 'alreadyThere had-it-already' }, 10 * minuteMs])
  })
})

test('a refusal that names a time holds nothing: it speaks of one request', async () => {
  await home.addSource()
  home.put('rides/a.fit', fitRide())
  const refused = new AppError('refused-by-service', '413', 'give-up', { retryAfterMs: 10 * minuteMs })
  home.service.script.push(failure(refused))
  await home.sync()
  expect([home.states(), held()]).toEqual([{ 'rides/a.fit': 'rejected refused' }, 0])
})

test('a Retry-After shorter than our own back-off is kept as it was said, and the rest is forgotten by a sync', async () => {
  await home.addSource()
  home.put('rides/a.fit', fitRide())
  for (let tried = 0; tried < 6; tried += 1) home.service.script.push(failure(slowDown(0)))
  await home.sync()
  const { queue } = home.parts
  expect([held(), queue.pausedUntilMs()]).toEqual([0, home.clock.now() + 32_000])
  home.clock.waits.length = 0
  await home.sync()
  expect([home.states(), home.clock.waits]).toEqual([{ 'rides/a.fit': 'uploaded sent' }, []])
})

test('a profile that may be asked again at once is asked at growing distances', async () => {
  home.service.profileError = slowDown(0)
  await home.sync()
  expect(home.clock.waits).toEqual([1000, 2000])
})

test('who asks again of itself asks once at a time', async () => {
  home.service.profileError = down()
  await home.addSource()
  home.put('rides/a.fit', fitRide())
  const stop = new AbortController()
  const running = new RunLoop(home.parts).run(stop.signal)
  await home.clock.advance(hourMs)
  const before = home.service.calls.length
  await home.clock.advance(hourMs)
  stop.abort()
  await running
  // Two loops, each every five minutes.
  expect(home.service.calls.length - before).toBe(24)
})

test('a sync makes due what was lost again and again, but for the 5 s that the list may lag', async () => {
  home.put('rides/old.fit', fitRide('2026-03-01T08:00:00Z'))
  await home.addSource('rides', 'all')
  home.put('rides/new.fit', fitRide('2026-11-20T08:00:00Z'))
  // The new ride is tried more often than the old one, so its own back-off is the longer.
  for (let tried = 0; tried < 13; tried += 1) home.service.script.push(lostBeforeStoring())
  await home.sync()
  const lost = ['rides/new.fit', 'rides/old.fit'].map(name => home.states()[name])
  expect(lost).toEqual(['retrying outcome-unknown', 'retrying outcome-unknown'])
  home.service.script.length = 0
  home.service.uploads.length = 0
  home.clock.waits.length = 0
  await home.clock.advance(5000)
  await home.sync()
  expect([home.service.names, home.clock.waits]).toEqual([['new.fit', 'old.fit'], []])
})

describe('while a wait lasts, over the wire,', () => {
  const asks = (status: number, retryAfter?: string) => ({
    ...({ kind: 'status', status, body: { status, error: `said ${status}` } } as const),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  })
  const profile = { method: 'GET', path: '/profile' }
  const post = { method: 'POST' }
  let world: FaultWorld
  /** The service has asked for ten minutes in answer to a ride. */
  beforeEach(async () => {
    world = await FaultWorld.open({ withTrainer: true })
    world.service.state.faults.add({ match: post, times: 2, action: asks(429, '600') })
    await world.sync()
  })
  afterEach(() => world.close())
  /** What was asked since the last look. */
  const asked = (): readonly string[] => world.wire.sent.splice(0).map(({ what }) => what)
  const codes = (report: Awaited<ReturnType<typeof world.sync>>) => report.errors.map(error => error.code)
  const leftMs = (): number => world.home.parts.queue.askedUntilMs() - world.home.clock.now()

  test('each sync asks whose key it is, and nothing else, also after a restart', async () => {
    expect([asked(), leftMs()]).toEqual([['profile', 'upload', 'upload'], 10 * minuteMs])
    expect([codes(await world.sync()), asked()]).toEqual([['rate-limited'], ['profile']])
    await world.restart()
    expect([codes(await world.sync()), asked()]).toEqual([['rate-limited'], ['profile']])
    await world.home.clock.advance(10 * minuteMs)
    const report = await world.sync()
    expect([report.uploaded, report.workoutsWritten, codes(report)]).toEqual([4, 7, []])
  })

  test.each([
    ['a key that is refused', asks(401), 'signed-out', 10 * minuteMs],
    ['an outage', asks(500), 'service-down', 10 * minuteMs],
    ['a longer wait', asks(429, '900'), 'rate-limited', 15 * minuteMs],
    ['a shorter wait, which ends no sooner', asks(429, '5'), 'rate-limited', 10 * minuteMs],
  ])('that one request tells of %s', async (_, action, code, stillMs) => {
    asked()
    world.service.state.faults.add({ match: profile, times: -1, action })
    expect([codes(await world.sync()), asked(), leftMs()]).toEqual([[code], ['profile'], stillMs])
  })

  test('who asks of itself is silent, however often it begins anew', async () => {
    asked()
    for (let minute = 0; minute < 9; minute += 1) {
      const stop = new AbortController()
      const running = new RunLoop(world.home.parts).run(stop.signal)
      await world.home.clock.advance(minuteMs)
      stop.abort()
      await world.home.clock.during(running)
      await world.restart()
    }
    expect(asked()).toEqual([])
  })

  test('a sync waits in place for the end of a short one, and then looks at the calendar too', async () => {
    await world.home.clock.advance(10 * minuteMs - 20_000)
    const report = await world.sync()
    expect([report.uploaded, report.workoutsWritten, codes(report)]).toEqual([4, 7, []])
  })

  test('a calendar that stays out of reach is told, whatever goes up meanwhile', async () => {
    await world.home.clock.advance(10 * minuteMs - 20_000)
    world.service.state.faults.add({ match: { path: '/events' }, times: -1, action: asks(500) })
    const report = await world.sync()
    expect([report.uploaded, report.workoutsWritten, codes(report)]).toEqual([4, 0, ['service-down']])
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ledgerBudget } from '../../../electron/sync/ledger/request-counts.ts'
import { PassNotes, pull } from '../../../electron/sync/pass.ts'
import { RunLoop } from '../../../electron/sync/run-loop.ts'
import { AppError } from '../../../shared/app-error.ts'
import { EngineHome, hourMs, minuteMs, never, nowMs } from '../../helpers/engine-home.ts'
import { failure, lostBeforeStoring } from '../../helpers/fake-service.ts'
import { fitRide } from '../../helpers/rides.ts'

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

import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import { RunLoop } from '../../../../electron/sync/run-loop.ts'
import { externalId } from '../../../../electron/sync/activities/look-up.ts'
import { EngineHome, hourMs } from '../../../helpers/engine-home.ts'
import { failure } from '../../../helpers/fake-service.ts'
import { fitRide, sha256Of } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
  await home.addSource()
})
afterEach(() => home.close())

const starts = ['06', '07', '08'].map(hour => `2026-11-21T${hour}:00:00Z`)

/** Three rides that meet the same error whenever they are sent. */
function putPoisoned(error: AppError): void {
  for (const start of starts) {
    const ride = fitRide(start)
    home.put(`rides/${start.slice(11, 13)}.fit`, ride)
    home.service.poisoned.set(externalId(sha256Of(ride)), error)
  }
}

test('a Retry-After of nothing, again and again, is met by our own growing waits', async () => {
  const ride = fitRide()
  home.put('rides/a.fit', ride)
  const atOnce = new AppError('rate-limited', '429', 'retry', { retryAfterMs: 0 })
  home.service.poisoned.set(externalId(sha256Of(ride)), atOnce)
  await home.sync()
  // At 0, 1, 3, 7, 15 and 31 s; the next would be after the 60 s that a sync may wait.
  expect([home.service.names.length, home.clock.waits]).toEqual([6, [1000, 2000, 4000, 8000, 16_000]])
})

test('replies that are lost again and again make the waits grow and hold the queue', async () => {
  putPoisoned(new AppError('outcome-unknown', 'the reply was lost', 'retry'))
  const stop = new AbortController()
  const running = new RunLoop(home.parts).run(stop.signal)
  await home.clock.advance(hourMs)
  const posts = home.service.names.length
  await home.clock.advance(hourMs)
  const later = home.service.names.length - posts
  stop.abort()
  await running
  // Each ride doubles its own wait up to five minutes: about 9 tries until then, and 12 an hour afterwards.
  expect(posts).toBeGreaterThan(3)
  expect(posts).toBeLessThanOrEqual(60)
  expect(later).toBeLessThanOrEqual(3 * 12)
})

test('a budget of our own that is spent holds no later sync back once it is larger', async () => {
  home.put('rides/a.fit', fitRide())
  const spent = new AppError('budget-spent', 'the budget of the day is spent', 'retry', {
    retryAfterMs: 10 * hourMs,
  })
  home.service.script.push(failure(spent))
  await home.sync()
  expect([home.states(), home.parts.ledger.meta.read('paused-until')]).toEqual([
    { 'rides/a.fit': 'retrying budget-spent' },
    null,
  ])
  home.clock.waits.length = 0
  await home.sync()
  expect([home.states(), home.clock.waits]).toEqual([{ 'rides/a.fit': 'uploaded sent' }, []])
})

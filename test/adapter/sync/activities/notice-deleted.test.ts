import { afterEach, beforeEach, expect, test } from 'vitest'
import { EngineHome, minuteMs } from '../../../helpers/engine-home.ts'
import { fitRide } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
  await home.addSource()
})
afterEach(() => home.close())

/** What the service was asked by a sync after its list has caught up. */
async function syncLater(): Promise<readonly string[]> {
  await home.clock.advance(11 * minuteMs)
  home.service.calls.length = 0
  await home.sync()
  return home.service.calls
}

test('a ride that is gone from the list was deleted, until it is there again', async () => {
  home.put('rides/a.fit', fitRide())
  await home.sync()
  const there = home.service.activities.splice(0)
  expect(await syncLater()).toEqual(['profile', 'list'])
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded deleted-on-service' })
  home.service.activities.push(...there)
  await syncLater()
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
  expect(home.service.names).toEqual(['a.fit'])
})

test('a ride that starts in the future is not called deleted', async () => {
  home.put('rides/a.fit', fitRide('2027-03-01T08:00:00Z'))
  await home.sync()
  home.service.activities.length = 0
  await syncLater()
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test.each([0, 9])('a ride sent %i min ago is not called deleted by a list that lags', async minutes => {
  home.put('rides/a.fit', fitRide())
  await home.sync()
  home.service.activities.length = 0
  await home.clock.advance(minutes * minuteMs)
  await home.sync()
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test('nothing is asked when nothing was sent', async () => {
  expect(await syncLater()).toEqual(['profile'])
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { RunLoop } from '../../../../electron/sync/run-loop.ts'
import { externalId } from '../../../../electron/sync/activities/look-up.ts'
import { AppError } from '../../../../shared/app-error.ts'
import { EngineHome, hourMs } from '../../../helpers/engine-home.ts'
import { fitRide, sha256Of } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
  await home.addSource()
})
afterEach(() => home.close())

const fails = (status: number) =>
  new AppError('service-down', `the service answered ${status}`, 'retry', { status, isForeignPage: true })

/** Runs for so long, and counts how often the ride that always fails was sent. */
async function triesWithin(ms: number): Promise<number> {
  const before = home.service.names.length
  const stop = new AbortController()
  const running = new RunLoop(home.parts).run(stop.signal)
  await home.clock.advance(ms)
  stop.abort()
  await home.clock.during(running)
  return home.service.names.length - before
}

test('a ride that a proxy turns away for days is kept, told and tried once an hour, and the others go up', async () => {
  const ride = fitRide('2026-11-20T08:00:00Z')
  home.put('rides/barred.fit', ride)
  home.put('rides/other.fit', fitRide('2026-11-19T08:00:00Z'))
  home.service.poisoned.set(externalId(sha256Of(ride)), fails(413))
  // Its waits double up to an hour.
  await triesWithin(3 * hourMs)
  expect(home.states()).toEqual({
    'rides/barred.fit': 'retrying service-down',
    'rides/other.fit': 'uploaded sent',
  })
  expect(home.files().find(file => file.state === 'retrying')?.reason).toMatch(
    /^Intervals\.icu does not answer properly right now \(a web page came instead of an answer\)\. Kept safe in the archive\. Next try in .+\.$/,
  )
  expect(await triesWithin(3 * hourMs)).toBe(3)

  home.service.poisoned.clear()
  await home.sync()
  expect(home.states()['rides/barred.fit']).toBe('uploaded sent')
})

test('a ride at which the service itself stumbles is tried every five minutes', async () => {
  const ride = fitRide()
  home.put('rides/a.fit', ride)
  home.service.poisoned.set(externalId(sha256Of(ride)), fails(500))
  await triesWithin(hourMs)
  expect(await triesWithin(hourMs)).toBe(12)
})

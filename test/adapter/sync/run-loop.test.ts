import { renameSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { RunLoop } from '../../../electron/sync/run-loop.ts'
import { EngineHome, hourMs, minuteMs } from '../../helpers/engine-home.ts'
import { failure } from '../../helpers/fake-service.ts'
import { fitRide, tcxRide } from '../../helpers/rides.ts'

let home: EngineHome
let loop: RunLoop
let stop: AbortController
let running: Promise<void>

function start(): void {
  loop = new RunLoop(home.parts)
  stop = new AbortController()
  running = loop.run(stop.signal)
}

beforeEach(async () => {
  home = await EngineHome.open()
  await home.addSource()
})
afterEach(async () => {
  stop.abort()
  await running
  home.close()
})

const hint = (): void => home.hints.get(home.folder('rides'))?.()
const profiles = (): number => home.service.calls.filter(call => call === 'profile').length

test('a hint brings a ride up at once', async () => {
  start()
  await home.clock.advance(minuteMs)
  home.put('rides/a.fit', fitRide())
  hint()
  await home.clock.advance(1000)
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test('the slow scan finds what no hint told of', async () => {
  start()
  await home.clock.advance(minuteMs)
  home.put('rides/a.fit', fitRide())
  await home.clock.advance(8 * minuteMs)
  expect(home.states()).toEqual({})
  await home.clock.advance(2 * minuteMs)
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test('a ride that settles is looked at again by itself', async () => {
  start()
  await home.clock.advance(minuteMs)
  home.put('rides/a.tcx', tcxRide(), 0)
  hint()
  await home.clock.advance(5000)
  expect(home.states()).toEqual({ 'rides/a.tcx': 'waiting settling' })
  await home.clock.advance(6000)
  expect(home.states()).toEqual({ 'rides/a.tcx': 'uploaded sent' })
})

describe('a folder that is away', () => {
  test('is told, and taken up again within seconds of its return, and watched again', async () => {
    start()
    await home.clock.advance(minuteMs)
    renameSync(home.folder('rides'), home.folder('away'))
    hint()
    await home.clock.advance(1000)
    expect(loop.troubles.map(trouble => trouble.code)).toEqual(['folder-missing'])
    home.put('away/a.fit', fitRide('2026-11-21T07:00:00Z'))
    renameSync(home.folder('away'), home.folder('rides'))
    await home.clock.advance(4500)
    expect([home.states(), loop.troubles]).toEqual([{ 'rides/a.fit': 'uploaded sent' }, []])
    home.put('rides/b.fit', fitRide('2026-11-21T08:00:00Z'))
    hint()
    await home.clock.advance(1000)
    expect(home.states()['rides/b.fit']).toBe('uploaded sent')
  })
})

test('a ride for which the disk has no room is told, with nothing to send beside it, until there is room', async () => {
  start()
  await home.clock.advance(minuteMs)
  const { keepFree } = home.parts.settings.current()
  await home.parts.settings.update(settings => ({ ...settings, keepFree: { bytes: 1e18, percent: 0 } }))
  home.put('rides/a.fit', fitRide())
  hint()
  await home.clock.advance(1000)
  const told = { code: 'disk-full', file: home.folder('rides') }
  expect([home.states(), loop.troubles]).toMatchObject([{ 'rides/a.fit': 'waiting disk-low' }, [told]])
  await home.parts.settings.update(settings => ({ ...settings, keepFree }))
  await home.clock.advance(minuteMs + 1000)
  expect([home.states(), loop.troubles]).toEqual([{ 'rides/a.fit': 'uploaded sent' }, []])
})

describe('when the service cannot take anything', () => {
  test('a refused key is not tried at every scan', async () => {
    home.service.profileError = new AppError('signed-out', '401', 'sign-in')
    home.put('rides/a.fit', fitRide())
    start()
    await home.clock.advance(1000)
    const before = profiles()
    for (let second = 0; second < 60; second += 1) {
      hint()
      await home.clock.advance(1000)
    }
    expect(profiles() - before).toBe(0)
    home.service.profileError = null
    loop.wake()
    await home.clock.advance(1000)
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
  })

  test('a missing permission is not asked about at every scan', async () => {
    const forbidden = failure(new AppError('forbidden', 'may not upload', 'give-up'))
    home.service.script.push(...Array.from({ length: 99 }, () => forbidden))
    home.put('rides/a.fit', fitRide())
    start()
    await home.clock.advance(1000)
    expect(home.service.names).toEqual(['a.fit'])
    for (let second = 0; second < 60; second += 1) {
      hint()
      await home.clock.advance(1000)
    }
    expect(home.service.names).toEqual(['a.fit'])
  })

  test('without a connection the waits grow to five minutes', async () => {
    home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
    home.put('rides/a.fit', fitRide())
    start()
    await home.clock.advance(hourMs)
    // Two loops ask, each after 5 s doubled to 5 min.
    expect(profiles()).toBeLessThan(35)
    home.service.profileError = null
    await home.clock.advance(6 * minuteMs)
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
  })

  test('what was told of the line is taken back when a ride has gone up', async () => {
    home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
    start()
    await home.clock.advance(20 * minuteMs)
    expect(loop.troubles.map(trouble => trouble.code)).toContain('offline')
    home.service.profileError = null
    home.put('rides/a.fit', fitRide())
    hint()
    await home.clock.advance(1000)
    expect([home.states(), loop.troubles]).toEqual([{ 'rides/a.fit': 'uploaded sent' }, []])
  })

  test("backfill's half of the day used up is not asked about until midnight", async () => {
    const spent = new AppError('budget-spent', 'half', 'retry', { retryAfterMs: 14 * hourMs })
    home.put('more/a.fit', fitRide('2026-01-01T08:00:00Z'))
    home.put('more/b.fit', fitRide('2026-01-02T08:00:00Z'))
    home.put('more/c.fit', fitRide('2026-01-03T08:00:00Z'))
    await home.addSource('more', 'all')
    home.service.script.push(failure(spent), failure(spent))
    start()
    await home.clock.advance(minuteMs)
    const before = profiles()
    await home.clock.advance(13 * minuteMs)
    expect(profiles() - before).toBe(0)
    await home.clock.advance(14 * hourMs)
    expect(new Set(Object.values(home.states()))).toEqual(new Set(['uploaded sent']))
  })
})

test('a long backlog does not keep what is archived already from going up', async () => {
  const { clock } = home
  const { examiner } = home.parts
  let looks = 0
  // Each file takes its 8 s.
  const slow: typeof examiner.examine = async request => {
    looks += 1
    await clock.sleep(8000, stop.signal)
    return examiner.examine(request)
  }
  await home.restart({ examiner: { ...examiner, width: 1, examine: slow } })
  for (let hour = 10; hour < 20; hour += 1) {
    home.put(`rides/${hour}.fit`, fitRide(`2026-11-20T${hour}:00:00Z`))
  }
  // A file that is being looked into never comes to rest: the clock waits for moments alone.
  const { settle } = clock
  clock.settle = () => setImmediate()
  start()
  while (home.service.names.length === 0 && looks < 10) await clock.advance(100)
  expect(looks).toBeLessThan(10)
  clock.settle = settle
})

test('a folder that nobody can watch, on the network say, is looked at every few seconds', async () => {
  await home.restart({ mounts: { placeOf: () => Promise.resolve('network') } })
  start()
  await home.clock.advance(minuteMs)
  home.put('rides/a.fit', fitRide())
  await home.clock.advance(6000)
  expect([home.hints.size, home.states()]).toEqual([0, { 'rides/a.fit': 'uploaded sent' }])
})

test('the calendar is read soon after the line is back, also where there is no ride to send', async () => {
  home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
  start()
  await home.clock.advance(20_000)
  home.service.profileError = null
  expect(home.service.eventsAsked).toEqual([])
  await home.clock.advance(minuteMs)
  expect(home.service.eventsAsked).toHaveLength(1)
})

test.each([
  ['a clock that jumped', () => home.clock.jump(2 * hourMs)],
  ['a new day', () => home.clock.jump(14 * hourMs - 62_000)],
])('after %s everything is looked at', async (_, happen) => {
  start()
  await home.clock.advance(minuteMs)
  home.put('rides/a.fit', fitRide())
  happen()
  await home.clock.advance(6000)
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test('a bug in one loop ends neither that loop nor the others', async () => {
  const before = home.parts.disk
  let isBroken = true
  await home.restart({
    disk: {
      ...before,
      list: folder => {
        if (isBroken && folder.endsWith('rides')) throw new TypeError('a bug')
        return before.list(folder)
      },
    },
  })
  home.put('rides/a.fit', fitRide())
  start()
  await home.clock.advance(minuteMs)
  expect(home.states()).toEqual({})
  isBroken = false
  await home.clock.advance(11 * minuteMs)
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test('stops at once while it sleeps, and closes its watches', async () => {
  start()
  await home.clock.advance(minuteMs)
  expect([...home.hints.keys()]).toEqual([home.folder('rides')])
  stop.abort()
  await running
  expect(home.hints.size).toBe(0)
})

test('a key without any folder is asked whose it is, so that the home has its athlete', async () => {
  await home.parts.settings.update(settings => ({ ...settings, sources: [], account: null }))
  start()
  await home.clock.advance(1000)
  expect(home.parts.settings.current().account).toMatchObject({ athleteId: home.service.athlete.id })
})

test('without a key and without a folder nothing is wrong yet', async () => {
  await home.parts.settings.update(settings => ({ ...settings, sources: [], account: null }))
  home.service.profileError = new AppError('signed-out', 'there is no key', 'sign-in')
  start()
  await home.clock.advance(minuteMs)
  expect(loop.troubles).toEqual([])
})

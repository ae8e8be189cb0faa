import { afterEach, expect, test } from 'vitest'
import { startFakeIntervals, type FakeIntervals } from '../fake-intervals/server.ts'
import { athlete, endWorlds, makeWorld, otherAthlete, type World } from './helpers/home.ts'
import { putRides } from './helpers/rides.ts'
import { activities, uploads } from './helpers/service-log.ts'
import { until } from './helpers/until.ts'

afterEach(endWorlds)

const rides = 20

/** A home of the first athlete with rides archived while the service was away. */
async function queuedHome(): Promise<World> {
  const world = await makeWorld()
  expect((await world.sync()).code).toBe(0)
  await world.stopService()
  putRides(world.source, rides)
  await world.addSource(world.source, '--backfill', 'all')
  expect(await world.sync()).toMatchObject({ code: 4, report: { queued: rides, uploaded: 0 } })
  await world.startService()
  return world
}

function swapOwners({ state }: FakeIntervals): void {
  const [one, other] = [state.credentials.get(athlete.key), state.credentials.get(otherAthlete.key)]
  if (one === undefined || other === undefined) throw new Error('both keys should be known')
  state.credentials.set(athlete.key, other).set(otherAthlete.key, one)
}

test('with the other athlete’s key nothing is sent, neither by sync nor by run', async () => {
  const world = await queuedHome()
  const asOther = world.with({ env: { MUSETTE_API_KEY: otherAthlete.key } })
  const end = await asOther.musette('sync')
  expect(end.code).toBe(2)
  expect(end.stderr).toContain('This home belongs to i200001')
  expect(end.stderr).toContain('use another MUSETTE_HOME')
  expect((await asOther.sync()).report.errors).toMatchObject([{ code: 'wrong-athlete' }])

  const before = world.service.state.requests.length
  const running = asOther.start('run')
  await until(() => world.service.state.requests.length > before, 'the running one asks whose key it is')
  running.kill('SIGTERM')
  expect((await running.ended).code).toBe(0)
  expect(uploads(world.service)).toEqual([])

  expect(await world.sync()).toMatchObject({ code: 0, report: { uploaded: rides } })
  expect(new Set(uploads(world.service).map(post => `${post.athleteId} ${post.path}`))).toEqual(
    new Set(['i200001 /api/v1/athlete/i200001/activities']),
  )
})

test('keys that the service gave to each other’s athlete carry no ride to the wrong one', async () => {
  const world = await queuedHome()
  swapOwners(world.service)
  const end = await world.musette('sync')
  expect(end).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('This home belongs to i200001') as unknown,
  })
  expect(uploads(world.service)).toEqual([])
  const asOther = world.with({ env: { MUSETTE_API_KEY: otherAthlete.key } })
  expect(await asOther.sync()).toMatchObject({ code: 0, report: { uploaded: rides } })
  expect(activities(world.service, 'i200002')).toEqual([])
})

test('keys swapped while the queue drains stop it: the rest waits for its own athlete', async () => {
  const world = await queuedHome()
  const { state } = world.service
  state.faults.add({ match: { method: 'POST' }, times: -1, action: { kind: 'delay', ms: 60, when: 'after' } })
  const running = world.start('sync', '--json')
  await until(() => activities(world.service).length >= 5, 'the first rides', 20_000, 5)
  swapOwners(world.service)
  const end = await running.ended
  expect([2, 3]).toContain(end.code)
  expect(activities(world.service, 'i200002')).toEqual([])
  expect(uploads(world.service).filter(post => post.path !== '/api/v1/athlete/i200001/activities')).toEqual(
    [],
  )
  swapOwners(world.service)
  expect((await world.sync()).code).toBe(0)
  expect(activities(world.service)).toHaveLength(rides)
})

test('another service is another home: it is not even asked', async () => {
  const world = await queuedHome()
  const other = await startFakeIntervals({ switches: { perSecond: 0 } })
  const end = await world.with({ env: { MUSETTE_API_URL: other.url } }).musette('sync')
  expect(end.code).toBe(2)
  expect(end.stderr).toContain(`This home belongs to i200001 on ${world.service.url}`)
  expect(other.state.requests).toEqual([])
  await other.close()
})

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { launcherNodes } from '../helpers/launcher-project.ts'
import { endWorlds, makeWorld, type World } from './helpers/home.ts'
import { put, putRides, ride } from './helpers/rides.ts'
import { activities, uploads } from './helpers/service-log.ts'
import { until } from './helpers/until.ts'

const holders: ChildProcess[] = []
afterAll(async () => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL')
  await endWorlds()
})

const slowPosts = (ms: number) =>
  ({ match: { method: 'POST' }, times: -1, action: { kind: 'delay', ms, when: 'after' } }) as const

async function runningHome(world: World) {
  const running = world.start('run')
  await until(() => running.said().includes('is running'), 'the start')
  return running
}

test.concurrent('two syncs at the same time send everything once; both end with 0', async () => {
  const world = await makeWorld()
  putRides(world.source, 30)
  await world.addSource(world.source, '--backfill', 'all')
  world.service.state.faults.add(slowPosts(30))
  const ends = await Promise.all([world.sync(), world.sync(), world.sync()])
  expect(ends.map(end => end.code)).toEqual([0, 0, 0])
  expect(ends.reduce((sum, end) => sum + end.report.uploaded, 0)).toBe(30)
  expect(activities(world.service)).toHaveLength(30)
  expect(uploads(world.service)).toHaveLength(30)
})

test.concurrent('a home whose holder does not answer is left alone: exit code 5', async () => {
  const world = await makeWorld()
  const profile = join(world.home, 'profiles', 'default')
  mkdirSync(profile, { recursive: true })
  const holder = spawn(process.execPath, [resolve('test/helpers/lock-holder.ts'), join(profile, 'lock')])
  holders.push(holder)
  await once(holder.stdout, 'data')
  const [text, json] = await Promise.all([world.musette('sync'), world.sync()])
  expect(text).toMatchObject({ code: 5, stdout: '' })
  expect(text.stderr).toContain('Another Musette is using this home')
  expect(json).toMatchObject({ code: 5, report: { errors: [{ code: 'home-in-use' }] } })
  expect(world.service.state.requests).toEqual([])
  expect((await world.musette('status')).code).toBe(0)
})

describe('while one runs', () => {
  test('changes and sync are handed to it, and readers just read', async () => {
    const world = await makeWorld()
    const running = await runningHome(world)
    const id = await world.addSource()
    world.service.state.faults.add(slowPosts(300))
    const path = put(world.source, 'a.fit', ride(1))
    expect(await world.sync()).toMatchObject({ code: 0, report: { errors: [] } })
    await until(() => activities(world.service).length === 1, 'the ride')
    await until(async () => (await world.why(path)).state === 'uploaded', 'the outcome')

    const said = async (...words: readonly string[]) => (await world.musette(...words)).code
    expect(await said('source', 'add', world.source)).toBe(2)
    expect(await said('why', 'nothing.fit')).toBe(2)
    expect(await said('retry', 'nothing.fit')).toBe(2)
    expect(await said('doctor')).toBe(0)
    expect(await said('diagnostics', join(world.root, 'out.zip'))).toBe(0)
    expect(await said('source', 'pause', id)).toBe(0)
    expect(await world.status()).toMatchObject({ sources: [{ id, isPaused: true }], counts: { uploaded: 1 } })
    const second = await world.musette('run')
    expect(second).toMatchObject({ code: 5, stdout: '' })
    running.kill('SIGTERM')
    expect(await running.ended).toMatchObject({ code: 0, signal: null })
  })

  test('a sync whose holder is killed takes its place; the ride under way is not sent twice', async () => {
    const world = await makeWorld()
    putRides(world.source, 4)
    await world.addSource(world.source, '--backfill', 'all')
    const { faults } = world.service.state
    faults.add(slowPosts(20_000))
    const running = await runningHome(world)
    await until(() => uploads(world.service).length === 2, 'two uploads under way')
    const asking = world.start('sync', '--json')
    // Time for it to find the holder and to ask it; coming too late it takes the place all the same.
    await sleep(800)
    faults.clearRules()
    running.kill('SIGKILL')
    const end = await asking.ended
    expect(end.code).toBe(0)
    expect(JSON.parse(end.stdout)).toMatchObject({ uploaded: 4, retrying: 0, errors: [] })
    expect(activities(world.service)).toHaveLength(4)
    expect(uploads(world.service)).toHaveLength(4)
  })
})

describe.each([...launcherNodes()])('run on $name', node => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'ends within 5 s of %s in the middle of a slow upload, with 0; the ride is sent once in the end',
    async signal => {
      const world = await makeWorld()
      putRides(world.source, 3)
      await world.addSource(world.source, '--backfill', 'all')
      const { faults } = world.service.state
      faults.add(slowPosts(20_000))
      const running = world.with({ node: node.path }).start('run')
      await until(() => uploads(world.service).length === 2, 'two uploads under way')
      const askedAt = performance.now()
      running.kill(signal)
      expect(await running.ended).toMatchObject({ code: 0, signal: null })
      expect(performance.now() - askedAt).toBeLessThan(5_000)
      faults.clearRules()
      expect((await world.sync()).code).toBe(0)
      expect(activities(world.service)).toHaveLength(3)
    },
  )
})

test('a sync that is told to end does so within 5 s and still prints its report', async () => {
  const world = await makeWorld()
  putRides(world.source, 3)
  await world.addSource(world.source, '--backfill', 'all')
  world.service.state.faults.add(slowPosts(20_000))
  const running = world.start('sync', '--json')
  await until(() => uploads(world.service).length === 2, 'two uploads under way')
  const askedAt = performance.now()
  running.kill('SIGTERM')
  const end = await running.ended
  expect(performance.now() - askedAt).toBeLessThan(5_000)
  expect(JSON.parse(end.stdout)).toMatchObject({ uploaded: 0, retrying: 2, queued: 1 })
  expect(end.code).toBe(1)
})

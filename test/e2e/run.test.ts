import { closeSync, openSync, readdirSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { seedWeek } from '../fake-intervals/seed-week.ts'
import { endWorlds, makeWorld, type World } from './helpers/home.ts'
import { folderPrint, put, ride, sha256 } from './helpers/rides.ts'
import { activities, uploads } from './helpers/service-log.ts'
import { until } from './helpers/until.ts'

afterAll(endWorlds)

async function runningOver(world: World) {
  await world.addSource()
  const running = world.start('run')
  await until(() => running.said().includes('is running'), 'the start')
  return {
    stop: async () => {
      running.kill('SIGTERM')
      expect(await running.ended).toMatchObject({ code: 0, signal: null })
    },
  }
}

const sent = (world: World): readonly (string | null)[] => uploads(world.service).map(post => post.fileSha256)

test.concurrent('a ride is sent soon after it appears, also in a folder made just now', async () => {
  const world = await makeWorld()
  const { stop } = await runningOver(world)
  put(world.source, 'a.fit', ride(1))
  await until(() => activities(world.service).length === 1, 'the first ride')
  put(world.folder('Rides/2026/11'), 'b.fit', ride(2))
  await until(() => activities(world.service).length === 2, 'the ride in the new folder')
  await stop()
})

test.concurrent('a ride that is still being written goes up once, and whole', async () => {
  const world = await makeWorld()
  const { stop } = await runningOver(world)
  const whole = ride(1, { durationS: 600 })
  // As a trainer writes it: no data size in the header until the end.
  const open = Buffer.from(whole)
  open.writeUInt32LE(0, 4)
  const file = openSync(join(world.source, 'growing.fit'), 'wx')
  const step = Math.ceil(open.length / 8)
  for (let at = 0; at < open.length; at += step) {
    writeSync(file, open, at, Math.min(step, open.length - at), at)
    await sleep(400)
  }
  expect(uploads(world.service)).toEqual([])
  writeSync(file, whole, 0, 14, 0)
  closeSync(file)
  await until(() => activities(world.service).length > 0, 'the ride')
  await stop()
  expect(sent(world)).toEqual([sha256(whole)])
  expect(await world.files()).toMatchObject([{ state: 'uploaded', sha256: sha256(whole) }])
})

test.concurrent(
  'a folder that vanishes is not read as emptied; when it is back, what is new in it goes up',
  async () => {
    const world = await makeWorld()
    const { stop } = await runningOver(world)
    put(world.source, 'a.fit', ride(1))
    await until(() => activities(world.service).length === 1, 'the first ride')
    const away = join(world.root, 'unplugged')
    renameSync(world.source, away)
    await until(async () => (await world.status()).sources[0]?.health === 'missing', 'the folder missed')
    // A scan of what is not there must not forget what was.
    await sleep(1_500)
    expect(await world.files()).toMatchObject([{ state: 'uploaded' }])
    put(away, 'b.fit', ride(2))
    renameSync(away, world.source)
    await until(() => activities(world.service).length === 2, 'the ride that came with it')
    put(world.source, 'c.fit', ride(3))
    await until(() => activities(world.service).length === 3, 'a ride after that')
    await stop()
    expect(sent(world)).toEqual([1, 2, 3].map(number => sha256(ride(number))))
  },
)

test.concurrent('while the service is away rides are kept, and sent when it is back', async () => {
  const world = await makeWorld()
  const { stop } = await runningOver(world)
  await world.stopService()
  put(world.source, 'a.fit', ride(1))
  await until(async () => (await world.status()).counts.queued === 1, 'the ride archived')
  await sleep(1_000)
  await world.startService()
  await until(() => activities(world.service).length === 1, 'the ride')
  await stop()
  expect((await world.files()).map(file => file.state)).toEqual(['uploaded'])
})

test.concurrent('planned workouts come down, and into a folder that is added later', async () => {
  const world = await makeWorld()
  const { state } = world.service
  seedWeek(state, state.today(state.athletes.get('i200001') ?? state.addAthlete({ id: 'i200001' })))
  const before = folderPrint(world.source)
  const { stop } = await runningOver(world)
  const zwift = world.folder('Zwift')
  expect((await world.musette('trainer', 'add', zwift, '--format', 'zwo')).code).toBe(0)
  await until(() => readdirSync(zwift).filter(name => name.endsWith('.zwo')).length >= 6, 'the week')
  await stop()
  expect(folderPrint(world.source)).toEqual(before)
})

import { expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import type { AppSnapshot } from '../../../../shared/app-snapshot.ts'
import { SnapshotFeed, type SnapshotContent } from '../../../../electron/host/window/snapshot-feed.ts'
import { FakeClock } from '../../../helpers/fake-clock.ts'
import { snapshotOf } from '../../../helpers/window/snapshots.ts'

/** A feed over content that the test changes, each snapshot costing what the test says. */
function feedOver() {
  const clock = new FakeClock(Date.parse('2026-11-21T12:00:00Z'))
  // The feed puts its own run and revision over these.
  const content: SnapshotContent = snapshotOf()
  const world = {
    clock,
    content,
    costMs: 0,
    error: null as Error | null,
    madeAt: [] as number[],
    told: [] as AppSnapshot[],
    logged: [] as string[],
  }
  const feed = new SnapshotFeed({
    run: 'this start',
    clock,
    make: async () => {
      world.madeAt.push(clock.monotonic())
      if (world.costMs > 0) await clock.sleep(world.costMs)
      if (world.error !== null) throw world.error
      return world.content
    },
    onSnapshot: snapshot => void world.told.push(snapshot),
    log: (_level, message) => void world.logged.push(message),
  })
  return { feed, world }
}

const change = (world: { content: SnapshotContent }, filesRevision: number): void => {
  world.content = { ...world.content, filesRevision }
}

test('the revision grows with each snapshot that differs, and only then', async () => {
  const { feed, world } = feedOver()
  await feed.start()
  expect(feed.current).toMatchObject({ run: 'this start', revision: 1 })
  feed.noteChange()
  await world.clock.advance(1000)
  expect(world.madeAt).toHaveLength(2)
  expect(feed.current.revision).toBe(1)
  change(world, 2)
  feed.noteChange()
  await world.clock.advance(1000)
  expect(feed.current).toMatchObject({ revision: 2, filesRevision: 2 })
  expect(world.told.map(snapshot => snapshot.revision)).toEqual([1, 2])
})

test('a storm of changes makes at most four a second, and the last one is not lost', async () => {
  const { feed, world } = feedOver()
  await feed.start()
  for (let turn = 1; turn <= 200; turn += 1) {
    change(world, turn + 1)
    feed.noteChange()
    await world.clock.advance(10)
  }
  await world.clock.advance(250)
  expect(world.madeAt).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000])
  expect(feed.current.filesRevision).toBe(201)
})

test('a snapshot that costs much is made five times its cost apart', async () => {
  const { feed, world } = feedOver()
  world.costMs = 200
  await world.clock.during(feed.start())
  for (let turn = 1; turn <= 40; turn += 1) {
    change(world, turn + 1)
    feed.noteChange()
    await world.clock.advance(100)
  }
  expect(world.madeAt).toEqual([0, 1000, 2000, 3000, 4000])
})

test('a busy engine does not leave the window stale for longer than five seconds more', async () => {
  const { feed, world } = feedOver()
  await feed.start()
  await world.clock.advance(1000)
  world.costMs = 10_000
  feed.noteChange()
  await world.clock.advance(10_000)
  world.costMs = 0
  change(world, 9)
  feed.noteChange()
  await world.clock.advance(5000)
  expect(feed.current.filesRevision).toBe(9)
})

test('a change while a snapshot is made is in the next one', async () => {
  const { feed, world } = feedOver()
  await feed.start()
  await world.clock.advance(1000)
  world.costMs = 50
  change(world, 2)
  feed.noteChange()
  await world.clock.advance(20)
  change(world, 3)
  feed.noteChange()
  await world.clock.advance(1000)
  expect(feed.current.filesRevision).toBe(3)
})

test('a snapshot that fails leaves the old one up, is logged once, and is tried again', async () => {
  const { feed, world } = feedOver()
  await feed.start()
  world.error = new AppError('home-in-use', 'the engine has stopped', 'retry')
  feed.noteChange()
  await world.clock.advance(20_000)
  expect(feed.current.revision).toBe(1)
  expect(world.logged).toEqual(['no snapshot'])
  expect(world.madeAt.length).toBeLessThan(7)
  world.error = null
  change(world, 5)
  await world.clock.advance(5000)
  expect(feed.current).toMatchObject({ revision: 2, filesRevision: 5 })
})

test('a first snapshot that fails is told to whoever starts and whoever waits', async () => {
  const { feed, world } = feedOver()
  world.error = new Error('broken')
  await expect(feed.start()).rejects.toThrow('broken')
  await expect(feed.first).rejects.toThrow('broken')
  expect(() => feed.current).toThrow(TypeError)
})

test('a closed feed makes nothing more', async () => {
  const { feed, world } = feedOver()
  await feed.start()
  feed.noteChange()
  feed.close()
  change(world, 2)
  await world.clock.advance(10_000)
  expect(world.told).toHaveLength(1)
})

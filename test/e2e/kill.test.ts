import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { endWorlds, makeWorld } from './helpers/home.ts'
import { folderPrint, putRides } from './helpers/rides.ts'
import { activities } from './helpers/service-log.ts'
import { until } from './helpers/until.ts'

afterEach(endWorlds)

const seed = Number(process.env['MUSETTE_TEST_SEED'] ?? Date.now() % 1_000_000)
const kills = 20
/** So many come while the first files are still opened, copied and archived. */
const earlyKills = 6
const rides = 200

/** Numbers in [0, 1), the same for the same seed (mulberry32's mixing). */
function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

test(`a sync killed ${kills} times loses nothing and sends nothing twice`, async () => {
  console.log(`seed ${seed} (MUSETTE_TEST_SEED)`)
  const random = randomFrom(seed)
  const world = await makeWorld()
  putRides(world.source, rides)
  const before = folderPrint(world.source)
  await world.addSource(world.source, '--backfill', 'all')

  // Each ride is there for a while before its answer comes: the worst moment to be killed in is a likely one.
  world.service.state.faults.add({
    match: { method: 'POST' },
    times: -1,
    action: { kind: 'delay', ms: 40, when: 'after' },
  })
  const moments: string[] = []
  for (let kill = 0; kill < kills; kill++) {
    const running = world.start('sync', '--json')
    let hasEnded = false
    void running.ended.then(() => (hasEnded = true))
    const isEarly = kill < earlyKills
    const goal = ((kill - earlyKills) / (kills - earlyKills)) * (rides - 10) + random() * 9
    const afterMs = isEarly ? 180 + random() * 520 : random() * 60
    if (!isEarly)
      await until(() => hasEnded || activities(world.service).length >= goal, `${goal} rides`, 30_000, 2)
    await sleep(afterMs)
    running.kill('SIGKILL')
    expect((await running.ended).signal).toBe('SIGKILL')
    moments.push(`${Math.round(afterMs)} ms at ${activities(world.service).length}`)
  }
  console.log(moments.join(', '))
  world.service.state.faults.clearRules()

  const last = await world.sync()
  expect(last).toMatchObject({ code: 0, report: { retrying: 0, queued: 0, errors: [] } })
  expect(activities(world.service)).toHaveLength(rides)
  expect(new Set(activities(world.service).map(activity => activity.sha256)).size).toBe(rides)
  const states = (await world.files()).map(file => file.state)
  expect(states.filter(state => state === 'uploaded' || state === 'alreadyThere')).toHaveLength(rides)
  expect(folderPrint(world.source)).toEqual(before)

  const profile = join(world.home, 'profiles', 'default')
  const ledger = new DatabaseSync(join(profile, 'ledger.sqlite'), { readOnly: true })
  expect(ledger.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  ledger.close()
  expect(existsSync(join(profile, 'staging')) ? readdirSync(join(profile, 'staging')) : []).toEqual([])
})

import { rmSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import type { Switches } from '../fake-intervals/switches.ts'
import { gzipBytes } from '../helpers/archive-builder.ts'
import { buildGpx } from '../helpers/gpx-builder.ts'
import { endWorlds, makeWorld, type World } from './helpers/home.ts'
import { put, ride } from './helpers/rides.ts'
import { activities } from './helpers/service-log.ts'

/*
 * Where nobody knows how the real service answers, the stand-in can answer either way. Whichever it is, each ride ends
 * as one activity, or as a state that says why not, and a second sync finds nothing to do.
 */

afterAll(endWorlds)

async function worldWith(switches: Partial<Switches>): Promise<World> {
  const world = await makeWorld({ service: { switches } })
  put(world.source, 'plain.fit', ride(1))
  put(world.source, 'packed.fit.gz', gzipBytes(ride(2)))
  put(world.source, 'twin-of-packed.fit', ride(2))
  put(world.source, 'walk.gpx', buildGpx({ startTime: '2026-03-02T08:00:00Z', durationS: 60 }))
  await world.addSource(world.source, '--backfill', 'all')
  return world
}

/** As after a reinstall: the service knows all, this computer nothing. */
async function reinstall(world: World): Promise<void> {
  rmSync(world.home, { recursive: true, force: true })
  await world.addSource(world.source, '--backfill', 'all')
}

async function states(world: World): Promise<readonly string[]> {
  return [...new Set((await world.files()).map(file => `${file.state} ${file.reasonCode}`))].sort()
}

const eitherWay: readonly (readonly [string, Partial<Switches>])[] = [
  ['the hash is taken over what was sent', { hashOver: 'raw' }],
  ['the hash is taken over what is unpacked', { hashOver: 'unpacked' }],
  ['a duplicate is answered 409', { duplicateAnswer: '409' }],
  ['a duplicate is answered 409 with its ids', { duplicateAnswer: '409-with-ids' }],
  ['a bare last day of a list is not whole', { newestWholeDay: false }],
  ['a key counts as an app of its own', { keyUploadSource: 'OAUTH_CLIENT' }],
  ['unfinished FIT files are refused', { strictFit: true }],
  ['lists lag 30 s behind', { listLagMs: 30_000 }],
  ['the service’s clock is three days ahead', { clockSkewMs: 3 * 86_400_000 }],
  ['the service’s clock is three days behind', { clockSkewMs: -3 * 86_400_000 }],
]

test.concurrent.each(eitherWay)(
  '%s: each ride is one activity, also after a reinstall',
  async (_, switches) => {
    const world = await worldWith(switches)
    expect(await world.sync()).toMatchObject({ code: 0, report: { uploaded: 3, errors: [] } })
    expect(await states(world)).toEqual(['uploaded sent'])
    await reinstall(world)
    expect(await world.sync()).toMatchObject({
      code: 0,
      report: { uploaded: 0, alreadyThere: 3, errors: [] },
    })
    expect(activities(world.service)).toHaveLength(3)
    expect(await world.sync()).toMatchObject({ code: 0, report: { uploaded: 0, alreadyThere: 0 } })
  },
)

test.concurrent.each([
  ['200', 0, /^alreadyThere had-it-(?:already|from-musette)$/],
  ['409', 0, /^alreadyThere had-it-(?:already|from-musette)$/],
  ['422', 1, /^rejected refused$/],
  ['201', 0, /^uploaded sent$/],
] as const)(
  'rides deleted on the service and sent again by a reinstall, answered %s, end with a reason',
  async (tombstoneAnswer, code, state) => {
    const world = await worldWith({ tombstoneAnswer })
    await world.sync()
    for (const activity of world.service.state.activities)
      Object.assign(activity, { deleted: true, tombstone: true })
    await reinstall(world)
    expect((await world.sync()).code).toBe(code)
    for (const shown of await states(world)) expect(shown).toMatch(state)
    const before = world.service.state.requests.length
    await world.sync()
    // The second pass asks who it is and, at most, what was deleted; it sends nothing.
    expect(world.service.state.requests.slice(before).filter(request => request.method === 'POST')).toEqual(
      [],
    )
  },
)

test.concurrent.each([
  [200, /^held nothing-made$/],
  [422, /^rejected refused$/],
] as const)(
  'rides sent to a dormant account that answers %i are kept, and sent when asked again',
  async (dormantAnswer, state) => {
    const world = await worldWith({ dormantAnswer })
    const athlete = world.service.state.athletes.get('i200001')
    if (athlete === undefined) throw new Error('no athlete')
    athlete.status = 'DORMANT'
    expect((await world.sync()).code).toBe(1)
    for (const shown of await states(world)) expect(shown).toMatch(state)
    athlete.status = 'ACTIVE'
    for (const file of await world.files()) await world.musette('retry', file.path)
    expect(await world.sync()).toMatchObject({ code: 0, report: { held: 0, rejected: 0 } })
    expect(activities(world.service)).toHaveLength(3)
  },
)

test.concurrent.each(['seconds', 'date', 'none'] as const)(
  'a limit that is told in %s is kept to, and everything goes up in the same sync',
  async retryAfter => {
    const world = await worldWith({ retryAfter, perSecond: 1, burst: 1 })
    expect(await world.sync()).toMatchObject({ code: 0, report: { uploaded: 3, retrying: 0, queued: 0 } })
    expect(activities(world.service)).toHaveLength(3)
  },
)

test.concurrent.each([422, 400] as const)(
  'a ride the service cannot read (%i) is refused, the others go up',
  async status => {
    const world = await worldWith({})
    const body = { status, error: 'No activities found' }
    world.service.state.faults.add({ match: { method: 'POST' }, action: { kind: 'status', status, body } })
    expect(await world.sync()).toMatchObject({ code: 1, report: { uploaded: 2 } })
    expect(await states(world)).toEqual(['rejected refused', 'uploaded sent'])
  },
)

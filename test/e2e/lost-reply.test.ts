import { afterAll, expect, test } from 'vitest'
import { endWorlds, makeWorld } from './helpers/home.ts'
import { putRides } from './helpers/rides.ts'
import { activities, asked, uploads } from './helpers/service-log.ts'

afterAll(endWorlds)

test.concurrent.each([
  ['the connection is cut', { kind: 'cut', at: 'afterStore' }],
  ['the reply breaks off', { kind: 'cut', at: 'midReply' }],
  ['the reply is not JSON to its end', { kind: 'truncatedJson' }],
] as const)('a reply lost after the file was stored, where %s, is looked up', async (_how, action) => {
  const world = await makeWorld()
  const [path = ''] = putRides(world.source, 1)
  await world.addSource(world.source, '--backfill', 'all')
  world.service.state.faults.add({ match: { method: 'POST' }, action })

  expect(await world.sync()).toMatchObject({ code: 0, report: { uploaded: 1, retrying: 0, errors: [] } })
  expect(activities(world.service)).toHaveLength(1)
  expect(await world.why(path)).toMatchObject({
    state: 'uploaded',
    reasonCode: 'found-after-lost-reply',
    activityIds: activities(world.service).map(activity => activity.id),
  })
  expect(asked(world.service)).toEqual(['profile', 'upload', 'list'])
})

test.concurrent.each(['200', '409', '409-with-ids'] as const)(
  'where the list lags behind, the same bytes are sent again; answered %s, there is still one activity',
  async duplicateAnswer => {
    const world = await makeWorld({ service: { switches: { listLagMs: 30_000, duplicateAnswer } } })
    const [path = ''] = putRides(world.source, 1)
    await world.addSource(world.source, '--backfill', 'all')
    world.service.state.faults.add({ match: { method: 'POST' }, action: { kind: 'cut', at: 'afterStore' } })

    const { code, report } = await world.sync()
    expect({ code, ended: report.uploaded + report.alreadyThere }).toEqual({ code: 0, ended: 1 })
    expect(activities(world.service)).toHaveLength(1)
    const posts = uploads(world.service)
    expect(posts.map(post => post.fileSha256)).toEqual([posts[0]?.fileSha256, posts[0]?.fileSha256])
    const order = asked(world.service)
    expect(order.slice(0, 4)).toEqual(['profile', 'upload', 'list', 'upload'])
    expect(await world.why(path)).toMatchObject({ state: 'uploaded' })
  },
)

import { afterAll, expect, test } from 'vitest'
import { quietReport } from './helpers/cli.ts'
import { endWorlds, makeWorld } from './helpers/home.ts'
import { put, putRides, ride } from './helpers/rides.ts'
import { activities, asked, uploads } from './helpers/service-log.ts'

afterAll(endWorlds)

/** The most requests that came within any stretch of that many ms. */
function busiest(times: readonly number[], withinMs: number): number {
  return Math.max(0, ...times.map(start => times.filter(at => at >= start && at < start + withinMs).length))
}

test.concurrent('60 rides at once keep to ten requests in any second, and none is refused', async () => {
  // The stand-in refuses the eleventh in a burst here, as the service may.
  const world = await makeWorld({ limits: null, service: { switches: { perSecond: 10, burst: 11 } } })
  putRides(world.source, 60)
  await world.addSource(world.source, '--backfill', 'all')
  expect(await world.sync()).toEqual({ code: 0, report: { ...quietReport, uploaded: 60 } })
  const { requests } = world.service.state
  expect(requests.filter(request => request.status === 429)).toEqual([])
  expect(
    busiest(
      requests.map(request => Date.parse(request.at)),
      1000,
    ),
  ).toBeLessThanOrEqual(10)
})

test.concurrent.each(['2', 'date:2'])(
  'a 429 with Retry-After %s holds everything, and all goes up in the same sync',
  async retryAfter => {
    const world = await makeWorld()
    putRides(world.source, 8)
    await world.addSource(world.source, '--backfill', 'all')
    world.service.state.faults.add({
      match: { method: 'POST' },
      after: 3,
      action: { kind: 'status', status: 429, retryAfter, body: { status: 429, error: 'Too many requests' } },
    })
    expect(await world.sync()).toEqual({ code: 0, report: { ...quietReport, uploaded: 8 } })
    expect(activities(world.service)).toHaveLength(8)
    const { requests } = world.service.state
    const refused = requests.findIndex(request => request.status === 429)
    const at = (place: number): number => Date.parse(requests[place]?.at ?? '')
    const waitMs = retryAfter === '2' ? 1_900 : 900
    const during = requests.slice(refused + 1).filter(one => Date.parse(one.at) < at(refused) + waitMs)
    // One more may have been on its way when the refusal came.
    expect(during.length).toBeLessThanOrEqual(1)
    expect(requests.length).toBeGreaterThan(refused + 1 + during.length)
  },
)

test.concurrent(
  'when the day’s requests are used up the rest is kept, with the time of the next try',
  async () => {
    // Nine tenths of 10 are for uploads, and new rides may use them all.
    const world = await makeWorld({ limits: '0,0,10' })
    await world.addSource()
    putRides(world.source, 12)
    const { code, report } = await world.sync()
    expect(code).toBe(1)
    expect(report.errors).toMatchObject([{ code: 'budget-spent' }])
    expect(report.uploaded + report.retrying + report.queued).toBe(12)
    expect(world.service.state.requests.length).toBeLessThanOrEqual(10)
    expect(activities(world.service)).toHaveLength(report.uploaded)

    // Counted in the ledger: the next start has no fresh budget.
    const before = uploads(world.service).length
    expect((await world.sync()).code).toBe(1)
    expect(uploads(world.service)).toHaveLength(before)
    const waiting = (await world.files()).find(file => file.reasonCode === 'budget-spent')
    expect(Date.parse(waiting?.nextAttemptAt ?? '')).toBeGreaterThan(Date.now())
  },
)

test.concurrent('backfill uses half the day’s requests, so that a new ride still goes up', async () => {
  const world = await makeWorld({ limits: '0,0,40' })
  putRides(world.source, 30)
  await world.addSource(world.source, '--backfill', 'all')
  const first = await world.sync()
  expect(first.report).toMatchObject({ uploaded: 20 })
  put(world.source, 'today.fit', ride(99))
  expect((await world.sync()).report).toMatchObject({ uploaded: 1 })
  expect(activities(world.service).map(one => one.fileName)).toContain('today.fit')
  expect(asked(world.service).filter(what => what === 'profile')).toHaveLength(2)
})

import { describe, expect, test } from 'vitest'
import { simRandom } from '../../sim/random.ts'
import { faultNames } from '../../sim/service/fault-windows.ts'
import { drawServiceOptions } from '../../sim/service/service-options.ts'
import { endOf, fit, range, rideOf, sha256Of, startMs, world } from './service-world.ts'

describe('the account', () => {
  test('knows its athlete, and no other', async () => {
    const { clock, client } = world({ options: { timeZone: 'Asia/Kolkata' } })
    expect(await clock.during(client.profile())).toMatchObject({ id: 'i1', timeZone: 'Asia/Kolkata' })
    expect(await clock.during(client.connections('i1'))).toEqual(['garmin_training'])
    expect(await clock.during(endOf(client.connections('i2')))).toBe('forbidden 403')
  })

  test('lists in the athlete’s own time, newest first, both ends included', async () => {
    const { clock, client } = world({ options: { timeZone: 'Pacific/Auckland' } })
    for (const at of ['2026-11-19T12:00:00Z', '2026-11-20T10:59:59Z', '2026-11-21T11:00:00Z'])
      await clock.during(client.uploadActivity(rideOf(fit(at))))
    const listed = async (oldest: string, newest: string) =>
      (await clock.during(client.listActivities({ athleteId: 'i1', oldest, newest }))).map(
        each => each.startDateLocal,
      )
    expect(await listed('2026-11-20', '2026-11-20')).toEqual(['2026-11-20T23:59:59', '2026-11-20T01:00:00'])
    expect(await listed('2026-11-22T00:00:00', '2026-11-22T00:00:00')).toEqual(['2026-11-22T00:00:00'])
  })

  test('holds the same ride of other apps, and bytes that one of them sent first', async () => {
    const { clock, client, service } = world({ options: { othersChance: 1 } })
    await clock.during(client.uploadActivity(rideOf(fit())))
    await clock.advance(3_600_000)
    const sources = (await clock.during(client.listActivities(range))).map(each => each.source)
    expect(sources).toHaveLength(2)
    expect(sources).toContain('UPLOAD')
    const bytes = fit('2026-11-22T09:00:00Z')
    service.activities.takeFromOther(
      { sha256: sha256Of(bytes), externalId: 'theirs', bytes, nowMs: clock.now() },
      'RideLogger',
    )
    const reply = await clock.during(client.uploadActivity(rideOf(bytes)))
    const listed = await clock.during(client.listActivities(range))
    expect(reply).toMatchObject({ kind: 'alreadyThere', activityIds: [listed[0]?.id] })
    expect(listed[0]).toMatchObject({ externalId: 'theirs', sourceName: 'RideLogger' })
  })

  test.each(['zwo', 'fit', 'erg', 'mrc'] as const)(
    'has a plan with %s files, stable until it is changed',
    async format => {
      const week = { athleteId: 'i1', oldest: '2026-11-22', newest: '2026-11-28', format }
      const { clock, client, service } = world()
      const first = await clock.during(client.listEvents(week))
      await clock.advance(86_400_000)
      const second = await clock.during(client.listEvents(week))
      expect(first.filter(event => event.file !== null).length).toBeGreaterThan(2)
      // A FIT says when it was made, which is with each answer.
      const versions = (events: typeof first): readonly string[] =>
        events.flatMap(({ file }) =>
          file === null ? [] : service.calendar.versionBehind(sha256Of(file.content)),
        )
      expect(versions(second)).toEqual(versions(first))
      if (format === 'fit') expect(second).not.toEqual(first)
      else expect(second).toEqual(first)
      service.calendar.change('2026-11-22', clock.now())
      const third = await clock.during(client.listEvents(week))
      expect(third.map(event => event.name + versions([event]).join())).not.toEqual(
        first.map(event => event.name + versions([event]).join()),
      )
    },
  )

  test('changes its plan by itself as often as it is told to', async () => {
    const week = { athleteId: 'i1', oldest: '2026-11-22', newest: '2026-11-28', format: 'zwo' } as const
    const { clock, client } = world({ options: { planChangesPerDay: 12 } })
    const first = await clock.during(client.listEvents(week))
    await clock.advance(86_400_000)
    expect(await clock.during(client.listEvents(week))).not.toEqual(first)
  })
})

describe('a seed', () => {
  async function story(seed: number) {
    const random = simRandom(seed)
    const faults = faultNames.map(fault => ({
      ...{ fault, on: random.pick(['upload', 'list', 'profile', 'events', 'all'] as const) },
      ...{ fromMs: random.int(0, 60_000), forMs: random.int(0, 60_000), times: random.int(1, 2) },
    }))
    const { clock, client, service, tasks } = world({ seed, faults, options: drawServiceOptions(random) })
    for (let round = 0; round < 12; round += 1) {
      const bytes = fit(new Date(startMs - (round % 3) * 3_600_000).toISOString())
      await clock.during(
        Promise.all([
          endOf(client.uploadActivity(rideOf(bytes))),
          endOf(client.listActivities(range)),
          endOf(client.listEvents({ ...range, format: 'zwo' })),
        ]),
      )
      await clock.advance(5000)
    }
    return { tasks, record: service.record, activities: service.activities.all }
  }

  test('tells the same story each time, and another one a different story', async () => {
    const [first, again, other] = [await story(7), await story(7), await story(8)]
    expect(first).toEqual(again)
    expect(first.tasks).not.toEqual(other.tasks)
    expect(first.record.mostWithin(1)).toBeGreaterThanOrEqual(3)
  })
})

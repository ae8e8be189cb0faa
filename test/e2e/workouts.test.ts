import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { seedWeek } from '../fake-intervals/seed-week.ts'
import type { FakeEvent } from '../fake-intervals/types.ts'
import { athlete, endWorlds, makeWorld, type World } from './helpers/home.ts'
import { folderPrint } from './helpers/rides.ts'

afterAll(endWorlds)

const formats = ['zwo', 'fit', 'erg', 'mrc'] as const
type Format = (typeof formats)[number]

interface Week {
  readonly world: World
  readonly events: readonly FakeEvent[]
  readonly folders: Readonly<Record<Format, string>>
}

/** A week of events, and a trainer folder for each format. */
async function makeWeek(...words: readonly string[]): Promise<Week> {
  const world = await makeWorld()
  const { state } = world.service
  const rider = state.athletes.get(athlete.id) ?? state.addAthlete({ id: athlete.id })
  const events = seedWeek(state, state.today(rider), athlete.id)
  const folders = {
    zwo: world.folder('trainers/Zwift'),
    fit: world.folder('trainers/Garmin'),
    erg: world.folder('trainers/Erg'),
    mrc: world.folder('trainers/Mrc'),
  }
  for (const format of formats) {
    const end = await world.musette('trainer', 'add', folders[format], '--format', format, ...words)
    expect(end.code).toBe(0)
  }
  return { world, events, folders }
}

/** What the service exports for an event; null where it has no workout. */
async function exported(world: World, event: FakeEvent, format: Format): Promise<string | null> {
  const url = `${world.service.url}/api/v1/athlete/${athlete.id}/events/${event.id}/download.${format}`
  const authorization = `Basic ${Buffer.from(`API_KEY:${athlete.key}`).toString('base64')}`
  const reply = await fetch(url, { headers: { authorization, 'user-agent': 'test' } })
  const bytes = Buffer.from(await reply.arrayBuffer())
  return reply.ok ? bytes.toString('base64') : null
}

/** The files of a folder: content by the event's id, which each name ends with. */
function written(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder).map(name => [
      / (\d+)\.\w+$/.exec(name)?.[1] ?? name,
      readFileSync(join(folder, name)).toString('base64'),
    ]),
  )
}

async function wanted(week: Week, format: Format): Promise<Readonly<Record<string, string>>> {
  const pairs: (readonly [string, string])[] = []
  for (const event of week.events) {
    const bytes = await exported(week.world, event, format)
    if (bytes !== null) pairs.push([String(event.id), bytes])
  }
  return Object.fromEntries(pairs)
}

const nameOf = (folder: string, event: FakeEvent | undefined): string =>
  join(folder, readdirSync(folder).find(name => name.includes(` ${event?.id}.`)) ?? 'none')

describe('a week of workouts', () => {
  test.concurrent(
    'is in each trainer’s folder, byte for byte as the service exports it; a second sync writes nothing',
    async () => {
      const week = await makeWeek()
      const { world, folders } = week
      const first = await world.sync()
      expect(first).toMatchObject({ code: 0, report: { workoutsRemoved: 0, errors: [] } })
      let all = 0
      for (const format of formats) {
        const there = written(folders[format])
        expect(there).toEqual(await wanted(week, format))
        expect(Object.keys(there).length).toBeGreaterThanOrEqual(6)
        all += Object.keys(there).length
      }
      expect(first.report.workoutsWritten).toBe(all)

      const before = folderPrint(join(world.root, 'trainers'))
      expect((await world.sync()).report).toMatchObject({
        ...{ workoutsWritten: 0, workoutsRemoved: 0, workoutsUnchanged: all },
      })
      expect(folderPrint(join(world.root, 'trainers'))).toEqual(before)
    },
  )

  test.concurrent('has names that are safe anywhere and stay inside the folder', async () => {
    const { world, folders } = await makeWeek()
    await world.sync()
    for (const name of formats.flatMap(format => readdirSync(folders[format]))) {
      expect(name).toMatch(/^\d{4}-\d\d-\d\d [A-Za-z0-9 .,()'=+@_-]+\.(?:zwo|fit|erg|mrc)$/)
      expect(name.length).toBeLessThanOrEqual(100)
    }
    expect(readdirSync(join(world.root, 'trainers')).sort()).toEqual(['Erg', 'Garmin', 'Mrc', 'Zwift'])
    expect(existsSync(join(world.root, 'etc'))).toBe(false)
  })

  test.concurrent(
    'follows the calendar: changed events are written again, vanished ones removed',
    async () => {
      const week = await makeWeek()
      const { world, events, folders } = week
      await world.sync()
      const [threshold, , endurance] = events
      if (threshold === undefined || endurance === undefined) throw new Error('the week is shorter')
      threshold.fields = { ...threshold.fields, updated: '2026-11-21T23:00:00Z' }
      threshold.steps = [{ kind: 'steady', seconds: 1200, at: 0.9 }]
      world.service.state.removeEvents(event => event === endurance)
      const { report } = await world.sync()
      expect(report).toMatchObject({ workoutsWritten: 4, workoutsRemoved: 4, errors: [] })
      const left = { ...week, events: events.filter(event => event !== endurance) }
      for (const format of formats) expect(written(folders[format])).toEqual(await wanted(left, format))
    },
  )

  test.concurrent('leaves alone what the user wrote, and what the user changed (P9)', async () => {
    const { world, events, folders } = await makeWeek()
    await world.sync()
    const mine = join(folders.zwo, '2026-11-22 My own.zwo')
    writeFileSync(mine, '<workout_file/>')
    const changed = nameOf(folders.zwo, events[0])
    writeFileSync(
      changed,
      readFileSync(changed, 'utf8').replace('<workout>', '<workout><Ramp Duration="5"/>'),
    )
    const kept = readFileSync(changed)
    world.service.state.removeEvents(() => true)
    expect((await world.sync()).code).toBe(0)
    expect(
      readdirSync(folders.zwo)
        .map(name => join(folders.zwo, name))
        .sort(),
    ).toEqual([mine, changed].sort())
    expect([readFileSync(mine, 'utf8'), readFileSync(changed)]).toEqual(['<workout_file/>', kept])
    for (const format of ['fit', 'erg', 'mrc'] as const) expect(readdirSync(folders[format])).toEqual([])
  })

  test.concurrent.each([
    ['fails', { kind: 'status', status: 500 }],
    ['answers with a page', { kind: 'status', status: 200, body: '<html>Welcome to the hotel</html>' }],
    ['breaks off', { kind: 'cut', at: 'midReply' }],
    ['answers something else', { kind: 'status', status: 200, body: { events: [] } }],
  ] as const)('keeps its last good copy while the service %s', async (_how, action) => {
    const { world } = await makeWeek()
    await world.sync()
    const before = folderPrint(join(world.root, 'trainers'))
    world.service.state.faults.add({ match: { path: '/events' }, times: -1, action })
    const { code, report } = await world.sync()
    expect(code).not.toBe(0)
    expect(report.errors).not.toEqual([])
    expect(folderPrint(join(world.root, 'trainers'))).toEqual(before)
  })
})

test.concurrent('only the days and sports asked for are there', async () => {
  const { world, events, folders } = await makeWeek('--days', '2', '--sports', 'Ride')
  await world.sync()
  const ids = [events[2]?.id, events[3]?.id].map(String)
  for (const format of formats) expect(Object.keys(written(folders[format])).sort()).toEqual(ids)
})

test.concurrent('a workout that Musette wrote is no ride, wherever it is met', async () => {
  const { world, folders } = await makeWeek()
  await world.addSource(join(world.root, 'trainers'), '--backfill', 'all')
  await world.sync()
  const copy = join(world.source, 'copied.fit')
  writeFileSync(copy, readFileSync(join(folders.fit, readdirSync(folders.fit)[0] ?? '')))
  await world.addSource(world.source, '--backfill', 'all')
  expect(await world.sync()).toMatchObject({ code: 0, report: { uploaded: 0, notActivity: 1 } })
  expect(await world.files()).toMatchObject([{ path: copy, state: 'notActivity' }])
})

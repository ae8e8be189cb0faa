import { describe, expect, test } from 'vitest'
import { readZip } from '../../fake-intervals/readers/zip.ts'
import { seedWeek } from '../../fake-intervals/seed-week.ts'
import type { FakeIntervals } from '../../fake-intervals/server.ts'
import { ask, startFake } from './asking.ts'

const events = '/api/v1/athlete/0/events'

interface ShownEvent {
  readonly id: number
  readonly name: string
  readonly start_date_local: string
  readonly workout_filename?: string
  readonly workout_file_base64?: string
  readonly workout_doc: unknown
}

/** A week from Monday 23 November on, seen from Monday noon. */
async function withWeek(): Promise<FakeIntervals> {
  const fake = await startFake({ now: '2026-11-23T12:00:00Z' })
  seedWeek(fake.state, '2026-11-23', 'i200001')
  return fake
}

async function list(fake: FakeIntervals, query = ''): Promise<readonly ShownEvent[]> {
  return (await ask(fake, 'GET', `${events}${query}`)).body as readonly ShownEvent[]
}

const fileOf = (event: ShownEvent | undefined): Buffer =>
  Buffer.from(event?.workout_file_base64 ?? '', 'base64')

describe('the range of events', () => {
  test.each([
    { query: '', first: '2026-11-23', count: 11 },
    { query: '?oldest=2026-11-24', first: '2026-11-24', count: 9 },
    { query: '?oldest=2026-11-24&newest=2026-11-24', first: '2026-11-24', count: 2 },
    { query: '?oldest=2026-11-24&limit=1', first: '2026-11-24', count: 1 },
    { query: '?category=NOTE,RACE_B', first: '2026-11-23', count: 2 },
    { query: '?category=NOTE&category=RACE_B', first: '2026-11-23', count: 2 },
    { query: '?oldest=2026-11-16', first: undefined, count: 0 },
  ])('"$query"', async ({ query, first, count }) => {
    const found = await list(await withWeek(), query)
    expect([found[0]?.start_date_local.slice(0, 10), found.length]).toEqual([first, count])
  })

  test('starts today where the athlete lives, for seven days', async () => {
    const fake = await withWeek()
    fake.state.clock.set(Date.parse('2026-11-23T23:30:00Z')) // already Tuesday in Berlin
    const found = await list(fake)
    expect(found[0]?.start_date_local).toBe('2026-11-24T00:00:00')
  })

  test('includes an event of several days that touches it', async () => {
    const fake = await startFake()
    const days = { start_date_local: '2026-11-20T00:00:00', end_date_local: '2026-11-26T00:00:00' }
    fake.state.addEvent('i200001', { name: 'Away', category: 'HOLIDAY', ...days })
    expect(await list(fake, '?oldest=2026-11-25&newest=2026-11-25')).toHaveLength(1)
    expect(await list(fake, '?oldest=2026-11-26&newest=2026-11-26')).toHaveLength(0)
  })

  test('is also served as .json and .csv', async () => {
    const fake = await withWeek()
    const plain = await ask(fake, 'GET', `${events}.json?limit=1`)
    const csv = await ask(fake, 'GET', `${events}.csv?oldest=2026-11-26&newest=2026-11-26`)
    const header = 'id,start_date_local,category,type,name,description,icu_training_load'
    const id = fake.state.events[6]?.id ?? 0
    expect(plain.body).toMatchObject([{ name: 'Threshold 3x8' }])
    expect(csv.body).toBe(
      `${header}\n${id},2026-11-26T00:00:00,WORKOUT,VirtualRide,"../../etc/passwd: <Über> ""100%""?*",Odd & <strange>,25\n`,
    )
  })
})

describe('workout files', () => {
  test.each(['zwo', 'mrc', 'erg', 'fit'])('come with ext=%s, only for events with steps', async ext => {
    const found = await list(await withWeek(), `?ext=${ext}`)
    expect(found.map(event => event.workout_filename ?? null)).toEqual([
      `Threshold_3x8.${ext}`,
      null,
      `Endurance.${ext}`,
      `Endurance.${ext}`,
      `Easy_run.${ext}`,
      null,
      `../../etc/passwd:_<Über>_"100%"?*.${ext}`,
      `🚴_${'Very_long_name_'.repeat(12)}end_🏁.${ext}`,
      null,
      `Openers.${ext}`,
      null,
    ])
    expect(
      found.every(event => (event.workout_filename === undefined) === (fileOf(event).length === 0)),
    ).toBe(true)
  })

  test('are left out without ext, and another format is refused', async () => {
    const fake = await withWeek()
    expect((await list(fake)).every(event => !('workout_filename' in event))).toBe(true)
    expect((await ask(fake, 'GET', `${events}?ext=tcx`)).status).toBe(422)
  })

  test('are the same in the list, as a download and in the zip', async () => {
    const fake = await withWeek()
    const inList = (await list(fake, '?ext=mrc&limit=1'))[0]
    const download = await ask(fake, 'GET', `${events}/${inList?.id}/download.mrc`)
    const headers = { 'User-Agent': 'Test/1.0', Authorization: `Basic ${btoa('API_KEY:key-of-i200001')}` }
    const zip = `/api/v1/athlete/0/workouts.zip?ext=mrc&oldest=2026-11-23&newest=2026-11-24`
    const packed = await (await fetch(fake.url + zip, { headers })).arrayBuffer()
    const entries = readZip(Buffer.from(packed), 1_000_000)
    expect(download.headers.get('content-disposition')).toContain('filename="Threshold_3x8.mrc"')
    expect(download.body).toBe(fileOf(inList).toString())
    expect(entries?.map(entry => entry.name)).toEqual([
      'Threshold_3x8.mrc',
      'Endurance.mrc',
      'Endurance_2.mrc',
    ])
    expect(entries?.[0]?.content).toEqual(fileOf(inList))
  })

  test.each(['ext', 'oldest', 'newest'])('the zip needs %s', async missing => {
    const query = new URLSearchParams({ ext: 'zwo', oldest: '2026-11-23', newest: '2026-11-24' })
    query.delete(missing)
    expect(
      (await ask(await withWeek(), 'GET', `/api/v1/athlete/0/workouts.zip?${query.toString()}`)).status,
    ).toBe(422)
  })

  test('a workout without steps has no download', async () => {
    const fake = await withWeek()
    const gym = (await list(fake)).find(event => event.name === 'Gym')
    expect((await ask(fake, 'GET', `${events}/${gym?.id}/download.zwo`)).status).toBe(422)
  })
})

describe('one event', () => {
  test('has its own fields, explicit nulls and the day it ends', async () => {
    const fake = await withWeek()
    const { body } = await ask(fake, 'GET', `${events}/${fake.state.events[1]?.id}`)
    expect(body).toMatchObject({
      category: 'NOTE',
      end_date_local: '2026-11-24T00:00:00',
      workout_doc: null,
      plan_name: null,
      paired_activity_id: null,
      icu_ftp: null,
      oauth_client_id: null,
    })
  })

  test.each([
    { id: '1', status: 404, error: 'Event not found' },
    {
      id: 'undefined',
      status: 500,
      error: expect.stringContaining('MethodArgumentTypeMismatchException') as unknown,
    },
  ])('$id answers $status', async ({ id, status, error }) => {
    const reply = await ask(await startFake(), 'GET', `${events}/${id}`)
    expect([reply.status, reply.body]).toEqual([status, { status, error }])
  })

  test('resolve adds watts: a range outdoors, one figure indoors', async () => {
    const fake = await startFake()
    const day = { start_date_local: '2026-11-24T00:00:00', name: 'x', category: 'WORKOUT' }
    const step = { kind: 'steady', seconds: 60, at: 0.4 } as const
    fake.state.addEvent('i200001', { ...day, type: 'Ride' }, [step])
    fake.state.addEvent('i200001', { ...day, type: 'VirtualRide' }, [step])
    const found = await list(fake, '?oldest=2026-11-24&resolve=true')
    const power = { value: 40, units: '%ftp' }
    expect(found.map(event => (event.workout_doc as { steps: unknown[] }).steps)).toEqual([
      [{ duration: 60, power, _power: { value: 100, start: 97, end: 103 } }],
      [{ duration: 60, power, _power: { value: 100, start: 100, end: 100 } }],
    ])
  })
})

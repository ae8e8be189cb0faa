import { describe, expect, test } from 'vitest'
import type { FakeIntervals } from '../../fake-intervals/server.ts'
import { ask, startFake } from './asking.ts'

const events = '/api/v1/athlete/0/events'
const day = '2026-11-24T00:00:00'

const text = [
  'Steady now.',
  '',
  'Warmup',
  '- Spin 10m ramp 50-70%',
  '',
  'Main set 3x',
  '- 8m 96% 90rpm',
  '- 4m Z1',
  '',
  '- 5m',
].join('\n')

async function post(fake: FakeIntervals, body: unknown, path = events, auth?: string): Promise<unknown> {
  return (await ask(fake, 'POST', path, { body, ...(auth === undefined ? {} : { auth }) })).body
}

const idOf = (event: unknown): number => (event as { id: number }).id

describe('creating an event', () => {
  test('computes the steps from the text', async () => {
    const fake = await startFake()
    const body = await post(fake, {
      start_date_local: day,
      type: 'Ride',
      name: 'Threshold',
      description: text,
    })
    expect(body).toMatchObject({ category: 'WORKOUT', moving_time: 3060, athlete_id: 'i200001' })
    expect(fake.state.events[0]?.steps).toEqual([
      { kind: 'ramp', seconds: 600, from: 0.5, to: 0.7, text: 'Spin', part: 'warmup' },
      {
        kind: 'repeat',
        count: 3,
        text: 'Main set',
        steps: [
          { kind: 'steady', seconds: 480, at: 0.96, cadence: 90 },
          // From 109 W, four fifths of the zone's end, to 137 W, of 250 W.
          { kind: 'steady', seconds: 240, at: 0.492, written: { kind: 'zones', first: 1, last: 1 } },
        ],
      },
      { kind: 'freeride', seconds: 300 },
    ])
  })

  test('shows watts and zones as they were written', async () => {
    const fake = await startFake()
    const written = ['- 10m 200w', '- 10m 150-200w', '- 10m Z2', '- 10m Z2-Z3', '- 10m 50%'].join('\n')
    await post(fake, { start_date_local: day, type: 'VirtualRide', name: 'x', description: written })
    const query = `?oldest=${day.slice(0, 10)}&resolve=true`
    const { body } = await ask(fake, 'GET', `${events}${query}`)
    expect(body).toMatchObject([
      {
        workout_doc: {
          steps: [
            { power: { value: 200, units: 'w' }, _power: { value: 200, start: 200, end: 200 } },
            { power: { start: 150, end: 200, units: 'w' }, _power: { value: 175, start: 150, end: 200 } },
            { power: { value: 2, units: 'power_zone' }, _power: { start: 138, end: 187 } },
            { power: { start: 2, end: 3, units: 'power_zone' }, _power: { start: 138, end: 225 } },
            { power: { value: 50, units: '%ftp' }, _power: { value: 125, start: 125, end: 125 } },
          ],
        },
      },
    ])
  })

  test.each(['file_contents', 'file_contents_base64'])('takes a ZWO file as %s', async field => {
    const fake = await startFake()
    const zwo = '<workout_file><workout><SteadyState Power="0.75" Duration="600"/></workout></workout_file>'
    const content = field === 'file_contents' ? zwo : Buffer.from(zwo).toString('base64')
    const body = await post(fake, { start_date_local: day, name: 'x', filename: 'x.zwo', [field]: content })
    expect(fake.state.events[0]?.steps).toEqual([{ kind: 'steady', seconds: 600, at: 0.75 }])
    expect(body).not.toHaveProperty('filename')
  })

  test.each([
    { body: { name: 'x' }, status: 422 },
    { body: { name: 'x', start_date_local: '2026-11-24' }, status: 422 },
    { body: undefined, status: 400 },
    { body: [1], status: 400 },
  ])('refuses $body with $status', async ({ body, status }) => {
    const reply = await ask(await startFake(), 'POST', events, body === undefined ? {} : { body })
    expect(reply.status).toBe(status)
  })
})

test('PUT changes what is sent and its steps', async () => {
  const fake = await startFake()
  const id = idOf(await post(fake, { start_date_local: day, name: 'a', description: '- 10m 50%' }))
  const { body } = await ask(fake, 'PUT', `${events}/${id}`, { body: { description: '- 20m 60%' } })
  expect(body).toMatchObject({ id, name: 'a', moving_time: 1200 })
})

test('DELETE removes one', async () => {
  const fake = await startFake()
  const id = idOf(await post(fake, { start_date_local: day, name: 'a' }))
  expect((await ask(fake, 'DELETE', `${events}/${id}`)).status).toBe(200)
  expect((await ask(fake, 'GET', `${events}/${id}`)).status).toBe(404)
})

describe('bulk', () => {
  test('upserts by external_id within one app only', async () => {
    const fake = await startFake()
    fake.state.addToken('app', 'i200001', ['CALENDAR:WRITE'])
    const event = { start_date_local: day, name: 'first', external_id: 'plan-1' }
    const path = `${events}/bulk?upsert=true`
    const [mine] = (await post(fake, [event], path)) as unknown[]
    const [theirs] = (await post(fake, [{ ...event, name: 'theirs' }], path, 'Bearer app')) as unknown[]
    const [again] = (await post(fake, [{ ...event, name: 'second' }], path)) as unknown[]
    expect(idOf(again)).toBe(idOf(mine))
    expect(idOf(theirs)).not.toBe(idOf(mine))
    expect(fake.state.events.map(one => one.fields['name'])).toEqual(['second', 'theirs'])
  })

  test('API keys can be made not to find their own', async () => {
    const fake = await startFake({ switches: { keyUpsertsOwn: false } })
    const event = { start_date_local: day, name: 'first', external_id: 'plan-1' }
    await post(fake, [event], `${events}/bulk?upsert=true`)
    await post(fake, [event], `${events}/bulk?upsert=true`)
    expect(fake.state.events).toHaveLength(2)
  })

  test('upserts by uid', async () => {
    const fake = await startFake()
    const event = { start_date_local: day, name: 'first', uid: 'u-1' }
    await post(fake, event, `${events}?upsertOnUid=true`)
    await post(fake, [{ ...event, name: 'second' }], `${events}/bulk?upsertOnUid=true`)
    expect(fake.state.events.map(one => one.fields['name'])).toEqual(['second'])
  })

  test('bulk-delete takes ids and own external_ids, and counts', async () => {
    const fake = await startFake()
    fake.state.addToken('app', 'i200001', ['CALENDAR:WRITE'])
    await post(fake, [{ start_date_local: day, name: 'mine', external_id: 'a' }], `${events}/bulk`)
    await post(
      fake,
      [{ start_date_local: day, name: 'theirs', external_id: 'b' }],
      `${events}/bulk`,
      'Bearer app',
    )
    const id = idOf(await post(fake, { start_date_local: day, name: 'by id' }))
    const body = [{ external_id: 'a' }, { external_id: 'b' }, { id }, { external_id: 'does-not-exist' }]
    expect((await ask(fake, 'PUT', `${events}/bulk-delete`, { body })).body).toEqual({ eventsDeleted: 2 })
    expect(fake.state.events.map(one => one.fields['name'])).toEqual(['theirs'])
  })
})

test('a range delete needs categories and, without an end, takes the whole future', async () => {
  const fake = await startFake()
  for (const [start, category] of [
    ['2026-11-23', 'NOTE'],
    ['2026-11-24', 'NOTE'],
    ['2026-11-24', 'WORKOUT'],
    ['2027-11-24', 'NOTE'],
  ]) {
    fake.state.addEvent('i200001', {
      start_date_local: `${start}T00:00:00`,
      name: `${start} ${category}`,
      category,
    })
  }
  expect((await ask(fake, 'DELETE', `${events}?oldest=2026-11-24`)).status).toBe(422)
  expect((await ask(fake, 'DELETE', `${events}?oldest=2026-11-24&category=NOTE`)).status).toBe(200)
  expect(fake.state.events.map(one => one.fields['name'])).toEqual(['2026-11-23 NOTE', '2026-11-24 WORKOUT'])
})

test('a range update changes two fields and no others', async () => {
  const fake = await startFake()
  fake.state.addEvent('i200001', { start_date_local: day, name: 'a', category: 'NOTE' })
  const body = { hide_from_athlete: true, name: 'b' }
  const reply = await ask(fake, 'PUT', `${events}?oldest=2026-11-24&newest=2026-11-24`, { body })
  expect(reply.body).toMatchObject([{ name: 'a', hide_from_athlete: true }])
})

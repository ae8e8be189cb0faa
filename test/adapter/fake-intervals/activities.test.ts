import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ask, ride, startFake, upload } from './asking.ts'
import type { FakeIntervals } from '../../fake-intervals/server.ts'

const list = '/api/v1/athlete/0/activities'

async function withThree(): Promise<FakeIntervals> {
  const fake = await startFake({ now: '2026-11-21T12:00:00Z' })
  for (const start of ['2026-11-19T23:30:00Z', '2026-11-20T06:00:00Z', '2026-11-18T06:00:00Z']) {
    await upload(fake, ride(start))
  }
  return fake
}

const startsOf = (body: unknown): unknown =>
  (body as { start_date_local: string }[]).map(one => one.start_date_local)

describe('the list of activities', () => {
  test.each([
    {
      query: 'oldest=2026-11-01',
      starts: ['2026-11-20T07:00:00', '2026-11-20T00:30:00', '2026-11-18T07:00:00'],
    },
    { query: 'oldest=2026-11-20&newest=2026-11-20', starts: ['2026-11-20T07:00:00', '2026-11-20T00:30:00'] },
    { query: 'oldest=2026-11-20T00:30:00&newest=2026-11-20T00:30:00', starts: ['2026-11-20T00:30:00'] },
    { query: 'oldest=2026-11-20T00:31&newest=2026-11-20T06:59:59.999', starts: [] },
    { query: 'oldest=2026-11-01&limit=1', starts: ['2026-11-20T07:00:00'] },
    { query: 'oldest=2026-11-21', starts: [] },
  ])('$query: newest first, both ends included, by local time', async ({ query, starts }) => {
    const { body } = await ask(await withThree(), 'GET', `${list}?${query}`)
    expect(startsOf(body)).toEqual(starts)
  })

  test('ends now when no newest is given', async () => {
    const fake = await withThree()
    fake.state.seedActivity({ athleteId: 'i200001', startMs: Date.parse('2026-11-21T12:00:01Z') })
    fake.state.seedActivity({ athleteId: 'i200001', startMs: Date.parse('2026-11-21T11:59:00Z') })
    const { body } = await ask(fake, 'GET', `${list}?oldest=2026-11-21`)
    expect(startsOf(body)).toEqual(['2026-11-21T12:59:00'])
  })

  test('can take a bare newest for the start of that day', async () => {
    const fake = await withThree()
    fake.state.faults.switches.newestWholeDay = false
    const { body } = await ask(fake, 'GET', `${list}?oldest=2026-11-18&newest=2026-11-20`)
    expect(startsOf(body)).toEqual(['2026-11-18T07:00:00'])
  })

  test('needs oldest', async () => {
    const reply = await ask(await startFake(), 'GET', list)
    const error = "Required request parameter 'oldest' for method parameter type String is not present"
    expect([reply.status, reply.body]).toEqual([422, { status: 422, error }])
  })

  test('shows only the fields asked for, without nulls', async () => {
    const { body } = await ask(
      await withThree(),
      'GET',
      `${list}?oldest=2026-11-20T01:00&fields=id,type,external_id`,
    )
    expect(body).toEqual([{ id: 'i148200318', type: 'VirtualRide' }])
  })

  test('shows five fields of what came from Strava, and refuses the rest of it', async () => {
    const fake = await startFake({ now: '2026-11-21T12:00:00Z' })
    fake.state.seedActivity({
      athleteId: 'i200001',
      startMs: Date.parse('2026-11-20T06:00:00Z'),
      source: 'STRAVA',
    })
    const { body } = await ask(fake, 'GET', `${list}?oldest=2026-11-20`)
    const id = fake.state.activities[0]?.id ?? ''
    expect(id).toMatch(/^\d+$/)
    expect(body).toEqual([
      {
        id,
        icu_athlete_id: 'i200001',
        start_date_local: '2026-11-20T07:00:00',
        source: 'STRAVA',
        _note: 'STRAVA activities are not available via the API',
      },
    ])
    const file = await ask(fake, 'GET', `/api/v1/activity/${id}/file`)
    expect([file.status, file.body]).toEqual([
      422,
      { status: 422, error: 'Cannot read Strava activities via the API' },
    ])
  })

  test('lags behind an upload by the server clock, while the activity itself is there', async () => {
    const fake = await startFake({ now: '2026-11-21T12:00:00Z', switches: { listLagMs: 30_000 } })
    fake.state.clock.freeze()
    await upload(fake, ride())
    const atOnce = await ask(fake, 'GET', `${list}?oldest=2026-11-20`)
    const single = await ask(fake, 'GET', '/api/v1/activity/i148200317')
    fake.state.clock.advance(30_000)
    const later = await ask(fake, 'GET', `${list}?oldest=2026-11-20`)
    expect([startsOf(atOnce.body), single.status, startsOf(later.body)]).toEqual([
      [],
      200,
      ['2026-11-20T07:31:00'],
    ])
  })
})

describe('one activity', () => {
  test('PUT changes what is sent, and -1 clears a number', async () => {
    const fake = await withThree()
    await ask(fake, 'PUT', '/api/v1/activity/i148200318', {
      body: { type: 'GravelRide', icu_rpe: 7, id: 'x' },
    })
    const { body } = await ask(fake, 'PUT', '/api/v1/activity/i148200318', { body: { icu_rpe: -1 } })
    expect(body).toMatchObject({ id: 'i148200318', type: 'GravelRide', icu_rpe: null, name: 'VirtualRide' })
  })

  test('DELETE takes it out of every list', async () => {
    const fake = await withThree()
    const removed = await ask(fake, 'DELETE', '/api/v1/activity/i148200318')
    const gone = await ask(fake, 'GET', '/api/v1/activity/i148200318')
    const rest = await ask(fake, 'GET', `${list}?oldest=2026-11-01&fields=id`)
    expect(removed.body).toEqual({ icu_athlete_id: 'i200001', id: 'i148200318' })
    expect([gone.status, rest.body]).toEqual([404, [{ id: 'i148200317' }, { id: 'i148200319' }]])
  })

  test('several can be asked for at once; unknown ones are left out', async () => {
    const { body } = await ask(await withThree(), 'GET', `${list}/i148200318,i1,i148200317`)
    expect((body as { id: string }[]).map(one => one.id)).toEqual(['i148200318', 'i148200317'])
  })

  test('is refused to another athlete', async () => {
    const fake = await withThree()
    fake.state.seedActivity({ athleteId: 'i200002', startMs: 0, id: 'i9' })
    expect((await ask(fake, 'GET', '/api/v1/activity/i9')).status).toBe(403)
  })
})

describe('the original file', () => {
  const bytesOf = async (fake: FakeIntervals): Promise<Buffer> => {
    const headers = { 'User-Agent': 'Test/1.0', Authorization: `Basic ${btoa('API_KEY:key-of-i200001')}` }
    const reply = await fetch(`${fake.url}/api/v1/activity/i148200317/file`, { headers })
    return Buffer.from(await reply.arrayBuffer())
  }

  test('comes back as it was, gzipped on the way only', async () => {
    const fake = await startFake()
    await upload(fake, ride())
    expect(await bytesOf(fake)).toEqual(Buffer.from(ride()))
  })

  test('can come as a gzip file instead', async () => {
    const fake = await startFake({ switches: { originalFile: 'raw-gz' } })
    await upload(fake, ride())
    expect(gunzipSync(await bytesOf(fake))).toEqual(Buffer.from(ride()))
  })

  test('is not there for what was entered by hand', async () => {
    const fake = await startFake()
    fake.state.seedActivity({ athleteId: 'i200001', startMs: 0, id: 'i9', source: 'MANUAL' })
    expect((await ask(fake, 'GET', '/api/v1/activity/i9/file')).status).toBe(404)
  })
})

import { describe, expect, onTestFinished, test } from 'vitest'
import { profileOfSteps } from '../../../electron/formats/workout/profile-of-steps.ts'
import { readZwo } from '../../../electron/formats/workout/read-zwo.ts'
import type { UploadReply } from '../../../electron/sync/ports/intervals-service.ts'
import { profileDurationS } from '../../../shared/workout-profile.ts'
import { parseWorkoutText } from '../../fake-intervals/readers/workout-text.ts'
import type { FaultAction } from '../../fake-intervals/faults.ts'
import { startFakeIntervals, type FakeOptions } from '../../fake-intervals/server.ts'
import { seedWeek } from '../../fake-intervals/seed-week.ts'
import { clientOf, failureOf, outcomeOf, rideOf } from './loopback.ts'

const gpx = Buffer.from(
  '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Loop</name><trkseg>' +
    '<trkpt lat="1" lon="1"><time>2026-11-20T06:31:00Z</time></trkpt>' +
    '<trkpt lat="1.01" lon="1"><time>2026-11-20T06:41:00Z</time></trkpt></trkseg></trk></gpx>',
)
/** The ids of an upload's answer; none when nothing came of it. */
const idsOf = (reply: UploadReply): readonly string[] =>
  reply.kind === 'nothingMade' ? [] : reply.activityIds

const ride = rideOf(gpx, { athleteId: 'i200001', fileName: 'loop.gpx', externalId: 'musette-01' })
const days = { athleteId: 'i200001', oldest: '2026-11-19', newest: '2026-11-21' }

async function start(options: FakeOptions = {}, key = 'key-of-i200001') {
  const service = await startFakeIntervals(options)
  onTestFinished(() => service.close())
  const { client } = clientOf(service.url, { credential: () => Promise.resolve({ kind: 'apiKey', key }) })
  return { service, client }
}

describe('against the stand-in for the service', () => {
  test('a ride goes up once, is known the second time, and is found by its external id', async () => {
    const { client } = await start()
    const first = await client.uploadActivity(ride)
    expect(first).toMatchObject({ kind: 'created', activityIds: [expect.any(String)] })
    expect(await client.uploadActivity(ride)).toEqual({
      kind: 'alreadyThere',
      activityIds: idsOf(first),
    })
    expect(await client.listActivities(days)).toMatchObject([
      { id: idsOf(first)[0], externalId: 'musette-01', source: 'UPLOAD', elapsedS: 600 },
    ])
  })

  test('a bare last day is whole, whichever way the service takes it', async () => {
    for (const newestWholeDay of [true, false]) {
      const { client } = await start({ switches: { newestWholeDay } })
      await client.uploadActivity(ride)
      expect(
        await client.listActivities({ ...days, oldest: '2026-11-20', newest: '2026-11-20' }),
      ).toHaveLength(1)
    }
  })

  test.each(['409', '409-with-ids'] as const)(
    'a duplicate answered %s is already there',
    async duplicateAnswer => {
      const { client } = await start({ switches: { duplicateAnswer } })
      const first = await client.uploadActivity(ride)
      expect(await client.uploadActivity(ride)).toEqual({
        kind: 'alreadyThere',
        activityIds: duplicateAnswer === '409' ? [] : idsOf(first),
      })
    },
  )

  test('the credential says whose it is', async () => {
    const { client } = await start()
    expect(await client.profile()).toMatchObject({ id: 'i200001', name: 'Sample Athlete' })
    expect(await client.connections('i200001')).toEqual(expect.any(Array))
    expect(outcomeOf(await failureOf(client.connections('i200002')))).toMatchObject({ code: 'forbidden' })
    const { client: stranger } = await start({}, 'nobody')
    expect(outcomeOf(await failureOf(stranger.profile()))).toMatchObject({ code: 'signed-out', status: 401 })
  })

  test.each(['zwo', 'fit', 'mrc', 'erg'] as const)(
    'a week of events comes with its files as %s',
    async format => {
      const { client, service } = await start()
      seedWeek(service.state, '2026-11-23')
      const events = await client.listEvents({ ...days, oldest: '2026-11-23', newest: '2026-11-29', format })
      const files = events.filter(event => event.file !== null)
      expect(events.length).toBeGreaterThan(files.length)
      expect(files.length).toBeGreaterThan(2)
      for (const { file } of files) {
        expect(file?.name).toMatch(new RegExp(`\\.${format}$`))
        expect(file?.content.length).toBeGreaterThan(20)
      }
      expect(new Set(events.map(event => event.id)).size).toBe(events.length)
    },
  )

  test.each(['zwo', 'fit', 'mrc', 'erg'] as const)(
    'the steps of a week are told beside its files as %s, and come to its lengths',
    async format => {
      const { client, service } = await start()
      seedWeek(service.state, '2026-11-23')
      const events = await client.listEvents({ ...days, oldest: '2026-11-23', newest: '2026-11-29', format })
      expect(
        events.map(({ name, time, durationS, load, profile }) => ({ name, time, durationS, load, profile })),
      ).toEqual(
        expect.arrayContaining([
          { name: 'Gym', time: null, durationS: 2700, load: null, profile: null },
          { name: 'Autumn TT', time: null, durationS: 2400, load: null, profile: null },
          expect.objectContaining({ name: 'Openers', time: '07:00', durationS: 1380 }),
        ]),
      )
      for (const event of events) {
        expect([event.name, event.profile === null]).toEqual([event.name, event.file === null])
        if (event.profile !== null) {
          expect(profileDurationS(event.profile)).toBe(event.durationS)
          expect(event.load).toBeGreaterThan(5)
        }
      }
      expect(events.find(event => event.name === 'Threshold 3x8')?.profile).toEqual({
        steps: [
          { kind: 'ramp', durationS: 600, from: 0.5, to: 0.7, cadence: null },
          ...Array.from({ length: 3 }, () => [
            { kind: 'steady', durationS: 480, from: 0.96, to: 0.96, cadence: 90 },
            { kind: 'steady', durationS: 240, from: 0.55, to: 0.55, cadence: null },
          ]).flat(),
          { kind: 'ramp', durationS: 480, from: 0.6, to: 0.4, cadence: null },
        ],
        cues: [
          { atS: 0, text: 'Spin up' },
          { atS: 600, text: 'Main set 1/3' },
          { atS: 1320, text: 'Main set 2/3' },
          { atS: 2040, text: 'Main set 3/3' },
        ],
      })
    },
  )

  test('the document and the file draw the same', async () => {
    const { client, service } = await start()
    const [event] = seedWeek(service.state, '2026-11-23')
    const query = { ...days, oldest: '2026-11-23', newest: '2026-11-23', format: 'zwo' } as const
    const [fromDoc] = await client.listEvents(query)
    const content = fromDoc?.file?.content ?? new Uint8Array()
    const read = readZwo(content)
    if (read.kind !== 'workout') throw new Error(read.detail)
    const fromFile = profileOfSteps(read.workout, null)
    expect([event?.fields['name'], fromFile?.steps]).toEqual(['Threshold 3x8', fromDoc?.profile?.steps])
  })

  test('the steps of a text in watts and zones are drawn as the athlete’s zones have them', async () => {
    const { client, service } = await start()
    const [athlete] = service.state.athletes.values()
    const steps = parseWorkoutText('- 10m 200w\n- 10m Z2\n- 10m ramp Z2-Z4\n- 5m freeride', athlete?.ftp ?? 0)
    const start_date_local = '2026-11-23T00:00:00'
    service.state.addEvent(
      'i200001',
      { name: 'x', category: 'WORKOUT', type: 'Ride', start_date_local },
      steps,
    )
    const query = { ...days, oldest: '2026-11-23', newest: '2026-11-23', format: 'zwo' } as const
    const [event] = await client.listEvents(query)
    expect([athlete?.ftp, event?.profile?.steps]).toEqual([
      250,
      [
        { kind: 'steady', durationS: 600, from: 0.8, to: 0.8, cadence: null },
        // 138 to 187 W.
        { kind: 'steady', durationS: 600, from: 0.65, to: 0.65, cadence: null },
        // 138 to 262 W.
        { kind: 'ramp', durationS: 600, from: 0.552, to: 1.048, cadence: null },
        { kind: 'free', durationS: 300, from: null, to: null, cadence: null },
      ],
    ])
  })

  test.each<[FaultAction, string, boolean, number]>([
    [{ kind: 'cut', at: 'beforeBody' }, 'outcome-unknown', true, 0],
    [{ kind: 'cut', at: 'afterStore' }, 'outcome-unknown', true, 1],
    [{ kind: 'cut', at: 'midReply' }, 'outcome-unknown', true, 1],
    [{ kind: 'truncatedJson' }, 'outcome-unknown', true, 1],
    [{ kind: 'gzipGarbage' }, 'outcome-unknown', true, 1],
    [{ kind: 'contentType', value: 'text/html' }, 'outcome-unknown', true, 1],
    [{ kind: 'status', status: 502, when: 'after' }, 'service-down', true, 1],
    [{ kind: 'status', status: 503, when: 'before' }, 'service-down', true, 0],
    [{ kind: 'status', status: 403 }, 'service-down', false, 0],
    [{ kind: 'status', status: 429, retryAfter: 'date:30' }, 'rate-limited', false, 0],
    [{ kind: 'status', status: 422, body: { error: 'No activities found' } }, 'refused-by-service', false, 0],
    [{ kind: 'redirect', location: 'https://elsewhere.test/' }, 'redirected', true, 0],
  ])('an upload that meets %j ends as %s', async (action, code, bodySent, stored) => {
    const { client, service } = await start()
    service.state.faults.add({ match: { method: 'POST' }, action })
    const error = outcomeOf(await failureOf(client.uploadActivity(ride)))
    expect({ code: error.code, bodySent: error.bodySent }).toEqual({ code, bodySent })
    const { client: later } = clientOf(service.url, {
      credential: () => Promise.resolve({ kind: 'apiKey', key: 'key-of-i200001' }),
    })
    expect(await later.listActivities(days)).toHaveLength(stored)
  })

  test('a reply in small pieces is read whole', async () => {
    const { client, service } = await start()
    service.state.faults.add({
      match: { method: 'POST' },
      action: { kind: 'slowBody', chunkBytes: 7, everyMs: 1 },
    })
    expect(await client.uploadActivity(ride)).toMatchObject({ kind: 'created' })
  })

  test('ten a second is what the service bears', async () => {
    const { service } = await start({ switches: { perSecond: 10, burst: 10 } })
    const { client } = clientOf(service.url, {
      perSecond: 10,
      credential: () => Promise.resolve({ kind: 'apiKey', key: 'key-of-i200001' }),
    })
    await Promise.all(Array.from({ length: 25 }, () => client.profile()))
    expect(service.state.requests.map(request => request.status)).toEqual(
      Array.from({ length: 25 }, () => 200),
    )
  })
})

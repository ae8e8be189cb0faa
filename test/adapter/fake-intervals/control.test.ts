import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import type { FakeIntervals } from '../../fake-intervals/server.ts'
import { ask, keyHeader, ride, startFake, upload } from './asking.ts'

const profile = '/api/v1/athlete/0/profile'
const control = async (fake: FakeIntervals, path: string, body: unknown = {}): Promise<unknown> =>
  (await ask(fake, 'POST', `/__fake/${path}`, { body, auth: '' })).body
const state = async (fake: FakeIntervals): Promise<unknown> =>
  (await ask(fake, 'GET', '/__fake/state', { auth: '' })).body

test('the state shows what is there and what was asked, and never a key', async () => {
  const fake = await startFake({ now: '2026-11-21T12:00:00Z' })
  fake.state.clock.freeze()
  await upload(fake, ride(), { query: '?external_id=musette-1' })
  await ask(fake, 'GET', profile, { auth: keyHeader('wrong-key') })
  const shown = await state(fake)
  expect(shown).toMatchObject({
    activities: [
      {
        id: 'i148200317',
        athleteId: 'i200001',
        externalId: 'musette-1',
        source: 'UPLOAD',
        startDate: '2026-11-20T06:31:00Z',
        type: 'VirtualRide',
        name: 'VirtualRide',
        deleted: false,
      },
    ],
    requests: [
      { method: 'POST', status: 201, athleteId: 'i200001', userAgent: 'Test/1.0', fileName: 'ride.fit' },
      { method: 'GET', path: profile, status: 401, athleteId: null, credential: null },
    ],
  })
  expect(JSON.stringify(shown)).not.toMatch(/key-of-|wrong-key|Basic/)
})

test('rules and switches come and go', async () => {
  const fake = await startFake()
  const rule = { match: { path: '/profile' }, action: { kind: 'status', status: 503 } }
  expect(await control(fake, 'faults', rule)).toEqual({ rules: 1 })
  expect(await control(fake, 'faults', { rules: [rule, rule], switches: { listLagMs: 30_000 } })).toEqual({
    rules: 3,
  })
  expect((await ask(fake, 'GET', profile)).status).toBe(503)
  await ask(fake, 'DELETE', '/__fake/faults')
  expect((await ask(fake, 'GET', profile)).status).toBe(200)
  expect(fake.state.faults.switches.listLagMs).toBe(0)
})

test.each([
  { match: {}, action: { kind: 'no-such-kind' } },
  { match: {}, action: { kind: 'status' } },
  { match: {}, action: { kind: 'cut', at: 'nowhere' } },
  { match: {}, action: { kind: 'redirect' } },
  { switches: { noSuchSwitch: true } },
  { switches: { listLagMs: 'long' } },
])('refuses the rule %j', async body => {
  expect(await control(await startFake(), 'faults', body)).toMatchObject({ status: 400 })
})

test('keys are added, swapped and revoked', async () => {
  const fake = await startFake()
  const status = async (key: string): Promise<number> =>
    (await ask(fake, 'GET', profile, { auth: keyHeader(key) })).status
  await control(fake, 'keys', { add: { key: 'second', athleteId: 'i200001' } })
  expect([await status('second'), await status('key-of-i200001')]).toEqual([200, 200])
  await control(fake, 'keys', { swap: { from: 'second', to: 'third' } })
  expect([await status('second'), await status('third')]).toEqual([401, 200])
  expect(await control(fake, 'keys', { revoke: 'third' })).toEqual({ revoked: true })
  expect(await status('third')).toBe(401)
})

test('the clock is set, moved and stopped', async () => {
  const fake = await startFake()
  await control(fake, 'clock', { freeze: true })
  await control(fake, 'clock', { now: '2026-11-21T12:00:00Z' })
  expect(await control(fake, 'clock', { advanceMs: 30_000 })).toEqual({
    now: '2026-11-21T12:00:30.000+00:00',
  })
})

test('events are replaced, added, changed and removed', async () => {
  const fake = await startFake()
  const event = (name: string): unknown => ({
    start_date_local: '2026-11-24T00:00:00',
    name,
    description: '- 10m 50%',
  })
  const names = (): unknown => fake.state.events.map(one => one.fields['name'])
  await control(fake, 'events', { add: [event('a'), event('b')] })
  const { ids } = (await control(fake, 'events', { add: [event('c')] })) as { ids: number[] }
  await control(fake, 'events', {
    update: { id: ids[0], name: 'd', steps: [{ kind: 'freeride', seconds: 60 }] },
  })
  expect([names(), fake.state.events[2]?.steps]).toEqual([
    ['a', 'b', 'd'],
    [{ kind: 'freeride', seconds: 60 }],
  ])
  await control(fake, 'events', { remove: ids })
  expect(names()).toEqual(['a', 'b'])
  await control(fake, 'events', { replace: [event('e')] })
  expect(names()).toEqual(['e'])
})

test('an activity of another app and a week of events are put there', async () => {
  const fake = await startFake()
  const seed = { start: '2026-11-20T06:31:00Z', source: 'GARMIN_CONNECT', externalId: '123', elapsedS: 600 }
  const { id } = (await control(fake, 'activities', seed)) as { id: string }
  expect((await ask(fake, 'GET', `/api/v1/activity/${id}`)).body).toMatchObject({
    source: 'GARMIN_CONNECT',
    external_id: '123',
    start_date_local: '2026-11-20T07:31:00',
    elapsed_time: 600,
  })
  expect((await control(fake, 'week', { from: '2026-11-23' })) as { ids: number[] }).toMatchObject({
    ids: expect.any(Array) as unknown,
  })
  expect(fake.state.events).toHaveLength(11)
})

test('reset leaves the accounts alone', async () => {
  const fake = await startFake()
  await upload(fake, ride())
  await control(fake, 'athletes', { id: 'i200001', status: 'DORMANT' })
  await control(fake, 'reset')
  expect(await state(fake)).toMatchObject({ activities: [], requests: [], events: [] })
  expect(fake.state.athletes.get('i200001')).toMatchObject({ name: 'Sample Athlete', status: 'DORMANT' })
  expect((await ask(fake, 'GET', profile)).status).toBe(200)
})

test('comes back after it was closed with what it had', async () => {
  const fake = await startFake()
  await upload(fake, ride())
  await fake.close()
  await expect(ask(fake, 'GET', profile)).rejects.toThrow()
  const again = await startFake({ state: fake.state })
  expect((await upload(again, ride())).status).toBe(200)
})

test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
  'as a program it ends cleanly on %s',
  async signal => {
    const child = spawn(process.execPath, ['test/fake-intervals/main.ts', '--week', 'today'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines: string[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line)
      if (lines.length < 3) continue
      const url = /http:\/\/127\.0\.0\.1:\d+$/.exec(lines[0] ?? '')?.[0] ?? ''
      const headers = { 'User-Agent': 'Test/1.0', Authorization: keyHeader('key-of-i200002') }
      const reply = await fetch(`${url}/api/v1/athlete/0/events`, { headers })
      expect([reply.status, ((await reply.json()) as unknown[]).length]).toEqual([200, 11])
      child.kill(signal)
    }
    const [code] =
      child.exitCode === null ? ((await once(child, 'exit')) as [number | null]) : [child.exitCode]
    expect(code).toBe(0)
    expect(lines).toEqual([
      expect.stringMatching(/^fake Intervals\.icu listening on http:\/\/127\.0\.0\.1:\d+$/),
      '  i200001 (Sample Athlete): key-of-i200001',
      '  i200002 (Other Athlete): key-of-i200002',
    ])
  },
)

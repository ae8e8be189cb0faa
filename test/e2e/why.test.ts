import { existsSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endWorlds, makeWorld, type World } from './helpers/home.ts'
import { put, ride, sha256 } from './helpers/rides.ts'
import { activities } from './helpers/service-log.ts'

afterAll(endWorlds)

const cutOff = (number: number): Uint8Array => ride(number).subarray(0, 700)

function age(path: string, days: number): string {
  const at = new Date(Date.now() - days * 86_400_000)
  utimesSync(path, at, at)
  return path
}

const refusal = { kind: 'status', status: 422, body: { status: 422, error: 'No such sport' } } as const
const outage = { kind: 'status', status: 503, retryAfter: 7200 } as const

/** A home in which one file is in each state that lasts. */
async function oneOfEach(): Promise<World> {
  const world = await makeWorld()
  const { source, service } = world
  put(source, 'tooOld.fit', ride(1, { startTime: '2025-05-05T05:05:05Z' }))
  put(source, 'rejected.fit', ride(2))
  await world.addSource(source, '--backfill', '2026-01-01')
  service.state.faults.add({ match: { method: 'POST' }, action: refusal })
  await world.sync()

  put(source, 'waiting.fit', cutOff(3))
  put(source, 'notActivity.fit', ride(4, { type: 'workout' }))
  age(put(source, 'held.fit', cutOff(5)), 2)
  age(put(source, 'ignored.fit', cutOff(6)), 2)
  put(source, 'uploaded.fit', ride(7))
  const known = ride(8)
  const startMs = Date.UTC(2026, 2, 1, 22)
  service.state.seedActivity({ athleteId: 'i200001', startMs, sha256: sha256(known), source: 'WAHOO' })
  put(source, 'alreadyThere.fit', known)
  await world.sync()
  await world.musette('ignore', join(source, 'ignored.fit'))

  put(source, 'retrying.fit', ride(9))
  service.state.faults.add({ match: { method: 'POST' }, action: outage })
  await world.sync()
  await world.stopService()
  put(source, 'queued.fit', ride(10))
  await world.sync()
  return world
}

describe('why', () => {
  let world: World
  const path = (name: string): string => join(world.source, name)
  beforeAll(async () => {
    world = await oneOfEach()
  })

  test.each([
    ['waiting', 'unfinished', /^Not finished: no change for \d+ min \(.+\)\.$/],
    ['notActivity', 'not-activity', /^Not a ride: a planned workout\b.*\.$/],
    ['tooOld', 'before-baseline', /^It was here before this folder was added, .+\.$/],
    ['held', 'damaged', /^Damaged: .+ sent by "musette upload FILE --anyway"\.$/],
    [
      'queued',
      // The service asked for two hours; the profile that begins a sync goes out all the same, and finds nobody.
      'offline',
      /^No connection\. Kept safe in the archive\. Next try in .+\.$/,
    ],
    ['uploaded', 'sent', /^Sent to Intervals\.icu\.$/],
    ['alreadyThere', 'had-it-already', /^Already there, from Wahoo\.$/],
    ['rejected', 'refused', /^Intervals\.icu refused it: .*No such sport.*\.$/],
    ['retrying', 'service-down', /^Intervals\.icu does not answer .+ Next try in .+\.$/],
    ['ignored', 'ignored-by-you', /^Ignored, as you asked\. .+$/],
  ])('tells the story of a file that is %s, in words and as JSON', async (state, code, sentence) => {
    const file = path(`${state}.fit`)
    const story = await world.why(file)
    expect(story).toMatchObject({ path: file, state })
    expect(story.reasonCode).toMatch(new RegExp(`^(?:${code})$`))
    expect(story.reason).toMatch(sentence)
    expect(story.history.at(-1)).toMatchObject({ state })

    const text = await world.musette('why', file)
    expect(text).toMatchObject({ code: 0, stderr: '' })
    expect(text.stdout.split('\n')).toEqual(
      expect.arrayContaining([file, expect.stringMatching(`^  ${state}: `)]),
    )
  })

  test('says when the service’s own wait is over, for the ride it hit and for the queue behind it', async () => {
    const inHours = (at: string | null): number => (Date.parse(at ?? '') - Date.now()) / 3_600_000
    for (const next of [
      (await world.why(path('retrying.fit'))).nextAttemptAt,
      (await world.why(path('queued.fit'))).nextAttemptAt,
      (await world.status()).nextAttemptAt,
    ]) {
      expect(inHours(next)).toBeGreaterThan(1.5)
      expect(inHours(next)).toBeLessThanOrEqual(2)
    }
  })

  test('names a recording by the digits of its hash, and a file by a relative path', async () => {
    const digits = sha256(ride(7)).slice(0, 8)
    expect((await world.why(digits)).path).toBe(path('uploaded.fit'))
    expect((await world.why(sha256(ride(7)).toUpperCase())).path).toBe(path('uploaded.fit'))
    const there = await world.with({ cwd: world.source }).musette('why', 'uploaded.fit')
    expect(there).toMatchObject({ code: 0, stdout: expect.stringContaining(path('uploaded.fit')) as unknown })
  })

  test.each([['nowhere.fit'], ['deadbeef00'], ['abc']])(
    'knows no %s: exit code 2 and nothing printed',
    async name => {
      for (const words of [
        ['why', name],
        ['why', name, '--json'],
        ['retry', name],
        ['ignore', name],
        ['upload', name, '--anyway'],
      ]) {
        const end = await world.musette(...words)
        expect(end).toMatchObject({ code: 2, stdout: '' })
        expect(end.stderr).toContain(name)
      }
    },
  )

  test('every entry has all its keys', async () => {
    const story = await world.why(path('uploaded.fit'))
    expect(story).toEqual({
      path: path('uploaded.fit'),
      state: 'uploaded',
      reason: 'Sent to Intervals.icu.',
      reasonCode: 'sent',
      bytes: ride(7).length,
      sha256: sha256(ride(7)),
      startTime: '2026-03-01T20:00:00.000Z',
      sport: 'cycling',
      source: expect.any(String) as unknown,
      externalId: `musette-${sha256(ride(7)).slice(0, 32)}`,
      activityIds: [expect.stringMatching(/^i\d+$/)],
      sameAs: [],
      formerPaths: [],
      entries: null,
      nextAttemptAt: null,
      earlier: [],
      history: expect.arrayContaining([
        { at: expect.any(String) as unknown, state: 'uploaded', reason: 'Sent to Intervals.icu.' },
      ]) as unknown,
    })
  })

  test('retry, ignore and upload --anyway act', async () => {
    await world.startService()
    const there = (): number => activities(world.service).length
    const before = there()
    const says = async (...words: readonly string[]) => (await world.musette(...words)).code
    expect(await says('retry', path('rejected.fit'))).toBe(0)
    expect(await says('upload', path('tooOld.fit'), '--anyway')).toBe(0)
    expect(await says('upload', path('held.fit'), '--anyway')).toBe(0)
    expect(await says('ignore', path('queued.fit'))).toBe(0)
    expect(await says('retry', path('ignored.fit'))).toBe(0)
    // What Musette sent is not taken back or sent again by these.
    expect(await says('ignore', path('uploaded.fit'))).toBe(0)
    expect(await says('retry', path('alreadyThere.fit'))).toBe(0)
    expect((await world.why(path('queued.fit'))).state).toBe('ignored')
    // The service's wait of two hours is obeyed by whatever is asked for.
    await world.sync()
    expect(there()).toBe(before)
    expect((await world.why(path('rejected.fit'))).state).toBe('queued')
    expect((await world.why(path('ignored.fit'))).state).toBe('held')
    expect((await world.why(path('uploaded.fit'))).state).toBe('uploaded')
    expect((await world.why(path('alreadyThere.fit'))).state).toBe('alreadyThere')
  })
})

test('upload --anyway sends a damaged, an old and a refused ride with the next sync', async () => {
  const world = await makeWorld()
  const old = put(world.source, 'old.fit', ride(1))
  const damaged = age(put(world.source, 'damaged.fit', cutOff(2)), 2)
  await world.addSource()
  const refused = put(world.source, 'refused.fit', ride(3))
  world.service.state.faults.add({ match: { method: 'POST' }, action: refusal })
  expect(await world.sync()).toMatchObject({ code: 1, report: { rejected: 1, held: 1, tooOld: 1 } })
  for (const file of [old, damaged, refused]) await world.musette('upload', file, '--anyway')
  expect(await world.sync()).toMatchObject({
    code: 0,
    report: { uploaded: 3, rejected: 0, held: 0, tooOld: 0, errors: [] },
  })
  expect(
    activities(world.service)
      .map(one => one.fileName)
      .sort(),
  ).toEqual(['damaged.fit', 'old.fit', 'refused.fit'])
})

test('a ride whose file was overwritten is told by its archived copy, and by the path it had', async () => {
  const world = await makeWorld()
  const { source, service } = world
  await world.addSource()
  service.state.faults.add({ match: { method: 'POST' }, action: refusal })
  const path = put(source, 'MyNewActivity-5.0.fit', ride(1))
  expect((await world.sync()).code).toBe(1)
  put(source, 'MyNewActivity-5.0.fit', ride(2))
  // The ride that was refused still waits for a word, though its file holds another now.
  expect(await world.sync()).toMatchObject({ code: 1, report: { uploaded: 1, rejected: 1 } })
  const [files, story, text] = await Promise.all([world.files(), world.why(path), world.musette('why', path)])
  const copy = files.find(entry => entry.sha256 === sha256(ride(1)))?.path ?? ''
  expect(files).toMatchObject([
    { path, state: 'uploaded', formerPaths: [] },
    { path: copy, state: 'rejected', formerPaths: [path], reasonCode: 'refused' },
  ])
  expect(existsSync(copy)).toBe(true)
  expect(story).toMatchObject({ path, state: 'uploaded', earlier: [{ path: copy, state: 'rejected' }] })
  expect(text.stdout).toContain(`  held before: ${copy}  rejected: Intervals.icu refused it`)

  expect((await world.musette('ignore', copy)).code).toBe(0)
  const [status, told] = await Promise.all([world.status(), world.musette('files')])
  expect(status).toMatchObject({ state: 'idle', counts: { uploaded: 1, ignored: 1, rejected: 0 } })
  expect(told.stdout).toMatch(
    /^ignored {6}.+\.fit\.gz {2}Ignored, as you asked\..+ Was in .+MyNewActivity-5\.0\.fit\.$/m,
  )
})

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launcherNodes } from '../helpers/launcher-project.ts'
import { quietReport } from './helpers/cli.ts'
import { endWorlds, makeWorld, type World } from './helpers/home.ts'
import { put, ride } from './helpers/rides.ts'
import { asked } from './helpers/service-log.ts'

const { version } = createRequire(import.meta.url)('../../package.json') as { readonly version: string }
const refusal = { kind: 'status', status: 422, body: { status: 422, error: 'Bad file' } } as const
const some: unknown = expect.any(String)

describe('words', () => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld()
  })
  afterAll(endWorlds)

  test.concurrent.each([[['help']], [['--help']], [['-h']], [[]], [['sync', '--help']]])(
    '%j prints the help',
    async words => {
      const end = await world.musette(...words)
      expect(end).toMatchObject({ code: 0, stderr: '' })
      for (const command of [
        'account connect',
        'source add',
        'trainer add',
        'sync',
        'run',
        'why FILE',
        'doctor',
      ])
        expect(end.stdout).toContain(command)
    },
  )

  test.concurrent.each([['version'], ['--version'], ['-v']])('%s prints the version alone', async word => {
    expect(await world.musette(word)).toEqual({ code: 0, signal: null, stdout: `${version}\n`, stderr: '' })
  })

  test.concurrent.each([
    [['fly']],
    [['source']],
    [['source', 'add']],
    [['source', 'add', 'a', 'b']],
    [['source', 'add', '.', '--backfill', 'soon']],
    [['source', 'add', '.', '--backfill', '2026-02-30']],
    [['source', 'add', '']],
    [['trainer', 'add', '.']],
    [['trainer', 'add', '.', '--format', 'tcx']],
    [['trainer', 'add', '.', '--format', 'zwo', '--days', '29']],
    [['trainer', 'add', '.', '--format', 'zwo', '--days', '-1']],
    [['trainer', 'add', '.', '--format', 'zwo', '--sports', 'Ride,,Run']],
    [['account']],
    [['account', 'connect']],
    [['account', 'connect', '--api-key', 'a-key-in-the-open']],
    [['sync', 'now']],
    [['sync', '--fast']],
    [['files', '--state', 'lost']],
    [['why']],
    [['upload', 'a.fit']],
    [['source', 'remove', 'nobody']],
    [['source', 'pause', 'nobody']],
    [['source', 'resume', 'nobody']],
    [['trainer', 'remove', 'nobody']],
    [['diagnostics']],
  ])('%j ends with 2, a sentence, and nothing on standard output', async words => {
    const end = await world.musette(...words)
    expect(end).toMatchObject({ code: 2, stdout: '' })
    expect(end.stderr).toMatch(/^\S.{10,}\n$/)
    expect(end.stderr).not.toContain('    at ')
    expect(end.stderr).not.toContain('a-key-in-the-open')
  })
})

describe('exit codes', () => {
  afterAll(endWorlds)

  test.concurrent('an empty home syncs, asks whose key it is, and ends with 0', async () => {
    const world = await makeWorld()
    expect(await world.sync()).toEqual({ code: 0, report: quietReport })
    expect(asked(world.service)).toEqual(['profile'])
    expect(await world.musette('sync')).toEqual({
      ...{ code: 0, signal: null, stderr: '' },
      stdout: 'Rides: nothing new.\nWorkouts: 0 written, 0 removed, 0 unchanged.\n',
    })
  })

  test.concurrent.each(launcherNodes().map(node => [node.name, node.path]))(
    'one sync on %s',
    async (_name, node) => {
      const world = await makeWorld()
      put(world.source, 'a.fit', ride(1))
      const on = world.with({ node })
      expect((await on.musette('source', 'add', world.source, '--backfill', 'all')).code).toBe(0)
      expect(await on.sync()).toEqual({ code: 0, report: { ...quietReport, uploaded: 1 } })
    },
  )

  test.concurrent('readers of a home that nobody has used make none', async () => {
    const world = await makeWorld()
    const empty = { ...quietReport, uploading: 0, uploaded: 0, alreadyThere: 0 }
    for (const list of [['source', 'list'], ['trainer', 'list'], ['files']])
      expect(await world.musette(...list, '--json')).toMatchObject({ code: 0, stdout: '[]\n', stderr: '' })
    const { counts, ...status } = await world.status()
    expect(status).toEqual({
      ...{ version, home: world.home, account: null, state: 'signedOut', sources: [], trainers: [] },
      ...{ lastSyncAt: null, nextAttemptAt: null, errors: [] },
    })
    expect(Object.values(counts)).toEqual(Object.keys(counts).map(() => 0))
    expect(Object.keys(empty)).toEqual(expect.arrayContaining(Object.keys(counts)))
    expect((await world.musette('why', 'a.fit')).code).toBe(2)
    expect(existsSync(world.home)).toBe(false)
  })

  test.concurrent('2: folders that may not be sources', async () => {
    const world = await makeWorld()
    const inside = world.folder('Rides/2026')
    const add = async (folder: string) => (await world.musette('source', 'add', folder)).code
    expect(await add(join(world.root, 'nowhere'))).toBe(2)
    expect(await add(put(world.root, 'file.fit', ride(1)))).toBe(2)
    expect(await add(world.root)).toBe(2)
    mkdirSync(join(world.home, 'deep'), { recursive: true })
    expect(await add(join(world.home, 'deep'))).toBe(2)
    expect(await add(inside)).toBe(0)
    expect(await add(inside)).toBe(2)
    expect(await add(world.source)).toBe(2)
    const trainer = await world.musette('trainer', 'add', join(world.root, 'no'), '--format', 'zwo')
    expect(trainer).toMatchObject({ code: 2, stdout: '' })
  })

  test.concurrent('2: a source folder that has gone, with everything else done', async () => {
    const world = await makeWorld()
    const gone = world.folder('Stick')
    await world.addSource(gone)
    await world.addSource()
    put(world.source, 'a.fit', ride(1))
    rmSync(gone, { recursive: true })
    expect(await world.sync()).toMatchObject({
      code: 2,
      report: { uploaded: 1, errors: [{ code: 'folder-missing', file: gone }] },
    })
  })

  test.concurrent.each([
    [{ MUSETTE_API_URL: 'http://192.0.2.1' }],
    [{ MUSETTE_API_URL: 'http://localhost.example.org' }],
    [{ MUSETTE_API_URL: 'ftp://127.0.0.1' }],
    [{ MUSETTE_API_URL: 'no address' }],
    [{ MUSETTE_LIMITS: '10' }],
    [{ MUSETTE_LIMITS: '1,2,x' }],
    [{ MUSETTE_API_KEY: 'a key' }],
    [{ MUSETTE_API_KEY: 'i123456' }],
  ])('2: settings such as %j', async env => {
    const world = await makeWorld()
    const end = await world.with({ env }).musette('sync', '--json')
    expect(end.code).toBe(2)
    expect(JSON.parse(end.stdout)).toEqual({
      ...quietReport,
      errors: [{ code: 'bad-usage', message: some, file: null }],
    })
    expect(existsSync(world.home)).toBe(false)
  })

  test.concurrent('3: a key that was revoked, and none at all; rides are archived all the same', async () => {
    const world = await makeWorld({ service: { athletes: [{ id: 'i200001', keys: [] }] } })
    put(world.source, 'a.fit', ride(1))
    await world.addSource(world.source, '--backfill', 'all')
    const wanted = { ...quietReport, queued: 1, errors: [{ code: 'signed-out', message: some, file: null }] }
    expect(await world.sync()).toEqual({ code: 3, report: wanted })
    const keyless = await makeWorld({ key: null })
    const end = await keyless.musette('sync')
    expect(end).toMatchObject({ code: 3, stderr: expect.stringContaining('account connect') as unknown })
  })

  test.concurrent('4: nobody listens there; it does not wait for a network that is not there', async () => {
    const world = await makeWorld()
    put(world.source, 'a.fit', ride(1))
    await world.addSource(world.source, '--backfill', 'all')
    await world.stopService()
    const startedAt = performance.now()
    const wanted = { ...quietReport, queued: 1, errors: [{ code: 'offline', message: some, file: null }] }
    expect(await world.sync()).toEqual({ code: 4, report: wanted })
    // Not a measurement: it must end by itself and not by the 60 s that a sync may wait in place.
    expect(performance.now() - startedAt).toBeLessThan(40_000)
  })

  test.concurrent('1: rejected, held, to be tried again; 0: waiting alone', async () => {
    const world = await makeWorld()
    await world.addSource()
    const { faults } = world.service.state
    put(world.source, 'waiting.fit', ride(1).subarray(0, 600))
    expect(await world.sync()).toEqual({ code: 0, report: { ...quietReport, waiting: 1 } })
    faults.add({ match: { method: 'POST' }, action: refusal })
    put(world.source, 'refused.fit', ride(2))
    expect(await world.sync()).toEqual({ code: 1, report: { ...quietReport, waiting: 1, rejected: 1 } })
    faults.add({ match: { method: 'POST' }, action: { kind: 'status', status: 503, retryAfter: 900 } })
    put(world.source, 'later.fit', ride(3))
    const later = await world.sync()
    expect(later.report).toMatchObject({ waiting: 1, rejected: 1, retrying: 1 })
    // The outage itself comes before what it leaves behind.
    expect([1, 4]).toContain(later.code)
  })
})

describe('what is printed', () => {
  afterAll(endWorlds)

  test.concurrent('add prints the id alone; the lists tell what was added', async () => {
    const world = await makeWorld({ key: null })
    await world.stopService()
    const rides = await world.musette(
      'source',
      'add',
      world.source,
      '--name',
      'My rides',
      '--backfill',
      '2026-01-01',
    )
    expect(rides).toMatchObject({ code: 0, stderr: '' })
    expect(rides.stdout).toMatch(/^\S+\n$/)
    const zwift = world.folder('Zwift')
    const words = ['--format', 'zwo', '--days', '3', '--sports', 'Ride,VirtualRide', '--name', 'Zwift']
    const trainer = await world.musette('trainer', 'add', zwift, ...words)
    expect(trainer.stdout).toMatch(/^\S+\n$/)
    const lists = async (kind: string): Promise<unknown> =>
      JSON.parse((await world.musette(kind, 'list', '--json')).stdout)
    const id = rides.stdout.trim()
    const source = {
      ...{ id, name: 'My rides', folder: world.source, isPaused: false, backfill: some },
      ...{ health: 'empty', files: 0 },
    }
    const target = {
      ...{ id: trainer.stdout.trim(), name: 'Zwift', folder: zwift, format: 'zwo', days: 3 },
      ...{
        sports: ['Ride', 'VirtualRide'],
        kind: 'library',
        isPaused: false,
        health: 'watching',
        workouts: 0,
      },
    }
    expect(await lists('source')).toEqual([source])
    expect(await lists('trainer')).toEqual([target])
    expect(await world.status()).toMatchObject({ sources: [source], trainers: [target] })
    expect((await world.musette('source', 'list')).stdout).toContain(id)

    expect((await world.musette('source', 'pause', id)).code).toBe(0)
    expect(await lists('source')).toMatchObject([{ isPaused: true }])
    expect((await world.musette('source', 'resume', id)).code).toBe(0)
    expect(await lists('source')).toMatchObject([{ isPaused: false }])
    expect((await world.musette('source', 'remove', id)).code).toBe(0)
    expect(await lists('source')).toEqual([])
    expect((await world.musette('trainer', 'remove', target.id)).code).toBe(0)
    expect(await lists('trainer')).toEqual([])
  })

  test.concurrent(
    'files takes one state; a paused source is neither scanned nor sent; no colours',
    async () => {
      const world = await makeWorld()
      put(world.source, 'old.fit', ride(1))
      const id = await world.addSource(join(world.root, 'home', '..', 'Rides'))
      put(world.source, 'new.fit', ride(2))
      writeFileSync(join(world.source, 'Thumbs.db'), '')
      await world.sync()
      const some = await world.musette('files', '--state', 'tooOld', '--json')
      expect(JSON.parse(some.stdout)).toMatchObject([{ path: join(world.source, 'old.fit'), source: id }])
      const text = await world.with({ env: { FORCE_COLOR: '0' } }).musette('files')
      expect(text.stdout.split('\n')).toHaveLength(3)
      expect(text.stdout).not.toContain('\u001b')
      await world.musette('source', 'pause', id)
      put(world.source, 'later.fit', ride(3))
      expect(await world.sync()).toEqual({ code: 0, report: { ...quietReport, tooOld: 1 } })
    },
  )
})

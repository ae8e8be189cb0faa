import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterEach, describe, expect, test } from 'vitest'
import { put, ride } from '../../e2e/helpers/rides.ts'
import { until } from '../../e2e/helpers/until.ts'
import { closeWorlds, windowWorld, type WindowWorld } from './window-world.ts'

afterEach(closeWorlds)

const filter = { text: '', states: [], sourceId: null, sport: null, from: null, to: null }
const everything = { ...filter, offset: 0, limit: 100 }

async function withSource(world: WindowWorld): Promise<string> {
  return world.get('addSource', { folder: world.rides, name: null, backfill: { kind: 'days', days: 30 } })
}

/** A world in which one ride has gone up. */
async function withSentRide(): Promise<{ readonly world: WindowWorld; readonly fileId: number }> {
  const world = await windowWorld()
  await withSource(world)
  put(world.rides, 'a.fit', ride(1))
  await world.get('syncNow')
  await world.untilSnapshot(snapshot => snapshot.counts.uploaded === 1, 'the ride')
  const { rows } = await world.get('listFiles', everything)
  return { world, fileId: rows[0]?.fileId ?? -1 }
}

test('a ride that is put into a folder goes up, and the window is told on the way', async () => {
  const { world, fileId } = await withSentRide()
  const snapshot = await world.get('getSnapshot')
  expect(snapshot).toMatchObject({
    ...{ run: 'this start', home: world.home, startup: { kind: 'off' }, host: { kind: 'desktop' } },
    account: { kind: 'connected', id: 'i200001', key: 'environment' },
    lastRides: [{ fileId, name: 'a.fit', state: 'uploaded' }],
  })
  const revisions = world.events.flatMap(event =>
    event.kind === 'snapshot' ? [event.snapshot.revision] : [],
  )
  expect(revisions.length).toBeGreaterThan(1)
  expect(revisions).toEqual(revisions.map((_, place) => place + 1))
  expect(await world.get('getFileStory', fileId)).toMatchObject({ path: join(world.rides, 'a.fit') })
  await world.get('showFile', fileId)
  expect(world.shown).toEqual([join(world.rides, 'a.fit')])
  expect(await world.get('actOnFiles', 'retry', { kind: 'ids', ids: [fileId] })).toMatchObject({ failed: [] })
  rmSync(join(world.rides, 'a.fit'))
  await world.get('syncNow')
  await until(async () => !(await world.get('getFileStory', fileId)).isPresent, 'the file to be missed')
  expect(await world.ask('showFile', fileId)).toMatchObject({
    ...{ kind: 'failed', error: { code: 'missing', file: join(world.rides, 'a.fit') } },
  })
  expect(world.logged).toEqual([])
})

test('folders are added, changed, shown and removed by id', async () => {
  const world = await windowWorld()
  const source = await withSource(world)
  const trainer = await world.get('addTrainer', {
    ...{ folder: world.trainer, name: 'Zwift', format: 'zwo', days: 3, sports: ['Ride'] },
  })
  await world.get('changeSource', source, { name: 'Edge', isPaused: true, sameRide: 'ask' })
  await world.get('changeTrainer', trainer, { days: 5 })
  await world.untilSnapshot(({ sources, trainers }) => {
    const [first] = sources
    return first?.name === 'Edge' && first.isPaused && first.sameRide === 'ask' && trainers[0]?.days === 5
  }, 'the changes')
  await world.get('showFolder', source)
  await world.get('showFolder', trainer)
  expect(world.shown).toEqual([world.rides, world.trainer])
  await world.get('removeSource', source)
  await world.get('removeTrainer', trainer)
  await world.untilSnapshot(
    ({ sources, trainers }) => sources.length + trainers.length === 0,
    'the end of both',
  )
  expect(await world.ask('showFolder', source)).toMatchObject({ error: { code: 'unknown-item' } })
  expect(await world.get('chooseFolder', 'trainer')).toBe('/chosen')
})

test('pausing turns into an instant, and syncing now ends it', async () => {
  const world = await windowWorld()
  const before = Date.now()
  await world.get('pause', 'hour')
  const paused = await world.untilSnapshot(({ pause }) => pause.kind === 'until', 'the pause')
  const at = paused.pause.kind === 'until' ? Date.parse(paused.pause.at) : 0
  expect(at - before).toBeGreaterThanOrEqual(3_600_000)
  await world.get('pause', 'untilResumed')
  await world.untilSnapshot(({ pause }) => pause.kind === 'untilResumed', 'the longer pause')
  await world.get('syncNow')
  await world.untilSnapshot(({ pause }) => pause.kind === 'none', 'the end of it')
  await world.get('pause', 'tomorrow')
  await world.untilSnapshot(({ pause }) => pause.kind === 'until', 'the third')
  await world.get('resume')
  await world.untilSnapshot(({ pause }) => pause.kind === 'none', 'its end')
})

test('settings, start at login and the places outside', async () => {
  const world = await windowWorld()
  await world.get('changePreferences', { theme: 'dark', isFirstRunDone: true })
  await world.get('changeKeepFree', { bytes: 5, percent: 1 })
  expect(await world.get('setStartAtLogin', true)).toEqual({ kind: 'on' })
  const snapshot = await world.untilSnapshot(
    ({ preferences, startup }) => preferences.isFirstRunDone && startup?.kind === 'on',
    'the settings',
  )
  expect(snapshot).toMatchObject({ preferences: { theme: 'dark' }, keepFree: { bytes: 5, percent: 1 } })
  await world.get('openSystemPage', 'logFolder')
  await world.get('quit')
  expect(world.shown).toEqual([
    'login true',
    `logFolder ${join(world.home, 'profiles/default/logs')}`,
    'quit',
  ])
  world.service.show('activities', 3)
  expect(world.events.at(-1)).toEqual({ kind: 'show', page: 'activities', fileId: 3 })
})

test('what the host notices of itself is read anew', async () => {
  let startup: 'off' | 'on' = 'off'
  const world = await windowWorld({ shell: { startup: () => Promise.resolve({ kind: startup }) } })
  startup = 'on'
  world.service.refresh()
  await world.untilSnapshot(snapshot => snapshot.startup?.kind === 'on', 'the entry')
})

test('help: findings, the log and the bundle, none with the key or a name', async () => {
  const { world } = await withSentRide()
  const findings = await world.get('examine')
  expect(findings.map(finding => finding.subject)).toEqual(
    expect.arrayContaining(['settings', 'records', 'service', 'account', 'disk']),
  )
  const lines = await world.get('readLog', 5)
  expect(lines.length).toBeLessThanOrEqual(5)
  expect(lines.map(line => line.at)).toEqual(
    lines
      .map(line => line.at)
      .toSorted()
      .toReversed(),
  )
  const saved = await world.get('saveDiagnostics')
  expect(saved).toMatchObject({
    kind: 'handedOver',
    name: expect.stringMatching(/^musette-diagnostics-\d{4}-\d\d-\d\d\.zip$/) as unknown,
  })
  const zip = saved.kind === 'handedOver' ? Buffer.from(saved.base64, 'base64') : Buffer.alloc(0)
  const parts = Object.entries(unzipSync(zip)).map(([name, bytes]) => [
    name,
    Buffer.from(bytes).toString('utf8'),
  ])
  expect(parts.map(([name]) => name)).toEqual(
    expect.arrayContaining(['status.json', 'doctor.json', 'musette.log']),
  )
  const all = JSON.stringify([findings, lines, parts])
  expect(all).not.toContain('key-of-i200001')
  // A placeholder is made of hexadecimal digits, and one may end in an "a".
  expect(JSON.stringify(parts)).not.toMatch(/(?<![0-9a-f])a\.fit/)
})

test('workouts and folders of known programs are asked of the engine', async () => {
  const world = await windowWorld()
  expect((await world.get('listWorkouts')).workouts).toEqual([])
  expect(await world.ask('discoverFolders')).toMatchObject({ kind: 'ok' })
  expect(await world.ask('previewFolder', world.rides)).toMatchObject({ kind: 'ok', value: { rides: 0 } })
})

describe('what can not be done is told in words', () => {
  test('a wrong key, a key that is none, and a key of the environment', async () => {
    const world = await windowWorld({ apiKey: null })
    expect(await world.ask('connect', 'wrong-key-000')).toMatchObject({ error: { code: 'key-unknown' } })
    expect(await world.ask('connect', 'two words')).toMatchObject({
      error: { code: 'bad-usage', recovery: 'sign-in' },
    })
    await world.fake.close()
    expect(await world.ask('connect', 'wrong-key-000')).toMatchObject({ error: { code: 'offline' } })
    const given = await windowWorld()
    for (const failed of [await given.ask('connect', 'another-key-1'), await given.ask('disconnect')]) {
      expect(failed).toMatchObject({
        error: { code: 'bad-usage', message: expect.stringContaining('environment') as unknown },
      })
    }
    expect(JSON.stringify([world.logged, given.logged])).toBe('[[],[]]')
  })

  test('unknown ids', async () => {
    const world = await windowWorld()
    const failures = [
      await world.ask('getFileStory', 99),
      await world.ask('showFile', 99),
      await world.ask('showFolder', '../../etc'),
      await world.ask('changeSource', 's9', { isPaused: true }),
      await world.ask('removeSource', 's9'),
      await world.ask('changeTrainer', 't9', { days: 1 }),
      await world.ask('removeTrainer', 't9'),
    ]
    expect(failures.map(failed => (failed.kind === 'failed' ? failed.error.code : 'ok'))).toEqual(
      failures.map(() => 'unknown-item'),
    )
    expect(world.shown).toEqual([])
  })

  test('folders that are missing, refused, or no whole path', async () => {
    const world = await windowWorld()
    const add = (folder: string) => world.ask('addSource', { folder, name: null, backfill: { kind: 'none' } })
    expect(await add(join(world.root, 'nowhere'))).toMatchObject({ error: { code: 'folder-refused' } })
    expect(await add(world.root)).toMatchObject({ error: { code: 'folder-refused' } })
    for (const text of ['', '  ', 'Rides', './Rides', '/a\0b']) {
      expect(await add(text)).toMatchObject({ error: { code: 'bad-usage' } })
      expect(await world.ask('previewFolder', text)).toMatchObject({ error: { code: 'bad-usage' } })
    }
    expect(await add(` ${world.rides} `)).toMatchObject({ kind: 'ok' })
  })

  test('what this host lacks', async () => {
    const world = await windowWorld()
    const bare = await windowWorld({
      shell: {
        abilities: {
          ...world.service.current.host,
          ...{ canChooseFolder: false, canShowInFolder: false, canStartAtLogin: false, canQuit: false },
        },
      },
    })
    for (const failed of [
      await bare.ask('chooseFolder', 'source'),
      await bare.ask('showFolder', 's1'),
      await bare.ask('showFile', 1),
      await bare.ask('setStartAtLogin', true),
      await bare.ask('quit'),
    ]) {
      expect(failed).toMatchObject({ kind: 'failed', error: { code: 'bad-usage' } })
    }
    expect(bare.shown).toEqual([])
  })

  test('malformed requests reach no handler', async () => {
    const world = await windowWorld()
    const asked: readonly (readonly [string, unknown])[] = [
      ['nothing', []],
      ['constructor', []],
      ['__proto__', []],
      ['pause', ['forever']],
      ['pause', null],
      ['pause', { 0: 'hour' }],
      ['quit', 'no list'],
      ['connect', [7]],
      ['connect', ['x'.repeat(5000)]],
      ['listFiles', [{ ...everything, limit: 501 }]],
      ['getFileStory', ['1']],
      ['readLog', [0]],
      ['changePreferences', [{ unknown: 1 }]],
      ['changeSource', ['s1', { folder: '/etc' }]],
      ['openSystemPage', ['https://evil.example']],
    ]
    for (const [name, args] of asked) {
      const failed = await world.service.answer(name, args)
      expect([name, failed]).toMatchObject([name, { kind: 'failed', error: { code: 'bad-usage' } }])
    }
    expect(world.shown).toEqual([])
    expect(world.logged).toEqual([])
  })

  test('a bug is one plain sentence; its stack is in the log, and no argument is', async () => {
    const world = await windowWorld({
      shell: { chooseFolder: () => Promise.reject(new TypeError('undefined is not a dialog')) },
    })
    expect(await world.ask('chooseFolder', 'source')).toEqual({
      kind: 'failed',
      error: {
        ...{ code: 'internal', recovery: 'give-up', file: null },
        message: 'Something went wrong inside Musette. Nothing was lost; details are in the log.',
      },
    })
    expect(world.logged).toHaveLength(1)
    expect(world.logged[0]).toMatch(
      /"request":"chooseFolder".*undefined is not a dialog.*window-service\.test/,
    )
  })
})

test('the key is in no snapshot, no event and no file of the home', async () => {
  const { world } = await withSentRide()
  const log = readFileSync(join(world.home, 'profiles/default/settings.json'), 'utf8')
  expect(JSON.stringify(world.events) + log).not.toContain('key-of-i200001')
})

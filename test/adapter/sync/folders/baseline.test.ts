import { renameSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import { addSource, pauseSource, removeSource } from '../../../../electron/sync/folders/manage-sources.ts'
import { addTrainer } from '../../../../electron/sync/folders/manage-trainers.ts'
import { engineParts } from '../../../../electron/sync/engine.ts'
import { openLedger } from '../../../../electron/sync/ledger/ledger.ts'
import type { Db } from '../../../../electron/sync/ports/db.ts'
import { zipBytes } from '../../../helpers/archive-builder.ts'
import { EngineHome, hourMs } from '../../../helpers/engine-home.ts'
import { fitRide, unfinished } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const old = fitRide('2026-01-10T08:00:00Z')
const recent = fitRide('2026-11-10T08:00:00Z')

test.each([
  ['none', 'tooOld before-baseline', 'tooOld before-baseline'],
  ['all', 'uploaded sent', 'uploaded sent'],
  ['30d', 'tooOld before-baseline', 'uploaded sent'],
  ['2026-01-01', 'uploaded sent', 'uploaded sent'],
])('backfill %s', async (backfill, oldState, recentState) => {
  home.put('rides/old.fit', old)
  home.put('rides/recent.fit', recent)
  await home.addSource('rides', backfill)
  await home.sync()
  expect(home.states()).toEqual({ 'rides/old.fit': oldState, 'rides/recent.fit': recentState })
})

// Found by the simulation (seed 437): a power cut kept the settings and took the notes, and every old ride looked new.
test('the baseline is safe on the disk before the settings name the folder', async () => {
  const order: string[] = []
  let depth = 0
  const { ledger, settings } = home.parts
  const watched: Db = {
    ...ledger.db,
    run: (sql, ...values) => {
      if (depth === 0) order.push('full')
      return ledger.db.run(sql, ...values)
    },
    transaction: (durability, work) => {
      if (depth === 0) order.push(durability)
      depth += 1
      try {
        return ledger.db.transaction(durability, work)
      } finally {
        depth -= 1
      }
    },
  }
  home.put('rides/old.fit', old)
  home.parts = engineParts({
    ...home.parts,
    ledger: openLedger(watched),
    settings: {
      current: () => settings.current(),
      update: change => {
        order.push('settings')
        return settings.update(change)
      },
    },
  })
  await home.addSource()
  const notes = order.slice(order.indexOf('settings') + 1, order.lastIndexOf('settings'))
  expect(notes).toContain('normal')
  expect(notes.lastIndexOf('full')).toBeGreaterThan(notes.lastIndexOf('normal'))
})

test('what is not whole at the baseline is new, whatever its date', async () => {
  home.put('rides/a.fit', unfinished(old))
  await home.addSource()
  home.put('rides/a.fit', old)
  await home.sync()
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test('what arrives later is new, whatever its date', async () => {
  await home.addSource()
  home.put('rides/a.fit', old, 300 * 24 * hourMs)
  await home.sync()
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test('a new ride in the place of an old one is new, also where it is as long', async () => {
  home.put('rides/a.fit', old)
  await home.addSource()
  expect(recent).toHaveLength(old.length)
  home.put('rides/a.fit', recent, 0)
  await home.sync()
  expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'uploaded sent' }, ['a.fit']])
})

test.each(['busy', 'changing'] as const)('what is %s when its folder is added is new', async code => {
  home.put('rides/a.fit', old)
  const { examiner } = home.parts
  const parts = engineParts({
    ...home.parts,
    examiner: { ...examiner, examine: () => Promise.resolve({ kind: 'notNow', code, detail: '' }) },
  })
  const wanted = { folder: home.folder('rides'), backfill: { kind: 'none' } as const, name: null }
  await addSource(parts, wanted, new AbortController().signal)
  await home.sync()
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test('what grows while its folder is added is new', async () => {
  home.put('rides/a.fit', unfinished(recent), 0)
  const { examiner } = home.parts
  const parts = engineParts({
    ...home.parts,
    examiner: {
      ...examiner,
      examine: request => {
        home.put('rides/a.fit', recent, 0)
        return examiner.examine(request)
      },
    },
  })
  const wanted = { folder: home.folder('rides'), backfill: { kind: 'none' } as const, name: null }
  await addSource(parts, wanted, new AbortController().signal)
  await home.sync()
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test('a rename, a move or a copy of an old ride stays old', async () => {
  home.put('rides/a.fit', old)
  await home.addSource()
  home.put('rides/sub/copy.fit', old)
  renameSync(home.folder('rides/a.fit'), home.folder('rides/b.fit'))
  await home.sync()
  expect(home.states()).toEqual({
    'rides/a.fit': 'tooOld before-baseline',
    'rides/b.fit': 'tooOld before-baseline',
    'rides/sub/copy.fit': 'tooOld before-baseline',
  })
})

test('of a zip only the rides within the backfill are sent', async () => {
  const entries = [
    { name: 'old.fit', bytes: old },
    { name: 'recent.fit', bytes: recent },
  ]
  home.put('rides/both.zip', zipBytes(entries))
  await home.addSource('rides', '30d')
  await home.sync()
  expect(home.files()[0]?.entries?.map(entry => [entry.path, entry.state])).toEqual([
    ['old.fit', 'tooOld'],
    ['recent.fit', 'uploaded'],
  ])
})

test('nothing is archived, staged or sent by adding', async () => {
  home.put('rides/a.fit', old)
  await home.addSource('rides', 'all')
  expect([home.archived(), home.staged(), home.service.calls]).toEqual([[], [], []])
})

test('a trainer folder inside it is left out', async () => {
  home.put('rides/workouts/a.fit', old)
  await addTrainer(home.parts, {
    ...{ folder: home.folder('rides/workouts'), format: 'fit', days: 7, sports: null, name: null },
  })
  await home.addSource('rides', 'all')
  expect(home.states()).toEqual({})
})

describe('a source that is removed', () => {
  const offline = (): void => {
    home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
  }

  test('leaves nothing waiting, held or queued behind', async () => {
    const source = await home.addSource()
    offline()
    home.put('rides/queued.fit', recent)
    home.put('rides/waiting.fit', unfinished(fitRide('2026-11-21T08:00:00Z')))
    home.put('rides/held.fit', unfinished(old), 24 * hourMs)
    await home.sync()
    await removeSource(home.parts, source.id)
    expect(home.states()).toEqual({
      'rides/held.fit': 'ignored source-removed',
      'rides/queued.fit': 'ignored source-removed',
      'rides/waiting.fit': 'ignored source-removed',
    })
    expect(home.archived()).toHaveLength(1)
  })

  test.each([
    ['none', 'ignored source-removed', 'uploaded sent'],
    ['all', 'uploaded sent', 'uploaded sent'],
  ])('and added again with %s', async (backfill, ride, finished) => {
    const source = await home.addSource()
    offline()
    home.put('rides/ride.fit', recent)
    home.put('rides/later.fit', unfinished(old))
    await home.sync()
    await removeSource(home.parts, source.id)
    home.service.profileError = null
    await home.addSource('rides', backfill)
    home.put('rides/later.fit', old)
    await home.sync()
    expect(home.states()).toEqual({ 'rides/later.fit': finished, 'rides/ride.fit': ride })
  })

  test('hands a ride to the source that has a copy of it', async () => {
    const first = await home.addSource('one')
    await home.addSource('two')
    offline()
    home.put('one/a.fit', recent)
    await home.sync()
    home.put('two/a.fit', recent)
    await home.sync()
    await removeSource(home.parts, first.id)
    home.service.profileError = null
    await home.sync()
    expect(home.states()).toEqual({ 'one/a.fit': 'uploaded sent', 'two/a.fit': 'uploaded sent' })
  })
})

test('a paused source is neither scanned nor sent, and goes on when resumed', async () => {
  const source = await home.addSource()
  await pauseSource(home.parts, source.id, true)
  home.put('rides/a.fit', recent)
  await home.sync()
  expect([home.states(), home.service.names]).toEqual([{}, []])
  await pauseSource(home.parts, source.id, false)
  await home.sync()
  expect(home.service.names).toEqual(['a.fit'])
})

test.each([
  ['the home itself', 'home', /Musette's own home/],
  ['a folder in the home', 'home/archive', /Musette's own home/],
  ['a folder around the home', '', /Musette's own home/],
  ['a source again', 'rides', /is a source already/],
  ['a folder in a source', 'rides/sub', /overlaps the source/],
])('%s is refused', async (_, folder, words) => {
  await home.addSource('rides')
  await expect(home.addSource(folder)).rejects.toThrow(words)
  expect(home.parts.settings.current().sources).toHaveLength(1)
})

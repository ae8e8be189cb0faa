import { renameSync, utimesSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { findFile, uploadAnyway } from '../../../electron/sync/folders/file-requests.ts'
import { addTrainer } from '../../../electron/sync/folders/manage-trainers.ts'
import { EngineHome, hourMs, nowMs } from '../../helpers/engine-home.ts'
import { fitRide, sha256Of, unfinished } from '../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const sent = fitRide('2026-11-21T08:00:00Z')
const unsent = fitRide('2026-11-21T09:00:00Z')
const old = fitRide('2026-01-01T08:00:00Z')
const unseen = fitRide('2026-11-21T09:30:00Z')

/** One ride sent, one archived and not sent, one old, one unfinished, one that came after the last sync. */
async function usedHome(): Promise<void> {
  home.put('rides/old.fit', old, 300 * 24 * hourMs)
  await home.addSource()
  home.put('rides/sent.fit', sent, 0)
  await home.sync()
  home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
  home.put('rides/unsent.fit', unsent, 0)
  home.put('rides/half.fit', unfinished(fitRide('2026-11-21T09:45:00Z')), 0)
  await home.sync()
  home.put('rides/unseen.fit', unseen, 0)
  home.service.profileError = null
  home.service.calls.length = 0
  home.service.uploads.length = 0
}

const whole = {
  'rides/half.fit': 'waiting unfinished',
  'rides/old.fit': 'tooOld before-baseline',
  'rides/sent.fit': 'uploaded found-after-lost-reply',
  'rides/unseen.fit': 'held after-rebuild',
  'rides/unsent.fit': 'uploaded sent',
}

test('a lost ledger sends nothing twice: archived rides are looked up, others held or old', async () => {
  await usedHome()
  await home.loseLedger()
  await home.sync()
  expect(home.states()).toEqual(whole)
  expect(home.service.uploads.map(upload => upload.sha256)).toEqual([sha256Of(unsent)])
  expect(home.service.calls.filter(call => call === 'list')).toHaveLength(2)
})

test('a folder that is away meanwhile does not flood when it returns', async () => {
  await usedHome()
  renameSync(home.folder('rides'), home.folder('away'))
  await home.loseLedger()
  await home.sync()
  await home.restart()
  renameSync(home.folder('away'), home.folder('rides'))
  await home.sync()
  expect(home.states()).toEqual(whole)
  expect(home.service.names).toHaveLength(1)
})

test('a rebuild that was killed goes on at the next start', async () => {
  await usedHome()
  const { parts } = home
  await home.restart()
  const { disk } = parts
  // The archive is known by then; the folders are not.
  const dying = {
    ...disk,
    list: (folder: string) => {
      if (folder === home.folder('rides')) throw new Error('killed')
      return disk.list(folder)
    },
  }
  await expect(home.loseLedger({ disk: dying })).rejects.toThrow('killed')
  await home.restart({ disk })
  await home.sync()
  expect(home.states()).toEqual(whole)
})

describe('what is held for the user', () => {
  test('stays held when its file is touched, copied or renamed', async () => {
    await usedHome()
    await home.loseLedger()
    utimesSync(home.folder('rides/unseen.fit'), nowMs / 1000, nowMs / 1000)
    home.put('rides/copy.fit', unseen)
    await home.sync()
    expect([home.states()['rides/unseen.fit'], home.states()['rides/copy.fit']]).toEqual([
      'held after-rebuild',
      'held after-rebuild',
    ])
    expect(home.service.uploads.map(upload => upload.sha256)).toEqual([sha256Of(unsent)])
  })

  test('goes up when the user says so', async () => {
    await usedHome()
    await home.loseLedger()
    await uploadAnyway(home.parts, findFile(home.parts.ledger, 'rides/unseen.fit', home.root))
    await home.sync()
    expect(home.states()['rides/unseen.fit']).toBe('uploaded sent')
  })
})

test('a trainer folder inside a source is left out', async () => {
  await home.addSource()
  home.put('rides/workouts/a.fit', old)
  await addTrainer(home.parts, {
    ...{ folder: home.folder('rides/workouts'), format: 'fit', days: 7, sports: null, name: null },
  })
  await home.loseLedger()
  expect(home.states()).toEqual({})
})

test('a new home has nothing to rebuild, and its first source is taken as ever', async () => {
  await home.addSource()
  home.put('rides/a.fit', sent)
  await home.restart()
  await home.sync()
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

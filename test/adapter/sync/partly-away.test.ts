import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { externalId } from '../../../electron/sync/activities/look-up.ts'
import { findFile, uploadAnyway } from '../../../electron/sync/folders/file-requests.ts'
import { removeSource } from '../../../electron/sync/folders/manage-sources.ts'
import { EngineHome, hourMs } from '../../helpers/engine-home.ts'
import { fitRide, sha256Of } from '../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

test('a rebuild waits for a subfolder that cannot be read; its old rides are not sent when it can', async () => {
  home.put('rides/sub/old.fit', fitRide('2026-01-01T08:00:00Z'), 300 * 24 * hourMs)
  home.put('rides/old.fit', fitRide('2026-01-02T08:00:00Z'), 300 * 24 * hourMs)
  await home.addSource()
  await home.sync()
  const { disk } = home.parts
  const blocked = {
    ...disk,
    list: (folder: string) =>
      folder === home.folder('rides/sub')
        ? Promise.reject(new AppError('unreadable', 'EACCES', 'retry', { file: folder }))
        : disk.list(folder),
  }
  await home.loseLedger({ disk: blocked })
  const report = await home.sync()
  expect([home.service.names, report.errors.map(error => error.code)]).toEqual([[], ['folder-unreadable']])
  await home.restart({ disk })
  await home.sync()
  expect([home.service.names, home.states()]).toEqual([
    [],
    { 'rides/old.fit': 'tooOld before-baseline', 'rides/sub/old.fit': 'tooOld before-baseline' },
  ])
})

test('"upload anyway" sends a ride whose folder was removed before it was sent', async () => {
  const source = await home.addSource()
  home.put('rides/a.fit', fitRide())
  home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
  await home.sync()
  await removeSource(home.parts, source.id)
  home.service.profileError = null
  await home.sync()
  expect(home.states()).toEqual({ 'rides/a.fit': 'ignored source-removed' })
  await uploadAnyway(home.parts, findFile(home.parts.ledger, 'rides/a.fit', home.root))
  await home.sync()
  expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'uploaded sent' }, ['a.fit']])
})

test('where only uploads are down, the queue pauses after the second ride instead of trying them all', async () => {
  await home.addSource()
  for (let hour = 0; hour < 9; hour += 1) {
    const ride = fitRide(`2026-11-21T0${hour}:00:00Z`)
    home.put(`rides/${hour}.fit`, ride)
    const down = new AppError('service-down', '503', 'retry', { bodySent: true })
    home.service.poisoned.set(externalId(sha256Of(ride)), down)
  }
  const report = await home.sync()
  // One wait for all, doubled each time: far fewer than nine rides in turn, each at its own pace.
  expect(home.service.names.length).toBeLessThan(20)
  expect(report.errors.map(error => error.code)).toEqual(['service-down'])
})

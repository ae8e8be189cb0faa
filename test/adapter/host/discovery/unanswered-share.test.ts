import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nodeDisk } from '../../../../electron/adapters/node-disk.ts'
import { discoverFolders } from '../../../../electron/host/discovery/discover-folders.ts'
import { placesOf } from '../../../../electron/host/discovery/places.ts'
import type { Disk } from '../../../../electron/sync/ports/disk.ts'
import { newSettings, type Settings } from '../../../../shared/settings.ts'
import { FakeClock } from '../../../helpers/fake-clock.ts'
import { fitRide } from '../../../helpers/rides.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'musette-share-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** One source and one trainer, both in a folder that nobody answers for. */
function settingsWith(folder: string): Settings {
  const source = { backfill: { kind: 'none' }, baselineAt: '2026-01-01T00:00:00Z', isPaused: false } as const
  const trainer = { format: 'zwo', days: 7, sports: null, kind: 'library', isPaused: false } as const
  return {
    ...newSettings('test'),
    sources: [{ ...source, id: 's1', name: 'Dead', folder, sameRide: 'upload' }],
    trainers: [{ ...trainer, id: 't2', name: 'Dead', folder }],
  }
}

test('folders of its own on a share that never answers do not hold up what else is found', async () => {
  const zwift = join(root, 'Documents/Zwift/Activities')
  mkdirSync(zwift, { recursive: true })
  writeFileSync(join(zwift, 'a.fit'), fitRide())
  const disk = nodeDisk()
  let asked = 0
  const neverAnswers = (): Promise<never> => {
    asked += 1
    return new Promise(() => undefined)
  }
  const hanging: Disk = {
    ...disk,
    realPath: path => (path.includes('dead') ? neverAnswers() : disk.realPath(path)),
  }
  const clock = new FakeClock(Date.UTC(2026, 10, 21))
  const settings = settingsWith(join(root, 'dead/rides'))
  const store = { current: () => settings, update: () => Promise.reject(new Error('nothing is changed')) }
  const home = placesOf({ platform: 'darwin', env: {}, userHome: root, userName: 'rider', userId: null })
  const places = { ...home, bases: { ...home.bases, volume: [] } }
  const work = discoverFolders(
    { disk: hanging, clock, settings: store },
    places,
    new AbortController().signal,
  )
  // The trainer before anything is looked at, then source and trainer once more, to compare with what was found.
  for (const times of [1, 2, 3]) {
    while (asked < times) await setImmediate()
    await clock.advance(1_500)
  }
  expect(await work).toMatchObject([{ app: 'Zwift', rides: 1, isAdded: false }])
})

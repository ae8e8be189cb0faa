import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { nodeDisk } from '../../../electron/adapters/node-disk.ts'
import { scanFolder } from '../../../electron/sync/activities/scan-folder.ts'
import type { Disk } from '../../../electron/sync/ports/disk.ts'
import type { Examiner } from '../../../electron/sync/ports/examiner.ts'
import { AppError, type ErrorCode } from '../../../shared/app-error.ts'
import { EngineHome, examinerInPlace } from '../../helpers/engine-home.ts'
import { fitRide, sha256Of } from '../../helpers/rides.ts'

let home: EngineHome
afterEach(() => home.close())

const first = fitRide('2026-11-21T06:00:00Z')
const second = fitRide('2026-11-21T07:00:00Z')
const third = fitRide('2026-11-21T08:00:00Z')

describe('a file whose examination dies', () => {
  /** An examiner whose thread ends with every file of that name. */
  function dyingOf(name: string): Examiner {
    const examiner = examinerInPlace(nodeDisk())
    return {
      ...examiner,
      examine: request =>
        request.path.endsWith(name)
          ? Promise.reject(new TypeError('the thread is no more'))
          : examiner.examine(request),
    }
  }

  test('waits with a reason, and the other rides of the pass go up', async () => {
    home = await EngineHome.open({ examiner: dyingOf('bad.fit') })
    await home.addSource()
    home.put('rides/a.fit', first)
    home.put('rides/bad.fit', second)
    home.put('rides/c.fit', third)
    const report = await home.sync()
    expect(home.states()).toEqual({
      'rides/a.fit': 'uploaded sent',
      'rides/bad.fit': 'waiting copy-failed',
      'rides/c.fit': 'uploaded sent',
    })
    // Whoever looks at this sync alone is told of it as well.
    const file = join(home.root, 'rides/bad.fit')
    const message = `${file} could not be copied into the archive, and nothing is sent without a copy. The next sync tries again.`
    expect(report.errors).toEqual([{ code: 'copy-failed', message, file }])
  })

  test('is looked at again by the next sync, however soon it comes', async () => {
    home = await EngineHome.open({ examiner: dyingOf('bad.fit') })
    await home.addSource()
    home.put('rides/bad.fit', second)
    await home.sync()
    await home.restart({ examiner: examinerInPlace(nodeDisk()) })
    expect((await home.sync()).errors).toEqual([])
    expect(home.states()).toEqual({ 'rides/bad.fit': 'uploaded sent' })
  })

  test('does not keep a folder from being added, and was there before', async () => {
    home = await EngineHome.open({ examiner: dyingOf('bad.fit') })
    home.put('rides/a.fit', first)
    home.put('rides/bad.fit', second)
    const source = await home.addSource()
    expect(home.parts.settings.current().sources).toEqual([source])
    await home.restart({ examiner: examinerInPlace(nodeDisk()) })
    await home.sync()
    expect(home.states()).toEqual({
      'rides/a.fit': 'tooOld before-baseline',
      'rides/bad.fit': 'tooOld before-baseline',
    })
    expect(home.service.names).toEqual([])
  })

  test('does not keep a lost ledger from being rebuilt', async () => {
    home = await EngineHome.open()
    home.put('rides/old.fit', first)
    home.put('rides/bad.fit', second)
    await home.addSource()
    home.put('rides/sent.fit', third)
    await home.sync()
    await home.loseLedger({ examiner: dyingOf('bad.fit') })
    await home.sync()
    expect(home.states()).toEqual({
      'rides/bad.fit': 'waiting copy-failed',
      'rides/old.fit': 'tooOld before-baseline',
      'rides/sent.fit': 'uploaded found-after-lost-reply',
    })
  })
})

describe('archived copies that cannot be read', () => {
  /** A disk on which the archive as it is now cannot be opened; what is written anew can. */
  function brokenArchive(code: ErrorCode, isBroken: (path: string) => boolean): Disk {
    const disk = nodeDisk()
    const rewritten = new Set<string>()
    return {
      ...disk,
      openRead: path =>
        isBroken(path) && !rewritten.has(path)
          ? Promise.reject(new AppError(code, 'the sector is bad', 'retry', { file: path }))
          : disk.openRead(path),
      rename: async (from, to) => {
        await disk.rename(from, to)
        rewritten.add(to)
      },
    }
  }

  test.each<ErrorCode>(['disk-error', 'unreadable'])(
    '%s: the other rides go up, and they are made again from the source, all in one sync',
    async code => {
      home = await EngineHome.open()
      await home.addSource()
      home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
      home.put('rides/a.fit', first)
      home.put('rides/b.fit', second)
      home.put('rides/c.fit', third)
      await home.sync()
      home.service.profileError = null
      const broken = [first, second].map(sha256Of)
      await home.restart({ disk: brokenArchive(code, path => broken.some(sha256 => path.includes(sha256))) })
      await home.sync()
      expect(home.states()).toEqual({
        'rides/a.fit': 'uploaded sent',
        'rides/b.fit': 'uploaded sent',
        'rides/c.fit': 'uploaded sent',
      })
      expect(home.service.activities.map(activity => activity.sha256).toSorted()).toEqual(
        [first, second, third].map(sha256Of).toSorted(),
      )
    },
  )
})

test('a file whose name is not valid text is named as missed', async () => {
  home = await EngineHome.open()
  const name = 'Ausfahrt \uFFFD.fit'
  const disk: Disk = {
    ...nodeDisk(),
    list: () => Promise.resolve([{ name, kind: 'file' }]),
    stat: () => Promise.resolve(null),
  }
  const scan = await scanFolder(disk, home.root, () => Promise.resolve(false))
  expect(scan).toEqual({ candidates: [], otherFiles: 0, missedFolders: [join(home.root, name)] })
})

import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EngineHome, examinerInPlace, hourMs, minuteMs } from '../../../helpers/engine-home.ts'
import { AppError } from '../../../../shared/app-error.ts'
import { nodeDisk } from '../../../../electron/adapters/node-disk.ts'
import type { Disk } from '../../../../electron/sync/ports/disk.ts'
import { gzipBytes, zipBytes } from '../../../helpers/archive-builder.ts'
import { buildFit } from '../../../helpers/fit-builder.ts'
import { fitRide, sha256Of, tcxRide, unfinished } from '../../../helpers/rides.ts'

let home: EngineHome
const examined: string[] = []
const disk = nodeDisk()
const counting = {
  ...examinerInPlace(disk),
  examine: (request: Parameters<ReturnType<typeof examinerInPlace>['examine']>[0]) => {
    examined.push(request.path.split('/').at(-1) ?? '')
    return examinerInPlace(disk).examine(request)
  },
}

beforeEach(async () => {
  home = await EngineHome.open({ examiner: counting })
  await home.addSource()
  examined.length = 0
})
afterEach(() => home.close())

/** Bytes that are no ride at all but may become one. */
const half = unfinished(fitRide('2026-11-20T08:00:00Z'))

describe('what is read again', () => {
  test('nothing, while nothing changes', async () => {
    home.put('rides/a.fit', fitRide())
    home.put('rides/b.fit', buildFit({ startTime: '2026-11-21T08:00:00Z', type: 'workout' }))
    await home.sync()
    await home.sync()
    expect(examined.toSorted()).toEqual(['a.fit', 'b.fit'])
    expect(home.states()).toEqual({
      'rides/a.fit': 'uploaded sent',
      'rides/b.fit': 'notActivity not-activity',
    })
  })

  test('a file whose bytes may have changed behind its size and time', async () => {
    const path = home.put('rides/a.fit', fitRide())
    await home.sync()
    chmodSync(path, 0o600)
    await home.sync()
    expect([examined, home.service.names]).toEqual([['a.fit', 'a.fit'], ['a.fit']])
  })

  test('new bytes under a known name are a new ride', async () => {
    home.put('rides/a.fit', fitRide('2026-11-20T08:00:00Z'))
    await home.sync()
    home.put('rides/a.fit', fitRide('2026-11-21T08:00:00Z'))
    const report = await home.sync()
    expect([report.uploaded, home.service.activities.length]).toEqual([1, 2])
  })

  test('a renamed ride is known by its bytes', async () => {
    home.put('rides/a.fit', fitRide())
    await home.sync()
    renameSync(home.folder('rides/a.fit'), home.folder('rides/b.fit'))
    await home.sync()
    expect(home.service.names).toEqual(['a.fit'])
    expect(home.states()['rides/b.fit']).toBe('uploaded sent')
  })
})

test('twins of one ride, however wrapped, are sent once', async () => {
  const ride = fitRide()
  home.put('rides/a.fit', ride)
  home.put('rides/copy of a.FIT', ride)
  home.put('rides/a.fit.gz', gzipBytes(ride))
  home.put('rides/a.zip', zipBytes([{ name: '../../a.fit', bytes: ride }]))
  const report = await home.sync()
  expect(report.uploaded).toBe(1)
  expect(home.service.uploads[0]?.sha256).toBe(sha256Of(ride))
  expect(new Set(Object.values(home.states()))).toEqual(new Set(['uploaded sent']))
  expect(home.files().map(file => file.sameAs.length)).toEqual([3, 3, 0, 3])
  expect([home.archived().length, home.staged()]).toEqual([1, []])
})

test('a zip is in the state of its least finished ride', async () => {
  const entries = [
    { name: 'a.fit', bytes: fitRide() },
    { name: 'b.fit', bytes: unfinished(fitRide('2026-11-21T09:00:00Z')) },
    { name: 'c.fit', bytes: buildFit({ startTime: '2026-11-21T08:00:00Z', type: 'workout' }) },
    { name: 'inner.zip', bytes: zipBytes([{ name: 'd.fit', bytes: fitRide('2026-11-19T08:00:00Z') }]) },
    { name: 'readme.txt', bytes: new Uint8Array(10) },
  ]
  home.put('rides/a.zip', zipBytes(entries))
  await home.sync()
  const [zip] = home.files()
  expect([zip?.state, zip?.sha256, zip?.activityIds]).toEqual(['waiting', null, ['a1']])
  expect(zip?.entries?.map(entry => [entry.path, entry.state])).toEqual([
    ['a.fit', 'uploaded'],
    ['b.fit', 'waiting'],
    ['c.fit', 'notActivity'],
    ['inner.zip', 'notActivity'],
  ])
})

describe('a ride that is not whole', () => {
  test('waits without alarm, and is held once it has been still for 12 h', async () => {
    home.put('rides/a.fit', half, 11 * hourMs)
    await home.sync()
    expect(home.files()[0]?.reason).toMatch(/^Not finished: no change for 11 h/)
    await home.clock.advance(hourMs + minuteMs)
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'held damaged' })
  })

  test('is held when a later ride is whole, in whatever order they are met', async () => {
    home.put('rides/a.fit', half, 3 * hourMs)
    home.put('rides/b.fit', fitRide('2026-11-21T09:30:00Z'))
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'held damaged', 'rides/b.fit': 'uploaded sent' })
  })

  test('goes up when it is whole after all', async () => {
    home.put('rides/a.fit', half, 13 * hourMs)
    await home.sync()
    home.put('rides/a.fit', fitRide('2026-11-20T08:00:00Z'), 0)
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
  })

  test('went away when it is deleted, and is met again when it comes back', async () => {
    home.put('rides/a.fit', half)
    await home.sync()
    renameSync(home.folder('rides/a.fit'), home.folder('a.fit'))
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'ignored went-away' })
    renameSync(home.folder('a.fit'), home.folder('rides/a.fit'))
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'waiting unfinished' })
  })
})

describe('a folder that is away', () => {
  test('changes nothing, and nobody waits for what is in it', async () => {
    home.put('rides/a.fit', half)
    home.put('rides/b.tcx', tcxRide(), 0)
    await home.sync()
    renameSync(home.folder('rides'), home.folder('away'))
    home.clock.waits.length = 0
    const report = await home.sync()
    expect(report.errors.map(each => each.code)).toEqual(['folder-missing'])
    expect(home.states()).toEqual({
      'rides/a.fit': 'waiting unfinished',
      'rides/b.tcx': 'uploaded sent',
    })
    expect(home.clock.waits).toEqual([])
  })

  test('and was settling is not waited for in a circle', async () => {
    home.put('rides/b.tcx', tcxRide(), 0)
    let isThere = true
    const away: Disk = {
      ...disk,
      realPath: path => (isThere || !path.endsWith('rides') ? disk.realPath(path) : Promise.resolve(null)),
    }
    await home.restart({ disk: away })
    // Unplugged while the pass waits for the ride to settle.
    home.clock.settle = async () => {
      await home.busy.settled()
      isThere &&= home.clock.waits.length === 0
    }
    const report = await home.sync()
    expect(home.clock.waits).toEqual([10_000])
    expect([report.waiting, home.states()]).toEqual([1, { 'rides/b.tcx': 'waiting settling' }])
  })

  test('is not the empty folder its mount point shows', async () => {
    home.put('rides/a.fit', half)
    await home.sync()
    rmSync(home.folder('rides/a.fit'))
    const unmounted: Disk = {
      ...disk,
      stat: async path => {
        const stat = await disk.stat(path)
        return stat === null ? null : { ...stat, identity: `99:${stat.identity}` }
      },
    }
    await home.restart({ disk: unmounted })
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'waiting unfinished' })
  })

  test('is not read as emptied when it is unmounted in the midst of a scan', async () => {
    home.put('rides/a.fit', half)
    home.put('rides/b.fit', half)
    await home.sync()
    let isMounted = true
    const pulled: Disk = {
      ...disk,
      stat: async path => {
        const stat = await disk.stat(path)
        if (path.endsWith('b.fit')) {
          isMounted = false
          return null
        }
        // The mount point lies on the same device.
        return stat === null || isMounted ? stat : { ...stat, identity: `${stat.identity}0` }
      },
    }
    await home.restart({ disk: pulled })
    await home.sync()
    expect(home.states()).toEqual({
      'rides/a.fit': 'waiting unfinished',
      'rides/b.fit': 'waiting unfinished',
    })
  })
})

test('a subfolder that cannot be read is said so, and what is in it stays as it was', async () => {
  home.put('rides/sub/a.tcx', tcxRide(), 0)
  home.put('rides/b.fit', fitRide('2026-11-21T07:00:00Z'))
  const blocked = home.folder('rides/sub')
  let isBlocked = false
  const denying: Disk = {
    ...disk,
    list: folder =>
      isBlocked && folder === blocked
        ? Promise.reject(new AppError('unreadable', 'EACCES', 'retry', { file: folder }))
        : disk.list(folder),
  }
  await home.restart({ disk: denying })
  const stop = new AbortController()
  // Stopped while the ride in the subfolder settles.
  home.clock.settle = async () => {
    await home.busy.settled()
    if (home.clock.waits.length > 0) stop.abort()
  }
  await home.sync(stop.signal)
  home.clock.settle = home.busy.settled
  home.clock.waits.length = 0
  isBlocked = true
  await home.clock.advance(minuteMs)
  const report = await home.sync()
  expect(report.errors).toEqual([
    { code: 'unreadable', message: `${blocked} can't be read: allow Musette to read it.`, file: blocked },
  ])
  expect(home.states()['rides/sub/a.tcx']).toBe('waiting settling')
  expect(home.clock.waits.length).toBeLessThan(3)
})

test('a folder of which a part cannot be read is not called empty', async () => {
  home.put('rides/sub/a.fit', fitRide())
  const blocked: Disk = {
    ...disk,
    list: folder =>
      folder.endsWith('sub')
        ? Promise.reject(new AppError('unreadable', 'EACCES', 'retry', { file: folder }))
        : disk.list(folder),
  }
  await home.restart({ disk: blocked })
  await home.sync()
  const [health] = home.parts.healths.values()
  expect(health).toMatchObject({ kind: 'watching', missed: [home.folder('rides/sub')] })
})

test('links below the root, hidden and trash folders, and a folder nine deep are not read', async () => {
  mkdirSync(home.folder('elsewhere'))
  home.put('elsewhere/x.fit', fitRide('2026-11-01T08:00:00Z'))
  symlinkSync(home.folder('elsewhere'), home.folder('rides/link'))
  symlinkSync(home.folder('elsewhere/x.fit'), home.folder('rides/link.fit'))
  home.put('rides/.stversions/a.fit', fitRide('2026-11-02T08:00:00Z'))
  home.put('rides/$RECYCLE.BIN/a.fit', fitRide('2026-11-03T08:00:00Z'))
  home.put('rides/1/2/3/4/5/6/7/8/in.fit', fitRide('2026-11-04T08:00:00Z'))
  home.put('rides/1/2/3/4/5/6/7/8/9/out.fit', fitRide('2026-11-05T08:00:00Z'))
  home.put('rides/folder.fit/inside.fit', fitRide('2026-11-06T08:00:00Z'))
  home.put('rides/._a.fit', fitRide('2026-11-07T08:00:00Z'))
  home.put('rides/a.fit.crdownload', fitRide('2026-11-08T08:00:00Z'))
  await home.sync()
  expect(home.states()).toEqual({
    'rides/1/2/3/4/5/6/7/8/in.fit': 'uploaded sent',
    'rides/folder.fit/inside.fit': 'uploaded sent',
  })
  expect(home.parts.healths.get('s1')).toEqual({
    ...{ sourceId: 's1', kind: 'watching', otherFiles: 2, missed: [] },
  })
})

test('files with the same bytes, met side by side, are one recording', async () => {
  for (let copy = 0; copy < 6; copy += 1) home.put(`rides/${copy}.fit`, fitRide())
  copyFileSync(home.folder('rides/0.fit'), home.folder('rides/7.fit'))
  const report = await home.sync()
  expect([report.uploaded, home.parts.ledger.recordings.all().length]).toEqual([1, 1])
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import {
  findFile,
  ignoreFile,
  retryFile,
  uploadAnyway,
} from '../../../../electron/sync/folders/file-requests.ts'
import type { Examiner } from '../../../../electron/sync/ports/examiner.ts'
import { EngineHome, minuteMs } from '../../../helpers/engine-home.ts'
import { fitRide, sha256Of, tcxRide, unfinished } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const start = '2026-11-21T08:00:00Z'
const offline = (): void => {
  home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
}
const online = (): void => {
  home.service.profileError = null
}
const stateOf = (bytes: Uint8Array): string => {
  const row = home.parts.ledger.recordings.byHash(sha256Of(bytes))
  return row === null ? 'unknown' : `${row.state} ${row.reason.code}`
}
const file = () => findFile(home.parts.ledger, home.folder('rides/a.tcx'), home.root)

describe('a file that goes on growing', () => {
  // Several starts, because versions come back in the order of their hashes.
  test.each([start, '2026-11-21T07:00:00Z', '2026-11-21T06:00:00Z', '2026-11-21T05:00:00Z'])(
    'after its upload is held, however often it grows (%s)',
    async from => {
      await home.addSource()
      for (const seconds of [60, 120, 180, 240, 300]) {
        home.put('rides/a.tcx', tcxRide(from, seconds))
        await home.sync()
      }
      expect(home.service.names).toHaveLength(1)
      // The part that went up is listed by its archived copy; those in between are told with the longest.
      expect(home.states()).toEqual({
        'rides/a.tcx': 'held longer-version',
        'was rides/a.tcx': 'uploaded sent',
      })
      expect([120, 180, 240].map(seconds => stateOf(tcxRide(from, seconds)))).toEqual(
        Array.from({ length: 3 }, () => 'ignored superseded'),
      )
    },
  )

  test('before its upload is sent once, as it is in the end', async () => {
    await home.addSource()
    offline()
    for (const seconds of [60, 120, 180, 240, 300]) {
      home.put('rides/a.tcx', tcxRide(start, seconds))
      await home.sync()
    }
    online()
    await home.sync()
    expect(home.service.uploads.map(upload => upload.sha256)).toEqual([sha256Of(tcxRide(start, 300))])
  })

  test('while an upload is under way is held, not sent beside it', async () => {
    await home.addSource()
    home.put('rides/a.tcx', tcxRide(start, 60))
    offline()
    await home.sync()
    online()
    const before = home.parts.intake.examiner
    const short = sha256Of(tcxRide(start, 60))
    // The first version goes out while the longer one is archived.
    const examiner: Examiner = {
      width: 1,
      examine: request => before.examine(request),
      archive: async request => {
        const row = home.parts.ledger.recordings.byHash(short)
        if (row !== null) home.parts.ledger.recordings.change(short, { ...row, state: 'uploading' }, 0)
        await before.archive(request)
      },
    }
    await home.restart({ examiner })
    home.put('rides/a.tcx', tcxRide(start, 120))
    offline()
    await home.sync()
    expect([stateOf(tcxRide(start, 60)), stateOf(tcxRide(start, 120))]).toEqual([
      'uploading new-ride',
      'held longer-version',
    ])
  })

  test('with another start is another ride', async () => {
    await home.addSource()
    home.put('rides/a.tcx', tcxRide(start))
    await home.sync()
    home.put('rides/a.tcx', tcxRide('2026-11-21T09:00:00Z', 300))
    await home.sync()
    expect(home.service.names).toEqual(['a.tcx', 'a.tcx'])
  })
})

describe('upload anyway', () => {
  test('sends the longer version of a ride already sent', async () => {
    await home.addSource()
    home.put('rides/a.tcx', tcxRide(start, 60))
    await home.sync()
    home.put('rides/a.tcx', tcxRide(start, 120))
    await home.sync()
    retryFile(home.parts, file())
    const part = { 'was rides/a.tcx': 'uploaded sent' }
    expect(home.states()).toEqual({ 'rides/a.tcx': 'held longer-version', ...part })
    await uploadAnyway(home.parts, file())
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.tcx': 'uploaded sent', ...part })
  })

  test('sends what was there before the folder was added', async () => {
    home.put('rides/a.tcx', tcxRide())
    await home.addSource()
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.tcx': 'tooOld before-baseline' })
    await uploadAnyway(home.parts, file())
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.tcx': 'uploaded sent' })
  })

  test('sends an old ride that was ignored and never archived', async () => {
    home.put('rides/a.tcx', tcxRide())
    await home.addSource()
    await home.sync()
    ignoreFile(home.parts, file())
    expect(home.states()).toEqual({ 'rides/a.tcx': 'ignored ignored-by-you' })
    await uploadAnyway(home.parts, file())
    expect(home.states()).toEqual({ 'rides/a.tcx': 'queued asked-again' })
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.tcx': 'uploaded sent' })
  })

  test('sends again what was sent before, also when its archived copy is gone', async () => {
    await home.addSource()
    home.put('rides/a.tcx', tcxRide())
    await home.sync()
    home.parts.ledger.recordings.setArchived(sha256Of(tcxRide()), false)
    home.service.activities.length = 0
    await uploadAnyway(home.parts, file())
    await home.sync()
    expect([home.states(), home.service.names]).toEqual([
      { 'rides/a.tcx': 'uploaded sent' },
      ['a.tcx', 'a.tcx'],
    ])
  })

  test('sends what can be read of a damaged ride', async () => {
    await home.addSource()
    home.put('rides/b.fit', unfinished(fitRide()), 13 * 60 * minuteMs)
    await home.sync()
    expect(home.states()).toEqual({ 'rides/b.fit': 'held damaged' })
    await uploadAnyway(home.parts, findFile(home.parts.ledger, 'rides/b.fit', home.root))
    await home.sync()
    expect(home.service.uploads.map(upload => upload.sha256)).toEqual([sha256Of(unfinished(fitRide()))])
  })

  test('refuses what holds no ride at all', async () => {
    await home.addSource()
    home.put('rides/b.fit', 'nothing of the kind, and long enough to tell', 13 * 60 * minuteMs)
    await home.sync()
    const wanted = uploadAnyway(home.parts, findFile(home.parts.ledger, 'rides/b.fit', home.root))
    await expect(wanted).rejects.toMatchObject({ code: 'unreadable' })
  })
})

test('ignored and brought back, a ride is sent', async () => {
  await home.addSource()
  home.put('rides/a.tcx', tcxRide())
  offline()
  await home.sync()
  ignoreFile(home.parts, file())
  online()
  await home.sync()
  expect([home.states(), home.service.names]).toEqual([{ 'rides/a.tcx': 'ignored ignored-by-you' }, []])
  retryFile(home.parts, file())
  await home.sync()
  expect(home.states()).toEqual({ 'rides/a.tcx': 'uploaded sent' })
})

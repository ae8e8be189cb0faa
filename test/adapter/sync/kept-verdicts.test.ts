import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { archivePath } from '../../../electron/sync/activities/archive.ts'
import { keepVerdicts } from '../../../electron/sync/activities/keep-verdicts.ts'
import {
  findFile,
  ignoreFile,
  retryFile,
  uploadAnyway,
} from '../../../electron/sync/folders/file-requests.ts'
import { changeSource, removeSource } from '../../../electron/sync/folders/manage-sources.ts'
import { openLedger } from '../../../electron/sync/ledger/ledger.ts'
import { AppError } from '../../../shared/app-error.ts'
import { nodeDisk } from '../../../electron/adapters/node-disk.ts'
import { crashingPorts, Killed } from '../../helpers/crashing-ports.ts'
import { EngineHome, minuteMs } from '../../helpers/engine-home.ts'
import { fitRide, sha256Of, tcxRide } from '../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const ride = fitRide('2026-11-21T08:00:00Z')
const offline = (): AppError => new AppError('offline', 'no route', 'wait-for-network')
const file = () => findFile(home.parts.ledger, 'rides/a.fit', home.root)
const verdict = (): string => home.folder(`home/archive/${home.verdicts()[0] ?? 'none'}`)

/** A ride that is archived, and not sent yet. */
async function archivedRide(): Promise<void> {
  await home.addSource()
  await home.sync()
  home.service.profileError = offline()
  home.put('rides/a.fit', ride, 0)
  await home.sync()
  home.service.profileError = null
}

/** What a host does with the user's word before it answers. */
async function say(word: 'ignore' | 'retry' | 'anyway'): Promise<void> {
  if (word === 'ignore') ignoreFile(home.parts, file())
  else if (word === 'retry') retryFile(home.parts, file())
  else await uploadAnyway(home.parts, file())
  await keepVerdicts(home.parts)
}

describe('after a lost ledger', () => {
  test('a ride that the user ignored stays ignored', async () => {
    await archivedRide()
    await say('ignore')
    await home.loseLedger()
    await home.sync()
    expect(home.service.names).toEqual([])
    expect(home.states()).toEqual({ 'rides/a.fit': 'ignored ignored-by-you' })
  })

  test('a ride that was ignored and then wanted goes up', async () => {
    await archivedRide()
    await say('ignore')
    await say('retry')
    expect(home.verdicts()).toEqual([])
    await home.loseLedger()
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
  })

  test('a ride that was deleted on the service is not sent again, and is shown as such', async () => {
    await home.addSource()
    home.put('rides/a.fit', ride, 0)
    await home.sync()
    home.service.activities.length = 0
    await home.clock.advance(11 * minuteMs)
    await home.sync()
    await home.loseLedger()
    await home.sync()
    expect(home.service.names).toEqual(['a.fit'])
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded deleted-on-service' })
    await say('anyway')
    await home.sync()
    expect([home.states(), home.verdicts()]).toEqual([{ 'rides/a.fit': 'uploaded sent' }, []])
  })

  test('a ride whose folder was removed before it was sent stays unsent', async () => {
    await archivedRide()
    const [source] = home.parts.settings.current().sources
    await removeSource(home.parts, source?.id ?? '')
    await keepVerdicts(home.parts)
    await home.loseLedger()
    await home.sync()
    expect(home.service.names).toEqual([])
    expect(home.parts.ledger.recordings.byHash(sha256Of(ride))?.reason.code).toBe('source-removed')
  })

  test('a longer version of a ride that was sent is held, as it was', async () => {
    await home.addSource()
    home.put('rides/a.tcx', tcxRide('2026-11-21T08:00:00Z', 60), 0)
    await home.sync()
    home.put('rides/a.tcx', tcxRide('2026-11-21T08:00:00Z', 120), 0)
    await home.sync()
    await home.loseLedger()
    await home.sync()
    expect(home.service.names).toEqual(['a.tcx'])
    const sent = archivePath('home/archive', sha256Of(tcxRide('2026-11-21T08:00:00Z', 60)), 'tcx')
    expect(home.states()).toEqual({
      'rides/a.tcx': 'held longer-version',
      [sent]: 'uploaded found-after-lost-reply',
    })
  })

  test.each(['ask', 'skip'] as const)(
    'a ride that another app had sent (%s) does not become a second activity',
    async sameRide => {
      const source = await home.addSource()
      await changeSource(home.parts, source.id, { sameRide })
      home.service.hold(new Uint8Array([1]), {
        ...{ externalId: '2389', source: 'GARMIN_CONNECT', type: 'Ride', elapsedS: 60 },
        startDate: '2026-11-21T08:00:05.000Z',
      })
      home.put('rides/a.fit', ride, 0)
      await home.sync()
      const before = home.states()
      await home.loseLedger()
      await home.sync()
      expect([home.states(), home.service.names]).toEqual([before, []])
    },
  )

  test('a ride that was left to another app stays so, also where that app has deleted its own since', async () => {
    const source = await home.addSource()
    await changeSource(home.parts, source.id, { sameRide: 'skip' })
    home.service.hold(new Uint8Array([1]), {
      ...{ externalId: '2389', source: 'GARMIN_CONNECT', type: 'Ride', elapsedS: 60 },
      startDate: '2026-11-21T08:00:05.000Z',
    })
    home.put('rides/a.fit', ride, 0)
    await home.sync()
    const before = home.states()
    home.service.activities.length = 0
    await home.loseLedger()
    await home.sync()
    expect([home.states(), home.service.names]).toEqual([before, []])
    expect(before).toEqual({ 'rides/a.fit': 'alreadyThere had-it-already' })
  })

  test('a ride that waits is still compared with what another app has sent', async () => {
    const source = await home.addSource()
    await changeSource(home.parts, source.id, { sameRide: 'ask' })
    home.service.profileError = offline()
    home.put('rides/a.fit', ride, 0)
    await home.sync()
    home.service.profileError = null
    home.service.hold(new Uint8Array([1]), {
      ...{ externalId: '2389', source: 'GARMIN_CONNECT', type: 'Ride', elapsedS: 60 },
      startDate: '2026-11-21T08:00:05.000Z',
    })
    await home.loseLedger()
    await home.sync()
    expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'held same-ride' }, []])
  })

  test.each([
    ['empty', (path: string) => truncateSync(path, 0)],
    ['cut off', (path: string) => truncateSync(path, 20)],
    ['of nonsense', (path: string) => writeFileSync(path, '{"state":"nonsense"}')],
  ])("a verdict that is %s holds the ride for the user's word", async (_what, damage) => {
    await archivedRide()
    await say('ignore')
    damage(verdict())
    await home.loseLedger()
    await home.sync()
    expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'held after-rebuild' }, []])
  })
})

test('a verdict names the state, the reason and the activities, and nothing else', async () => {
  await archivedRide()
  await say('ignore')
  const text = readFileSync(verdict(), 'utf8')
  expect(JSON.parse(text)).toEqual({
    ...{ state: 'ignored', code: 'ignored-by-you', detail: null, activityIds: [] },
  })
})

test('a ride that is simply sent has no verdict', async () => {
  await home.addSource()
  home.put('rides/a.fit', ride, 0)
  await home.sync()
  expect(home.verdicts()).toEqual([])
})

test('a disk that refuses is tried again, and the request is done all the same', async () => {
  await archivedRide()
  const disk = nodeDisk()
  const refused: string[] = []
  const full = {
    ...disk,
    create: (path: string) => {
      refused.push(path)
      return Promise.reject(new AppError('disk-full', 'full', 'retry', { file: path }))
    },
  }
  ignoreFile(home.parts, file())
  await keepVerdicts({ ...home.parts, disk: full })
  expect([refused.length, home.verdicts()]).toEqual([1, []])
  await keepVerdicts(home.parts)
  expect(home.verdicts()).toHaveLength(1)
})

test('a ledger that proves damaged while they are written is told to whoever mends it', async () => {
  await archivedRide()
  ignoreFile(home.parts, file())
  const { ledger } = home.parts
  const damaged = {
    ...ledger.db,
    run: () => {
      throw new AppError('ledger-damaged', 'malformed', 'give-up')
    },
  }
  const parts = { ...home.parts, ledger: openLedger(damaged) }
  await expect(keepVerdicts(parts)).rejects.toMatchObject({ code: 'ledger-damaged' })
})

test('one that changes while it is written is written as it is now', async () => {
  await archivedRide()
  ignoreFile(home.parts, file())
  const { disk } = home.parts
  let isWanted = false
  const meddled = {
    ...disk,
    flushFolder: async (folder: string) => {
      if (!isWanted) retryFile(home.parts, file())
      isWanted = true
      await disk.flushFolder(folder)
    },
  }
  await keepVerdicts({ ...home.parts, disk: meddled })
  await keepVerdicts(home.parts)
  expect([isWanted, home.verdicts()]).toEqual([true, []])
})

test('killed at any moment of writing it, the next start writes it', async () => {
  await archivedRide()
  let deaths = 0
  for (let dieAt = 1; ; dieAt += 1) {
    await say('retry')
    const { ledger, disk } = home.parts
    ignoreFile(home.parts, file())
    const dying = crashingPorts(disk, ledger.db, dieAt)
    const isDead = await keepVerdicts({ ...home.parts, disk: dying.disk }).then(
      () => false,
      (error: unknown) => {
        if (!(error instanceof Killed)) throw error
        return true
      },
    )
    await home.restart()
    await home.loseLedger()
    expect(home.states()).toEqual({ 'rides/a.fit': 'ignored ignored-by-you' })
    if (!isDead) break
    deaths += 1
  }
  expect(deaths).toBeGreaterThan(4)
})

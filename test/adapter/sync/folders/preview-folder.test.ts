import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeDisk } from '../../../../electron/adapters/node-disk.ts'
import { addTrainer } from '../../../../electron/sync/folders/manage-trainers.ts'
import { removeSource } from '../../../../electron/sync/folders/manage-sources.ts'
import { previewFolder } from '../../../../electron/sync/folders/preview-folder.ts'
import { AppError } from '../../../../shared/app-error.ts'
import type { FolderPreview } from '../../../../shared/window-data.ts'
import { gzipBytes, zipBytes } from '../../../helpers/archive-builder.ts'
import { EngineHome, hourMs, never, nowMs } from '../../../helpers/engine-home.ts'
import { buildFit } from '../../../helpers/fit-builder.ts'
import { fitRide, tcxRide, unfinished } from '../../../helpers/rides.ts'

let home: EngineHome

beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const dayMs = 24 * hourMs
const daysAgo = (days: number): string => new Date(nowMs - days * dayMs).toISOString()

/** Rides 1, 3, 20, 45, 80, 200, 300 and 500 days old, some of them in a zip, and much that is no ride. */
function fillFolder(): void {
  home.put('rides/a.fit', fitRide(daysAgo(1)))
  home.put('rides/again/a copy.fit', fitRide(daysAgo(1)))
  home.put('rides/b.tcx', tcxRide(daysAgo(3)))
  home.put('rides/c.fit.gz', gzipBytes(fitRide(daysAgo(20), 3)))
  const zipped = [
    { name: 'd.fit', bytes: fitRide(daysAgo(45), 4) },
    { name: 'e.fit', bytes: fitRide(daysAgo(80), 5) },
    { name: 'readme.txt', bytes: new Uint8Array(10) },
  ]
  home.put('rides/two.zip', zipBytes(zipped))
  home.put('rides/deep/er/f.fit', fitRide(daysAgo(200), 6))
  const broken = [
    { name: 'g.fit', bytes: fitRide(daysAgo(300), 7) },
    { name: 'half.fit', bytes: unfinished(fitRide(daysAgo(2), 8)) },
  ]
  home.put('rides/broken.zip', zipBytes(broken))
  home.put('rides/h.fit', fitRide(daysAgo(500), 9))
  const damaged = fitRide(daysAgo(4), 10).map((byte, at) => (at === 100 ? byte ^ 255 : byte))
  home.put('rides/damaged.fit', damaged, 20 * hourMs)
  home.put('rides/workout.fit', buildFit({ startTime: daysAgo(1), type: 'workout' }))
  home.put('rides/notes.txt', 'no ride')
  home.put('rides/page.fit', '<html>not found</html>', 20 * hourMs)
}

const preview = (name = 'rides'): Promise<FolderPreview> =>
  home.clock.during(previewFolder(home.parts, home.folder(name), never))

/** How many rides of the folder would go up, or have gone. */
function sent(): number {
  const states = home.parts.ledger.recordings.all().map(recording => recording.state)
  return states.filter(state => state === 'queued' || state === 'uploaded').length
}

describe('what adding a folder would mean', () => {
  test('counts whole rides once each, and those of the last days by their start', async () => {
    fillFolder()
    expect(await preview()).toEqual({
      ...{ folder: home.folder('rides'), refusal: null, rides: 8, newestAt: daysAgo(1), isPartial: false },
      within: [
        { days: 7, rides: 2 },
        { days: 30, rides: 3 },
        { days: 90, rides: 5 },
        { days: 365, rides: 7 },
      ],
    })
  })

  test.each([7, 30, 90, 365])('says what a backfill of %d days then sends', async days => {
    fillFolder()
    const said = (await preview()).within.find(window => window.days === days)?.rides
    await home.addSource('rides', `${days}d`)
    await home.sync()
    expect(sent()).toBe(said)
    expect(said).toBeGreaterThan(1)
  })

  test('says what a backfill of everything then sends', async () => {
    fillFolder()
    const { rides } = await preview()
    await home.addSource('rides', 'all')
    await home.sync()
    expect(sent()).toBe(rides)
  })

  test('leaves nothing behind, neither in the folder nor at home', async () => {
    fillFolder()
    const files = (): readonly string[] =>
      readdirSync(home.folder('rides'), { recursive: true, encoding: 'utf8' })
        .map(name => `${name} ${String(statSync(join(home.folder('rides'), name)).mtimeMs)}`)
        .toSorted()
    const before = files()
    await preview()
    expect(files()).toEqual(before)
    expect(home.staged()).toEqual([])
    expect(home.files()).toEqual([])
    expect(home.parts.settings.current().sources).toEqual([])
  })

  test('does not count what was sent before as still to send', async () => {
    fillFolder()
    const source = await home.addSource('rides', '30d')
    await home.sync()
    await removeSource(home.parts, source.id)
    expect(await preview()).toMatchObject({
      rides: 8,
      within: [{ rides: 0 }, { rides: 0 }, { rides: 2 }, { rides: 4 }],
    })
  })

  test('leaves out what lies in a trainer folder, as the source will', async () => {
    fillFolder()
    await addTrainer(home.parts, {
      ...{ folder: home.folder('rides/deep'), format: 'fit', days: 7, sports: null, name: null },
    })
    expect((await preview()).rides).toBe(7)
  })

  test('an empty folder is empty', async () => {
    mkdirSync(home.folder('rides'))
    expect(await preview()).toMatchObject({ refusal: null, rides: 0, newestAt: null, isPartial: false })
  })
})

describe('a folder that cannot be a source', () => {
  test('is refused in the words of adding it', async () => {
    await home.addSource('rides')
    home.put('file.txt', 'x')
    for (const name of ['rides', 'home', 'nowhere', 'file.txt', '']) {
      const refusal = await home
        .addSource(name === 'nowhere' ? 'rides/x' : name)
        .then(
          () => null,
          (error: unknown) => (error instanceof AppError ? error.message : null),
        )
        .catch(() => null)
      const said = await preview(name)
      expect(said).toMatchObject({ rides: 0, isPartial: false })
      if (name !== 'nowhere' && name !== 'file.txt') expect(said.refusal).toBe(refusal)
      else expect(said.refusal).toMatch(name === 'nowhere' ? /There is no folder/ : /not a folder/)
    }
  })

  test.each(['', 'rides', '~/rides'])('needs a whole path, not "%s"', async folder => {
    const { refusal } = await previewFolder(home.parts, folder, never)
    expect(refusal).toMatch(/whole path/)
  })

  test('is refused when a part of it cannot be read', async () => {
    fillFolder()
    const disk = nodeDisk()
    const closed = home.folder('rides/deep')
    const list: typeof disk.list = folder =>
      folder === closed
        ? Promise.reject(new AppError('unreadable', 'EACCES', 'retry', { file: closed }))
        : disk.list(folder)
    const said = await previewFolder({ ...home.parts, disk: { ...disk, list } }, home.folder('rides'), never)
    expect(said.refusal).toBe(`${closed} can't be read: allow Musette to read it, then add the folder again.`)
  })
})

describe('a large folder', () => {
  /** A clock on which each look at the time takes this long. */
  const slowParts = (stepMs: number): typeof home.parts => {
    let steadyMs = 0
    const monotonic = (): number => (steadyMs += stepMs)
    const { now, timeZone } = home.clock
    const sleep: typeof home.clock.sleep = (ms, signal) => home.clock.sleep(ms, signal)
    return { ...home.parts, clock: { now, timeZone, sleep, monotonic } }
  }

  test('is proved for a while, and the rest looked at by its beginnings', async () => {
    fillFolder()
    rmSync(home.folder('rides/again'), { recursive: true })
    const said = await previewFolder(slowParts(400), home.folder('rides'), never)
    expect(said).toMatchObject({ isPartial: false, refusal: null })
    // A glance cannot tell that one is damaged further in.
    expect(said.rides).toBeGreaterThanOrEqual(8)
    expect(said.rides).toBeLessThanOrEqual(9)
  })

  test('says that its numbers are the least there are when time is over', async () => {
    fillFolder()
    for (let place = 0; place < 30; place += 1)
      home.put(`rides/more/${place}.fit`, fitRide(daysAgo(2), 100 + place), 2 * dayMs)
    const said = await previewFolder(slowParts(500), home.folder('rides'), never)
    expect(said.isPartial).toBe(true)
    expect(said.rides).toBeGreaterThan(0)
    expect(said.rides).toBeLessThan(30)
  })

  test('ends when the engine does', async () => {
    fillFolder()
    const stop = new AbortController()
    stop.abort(new Error('stopping'))
    await expect(previewFolder(home.parts, home.folder('rides'), stop.signal)).rejects.toThrow('stopping')
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeDisk } from '../../../../electron/adapters/node-disk.ts'
import { answerRequest, type Engine } from '../../../../electron/host/handle-requests.ts'
import { addSource } from '../../../../electron/sync/folders/manage-sources.ts'
import type { Disk } from '../../../../electron/sync/ports/disk.ts'
import { AppError } from '../../../../shared/app-error.ts'
import { zipBytes } from '../../../helpers/archive-builder.ts'
import { EngineHome, never } from '../../../helpers/engine-home.ts'
import { fitRide, sha256Of, unfinished } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const old = fitRide('2026-01-10T08:00:00Z')
const recent = fitRide('2026-11-10T08:00:00Z')
const fresh = fitRide('2026-11-21T08:00:00Z')

const wanted = (name: string) => ({
  ...{ folder: home.folder(name), backfill: { kind: 'none' } as const, name: null },
})

describe("a source's id", () => {
  test('is another one for each of two folders added at once, and both stay', async () => {
    home.put('one/a.fit', old)
    home.put('two/b.fit', recent)
    const engine: Engine = {
      ...{
        parts: home.parts,
        home: home.root,
        userFolders: null,
        isWorking: false,
        troubles: [],
        signal: never,
      },
      sync: () => home.sync(),
      wake: () => undefined,
      view: () => home.view(),
      useCredential: () => undefined,
    }
    const added = await Promise.all([
      answerRequest(engine, 'addSource', wanted('one')),
      answerRequest(engine, 'addSource', wanted('two')),
    ])
    expect(new Set(added.map(source => source.id)).size).toBe(2)
    expect(home.parts.settings.current().sources).toEqual(added)
  })

  test('of a folder whose adding was killed is never given to another', async () => {
    home.put('one/a.fit', old)
    home.put('two/b.fit', recent)
    let updates = 0
    const { settings } = home.parts
    const dying: typeof settings = {
      current: () => settings.current(),
      update: change => {
        updates += 1
        return updates === 1 ? settings.update(change) : Promise.reject(new Error('killed'))
      },
    }
    await expect(addSource({ ...home.parts, settings: dying }, wanted('one'), never)).rejects.toThrow(
      'killed',
    )
    const left = home.parts.ledger.files.byPath(home.folder('one/a.fit'))?.sourceId
    await home.restart()
    const next = await home.addSource('two')
    const again = await home.addSource('one')
    expect(left).toMatch(/^s\d+$/)
    expect(new Set([left, next.id, again.id]).size).toBe(3)
    await home.sync()
    expect(home.states()).toEqual({
      'one/a.fit': 'tooOld before-baseline',
      'two/b.fit': 'tooOld before-baseline',
    })
  })
})

describe('a zip of whole rides and an unfinished one', () => {
  const zip = (last: Uint8Array): Uint8Array =>
    zipBytes([
      { name: 'old.fit', bytes: old },
      { name: 'recent.fit', bytes: recent },
      { name: 'last.fit', bytes: last },
    ])
  const entries = () => home.files()[0]?.entries?.map(entry => [entry.path, entry.state, entry.reasonCode])
  const wholeOnes = [
    ['old.fit', 'tooOld', 'before-baseline'],
    ['recent.fit', 'tooOld', 'before-baseline'],
  ]

  test.each([
    ['as it was added', false],
    ['after its ledger was lost', true],
  ])('sends nothing of it, and later only the one that has become whole: %s', async (_, isLost) => {
    home.put('rides/week.zip', zip(unfinished(fresh)))
    await home.addSource()
    if (isLost) await home.loseLedger()
    await home.sync()
    expect([home.service.names, entries()]).toEqual([
      [],
      [...wholeOnes, ['last.fit', 'waiting', 'unfinished']],
    ])
    home.put('rides/week.zip', zip(fresh))
    await home.sync()
    expect(home.service.uploads.map(upload => upload.sha256)).toEqual([sha256Of(fresh)])
    expect(entries()).toEqual([...wholeOnes, ['last.fit', 'uploaded', 'sent']])
  })
})

describe('what cannot be read when its folder is added', () => {
  const unreadable = (path: string) =>
    Promise.reject(new AppError('unreadable', 'no', 'give-up', { file: path }))

  test('a folder in it: the source is refused, and the folder named', async () => {
    home.put('rides/sub/a.fit', old)
    const disk: Disk = {
      ...nodeDisk(),
      list: path => (path === home.folder('rides/sub') ? unreadable(path) : nodeDisk().list(path)),
    }
    await home.restart({ disk })
    await expect(home.addSource()).rejects.toMatchObject({
      ...{ code: 'folder-refused', file: home.folder('rides/sub') },
    })
    expect(home.parts.settings.current().sources).toEqual([])
  })

  /** Adds the folder while its one file cannot be opened. */
  async function addBlind(backfill: string): Promise<void> {
    const disk: Disk = {
      ...nodeDisk(),
      openRead: path => (path === home.folder('rides/a.fit') ? unreadable(path) : nodeDisk().openRead(path)),
    }
    await home.restart({ disk })
    await home.addSource('rides', backfill)
    await home.restart()
  }

  test.each([
    ['none', recent, 'tooOld before-baseline'],
    ['30d', old, 'tooOld before-baseline'],
    ['30d', recent, 'uploaded sent'],
  ])('a file in it, with backfill %s, is what it would have been', async (backfill, ride, state) => {
    home.put('rides/a.fit', ride)
    await addBlind(backfill)
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': state })
  })

  test('a file in it that is changed later is new', async () => {
    home.put('rides/a.fit', old)
    await addBlind('none')
    home.put('rides/a.fit', fresh, 0)
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
  })
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileAsks } from '../../../../electron/host/asks/file-asks.ts'
import { findingAsks } from '../../../../electron/host/asks/finding-asks.ts'
import type { Engine } from '../../../../electron/host/handle-requests.ts'
import type { FileFilter } from '../../../../shared/window-data.ts'
import { EngineHome, never } from '../../../helpers/engine-home.ts'
import { fitRide, unfinished } from '../../../helpers/rides.ts'

let home: EngineHome
let wakes: number

beforeEach(async () => {
  home = await EngineHome.open()
  wakes = 0
  await home.addSource()
  home.put('rides/half.fit', unfinished(fitRide()))
  await home.sync()
})
afterEach(() => home.close())

const all: FileFilter = { text: '', states: [], sourceId: null, sport: null, from: null, to: null }

function engine(): Parameters<typeof fileAsks.listFiles>[0] {
  const notAsked = (): never => {
    throw new Error('not asked for')
  }
  const host: Partial<Engine> = {
    ...{ parts: home.parts, home: home.folder('home'), isWorking: false, troubles: [], signal: never },
    ...{ sync: notAsked, useCredential: notAsked },
    wake: () => {
      wakes += 1
    },
  }
  return host as Engine // what these handlers use of it is there
}

test('a page, a story and an action, which wakes the loop', async () => {
  const page = await fileAsks.listFiles(engine(), { query: { ...all, offset: 0, limit: 10 } })
  expect(page.rows.map(row => `${row.name} ${row.state}`)).toEqual(['half.fit waiting'])
  const [row] = page.rows
  const fileId = row?.fileId ?? -1
  expect((await fileAsks.fileStory(engine(), { fileId })).path).toBe(home.folder('rides/half.fit'))
  expect(wakes).toBe(0)
  const selection = { kind: 'matching', filter: all } as const
  const outcome = await home.clock.during(fileAsks.actOnFiles(engine(), { action: 'ignore', selection }))
  expect(outcome).toEqual({ done: 1, skipped: 0, failedCount: 0, failed: [] })
  expect(wakes).toBe(1)
})

test('what goes wrong is a rejection, not a throw', async () => {
  await expect(fileAsks.fileStory(engine(), { fileId: 4711 })).rejects.toMatchObject({ code: 'unknown-item' })
  const query = { ...all, from: '2026-02-30', offset: 0, limit: 10 }
  await expect(fileAsks.listFiles(engine(), { query })).rejects.toMatchObject({ code: 'bad-usage' })
})

test('a folder is looked at before it is added, on the computer as it is', async () => {
  home.put('more/a.fit', fitRide())
  const preview = await findingAsks.previewFolder(engine(), { folder: home.folder('more') })
  expect(preview).toMatchObject({ refusal: null, rides: 1 })
  const found = await findingAsks.discoverFolders(engine(), null)
  expect(Array.isArray(found)).toBe(true)
})

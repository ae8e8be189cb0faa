import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { actOnFiles } from '../../../../electron/sync/view/file-bulk.ts'
import { fileStory, listFiles } from '../../../../electron/sync/view/file-pages.ts'
import type { FileAction } from '../../../../shared/app-snapshot.ts'
import type { ActionOutcome, FileFilter, FileSelection } from '../../../../shared/window-data.ts'
import { EngineHome, hourMs, never } from '../../../helpers/engine-home.ts'
import { seedManyFiles } from '../../../helpers/many-files.ts'
import { fitRide, unfinished } from '../../../helpers/rides.ts'

let home: EngineHome

beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const all: FileFilter = { text: '', states: [], sourceId: null, sport: null, from: null, to: null }

function idOf(name: string): number {
  const [row] = listFiles(home.parts, { ...all, text: name, offset: 0, limit: 1 }).rows
  if (row === undefined) throw new Error(`no file ${name}`)
  return row.fileId
}

function act(action: FileAction, selection: FileSelection, signal = never): Promise<ActionOutcome> {
  return home.clock.during(actOnFiles(home.parts, action, selection, signal))
}

function matching(filter: Partial<FileFilter>): FileSelection {
  return { kind: 'matching', filter: { ...all, ...filter } }
}

describe('one thing done to many files', () => {
  test('counts what was done, what there was nothing to do for, and what failed, each with its words', async () => {
    await home.addSource()
    home.put('rides/sent.fit', fitRide('2026-11-20T08:00:00Z'))
    home.put('rides/half.fit', unfinished(fitRide('2026-11-21T07:00:00Z', 2)))
    home.put('rides/junk.fit', 'not a ride at all, whatever its name says', 20 * hourMs)
    await home.sync()
    expect(home.states()).toEqual({
      'rides/sent.fit': 'uploaded sent',
      'rides/half.fit': 'waiting unfinished',
      'rides/junk.fit': 'held damaged',
    })
    const ids = [...['sent.fit', 'half.fit', 'junk.fit'].map(idOf), 4711]
    expect(await act('ignore', { kind: 'ids', ids })).toEqual({
      ...{ done: 2, skipped: 1, failedCount: 1 },
      failed: [{ name: 'A file', message: 'Musette does not know this file any more.' }],
    })
    expect(home.states()).toMatchObject({
      'rides/half.fit': 'ignored ignored-by-you',
      'rides/junk.fit': 'ignored ignored-by-you',
    })
    expect(await act('retry', { kind: 'ids', ids: [...ids, ...ids] })).toMatchObject({ done: 2, skipped: 1 })
    expect(home.states()).toMatchObject({ 'rides/half.fit': 'waiting not-looked-at' })
  })

  test('one file that fails does not stop the others', async () => {
    await home.addSource('rides', 'none')
    for (const [place, hour] of ['05', '06', '07'].entries()) {
      home.put(`rides/${hour}.fit`, unfinished(fitRide(`2026-11-21T${hour}:00:00Z`, place)))
    }
    await home.sync()
    // It went away, and no scan has noticed yet.
    rmSync(home.folder('rides/06.fit'))
    const outcome = await act('uploadAnyway', matching({ states: ['waiting'] }))
    expect(outcome).toMatchObject({ done: 2, skipped: 0, failedCount: 1 })
    expect(outcome.failed.map(failure => failure.name)).toEqual(['06.fit'])
    expect(outcome.failed[0]?.message).toMatch(/not there any more/)
    await home.sync()
    expect(home.states()).toMatchObject({ 'rides/05.fit': 'uploaded sent', 'rides/07.fit': 'uploaded sent' })
  })

  test('says so when nothing in a file can be read', async () => {
    await home.addSource()
    home.put('rides/junk.fit', unfinished(fitRide()).subarray(0, 14))
    await home.sync()
    const outcome = await act('uploadAnyway', { kind: 'ids', ids: [idOf('junk.fit')] })
    expect(outcome.failed).toEqual([
      { name: 'junk.fit', message: 'Nothing in it can be read as a ride. The file is left as it is.' },
    ])
  })

  test('reaches everything that matches, however much, and leaves the rest alone', async () => {
    seedManyFiles(home.parts.ledger, 3000)
    const before = listFiles(home.parts, { ...all, offset: 0, limit: 1 }).total
    const tooOld = listFiles(home.parts, { ...all, states: ['tooOld'], offset: 0, limit: 1 }).total
    const held = await act('ignore', matching({ states: ['held'] }))
    expect(held).toEqual({ done: 3, skipped: 0, failedCount: 0, failed: [] })
    expect(await act('ignore', matching({}))).toEqual({
      done: 0,
      skipped: before,
      failedCount: 0,
      failed: [],
    })
    expect(listFiles(home.parts, { ...all, states: ['tooOld'], offset: 0, limit: 1 }).total).toBe(tooOld)
  })

  test('lets others have their turn between the files', async () => {
    seedManyFiles(home.parts.ledger, 1000)
    const waitsBefore = home.clock.waits.length
    await act('ignore', matching({}))
    expect(home.clock.waits.length - waitsBefore).toBeGreaterThanOrEqual(1000 / 20)
  })

  test('ends when the engine does; what was done stays done', async () => {
    await home.addSource()
    for (let place = 0; place < 120; place += 1) {
      home.put(`rides/${String(place)}.fit`, unfinished(fitRide('2026-11-21T07:00:00Z', place)))
    }
    await home.sync()
    const stop = new AbortController()
    const rows = listFiles(home.parts, { ...all, offset: 0, limit: 500 }).rows
    const selection: FileSelection = { kind: 'ids', ids: rows.map(row => row.fileId) }
    const { now, monotonic, timeZone } = home.clock
    let turns = 0
    const sleep = (): Promise<void> => {
      turns += 1
      if (turns === 2) stop.abort(new Error('stopping'))
      return Promise.resolve()
    }
    const parts = { ...home.parts, clock: { now, monotonic, timeZone, sleep } }
    await expect(actOnFiles(parts, 'ignore', selection, stop.signal)).rejects.toThrow('stopping')
    const left = listFiles(home.parts, { ...all, states: ['waiting'], offset: 0, limit: 1 }).total
    const done = listFiles(home.parts, { ...all, states: ['ignored'], offset: 0, limit: 1 }).total
    expect({ left, done }).toEqual({ left: 100, done: 20 })
  })
})

test('a story names what can be done now', async () => {
  await home.addSource()
  home.put('rides/half.fit', unfinished(fitRide()))
  await home.sync()
  expect(fileStory(home.parts, idOf('half.fit')).actions).toEqual(['retry', 'uploadAnyway', 'ignore'])
  await act('ignore', { kind: 'ids', ids: [idOf('half.fit')] })
  expect(fileStory(home.parts, idOf('half.fit')).actions).toEqual(['retry'])
})

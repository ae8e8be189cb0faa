import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countShown } from '../../../../electron/sync/view/file-list.ts'
import { fileStory, listFiles } from '../../../../electron/sync/view/file-pages.ts'
import type { FilePage, FileQuery } from '../../../../shared/window-data.ts'
import { zipBytes } from '../../../helpers/archive-builder.ts'
import { EngineHome, hourMs, minuteMs } from '../../../helpers/engine-home.ts'
import { fitRide, unfinished } from '../../../helpers/rides.ts'
import { seedFile, type SeedArguments } from '../../../helpers/seed-file.ts'

let home: EngineHome

beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const everything: FileQuery = {
  ...{ text: '', states: [], sourceId: null, sport: null, from: null, to: null, offset: 0, limit: 500 },
}
const list = (query: Partial<FileQuery> = {}): FilePage => listFiles(home.parts, { ...everything, ...query })
const names = (query: Partial<FileQuery> = {}): readonly string[] => list(query).rows.map(row => row.name)

const seed = (...file: SeedArguments): number => seedFile(home, ...file)

describe('pages', () => {
  test('are newest first by the ride, else by the file; equal moments keep one order over all pages', async () => {
    await home.addSource()
    home.put('rides/old-ride-new-file.fit', fitRide('2026-10-01T08:00:00Z'), minuteMs)
    home.put('rides/new-ride.fit', fitRide('2026-11-20T08:00:00Z', 2), 5 * hourMs)
    home.put('rides/half.fit', unfinished(fitRide()), 2 * hourMs)
    await home.sync()
    expect(names()).toEqual(['half.fit', 'new-ride.fit', 'old-ride-new-file.fit'])
    expect(list().rows.map(row => row.at)).toEqual([
      '2026-11-21T08:00:00.000Z',
      '2026-11-20T08:00:00.000Z',
      '2026-10-01T08:00:00.000Z',
    ])
    for (let place = 0; place < 25; place += 1) seed(`same-${String(place)}.fit`, [{ state: 'uploaded' }])
    const whole = names({ text: 'same-' })
    const pages = [0, 10, 20].flatMap(offset => names({ text: 'same-', offset, limit: 10 }))
    expect(pages).toEqual(whole)
    expect(new Set(pages).size).toBe(25)
  })

  test('say how many there are in all, also beyond the end', () => {
    for (let place = 0; place < 12; place += 1) seed(`${String(place)}.fit`, [{ state: 'uploaded' }])
    expect(list({ limit: 5 }).total).toBe(12)
    expect(list({ limit: 5 }).rows).toHaveLength(5)
    expect(list({ offset: 50 })).toEqual({ total: 12, rows: [], sports: ['cycling'] })
  })

  test('a file whose time no calendar knows is shown all the same', () => {
    seed('far.fit', [], { atMs: 9e15 })
    seed('early.fit', [], { atMs: -5 })
    expect(list().rows.map(row => row.at)).toEqual(['9999-12-31T23:59:59.999Z', '1970-01-01T00:00:00.000Z'])
  })

  test('tell a ride and a zip as the window shows them', async () => {
    await home.addSource()
    const two = [
      { name: 'x.fit', bytes: fitRide('2026-11-20T08:00:00Z', 3) },
      { name: 'y.fit', bytes: fitRide('2026-11-20T09:00:00Z', 4) },
    ]
    home.put('rides/two.zip', zipBytes(two))
    home.put('rides/one.fit', fitRide())
    await home.sync()
    const [zip, ride] = list().rows
    expect(ride).toMatchObject({
      ...{
        name: 'one.fit',
        sourceName: 'rides',
        sourceId: 's1',
        state: 'uploaded',
        reasonCode: 'sent',
        inside: null,
      },
      ...{ startTime: '2026-11-21T08:00:00.000Z', sport: 'cycling', durationS: 60, bytes: fitRide().length },
    })
    expect(zip).toMatchObject({
      name: 'two.zip',
      inside: 2,
      startTime: null,
      sport: 'cycling',
      state: 'uploaded',
    })
    expect(zip?.activityIds).toHaveLength(2)
    const story = fileStory(home.parts, zip?.fileId ?? -1)
    expect(story.entries.map(entry => `${entry.name} ${entry.state}`)).toEqual([
      'x.fit uploaded',
      'y.fit uploaded',
    ])
    const steps = story.history.map(line => line.reason)
    expect(new Set(steps).size).toBe(steps.length)
    expect(steps.filter(step => step.endsWith('Sent to Intervals.icu.'))).toEqual([
      'x.fit: Sent to Intervals.icu.',
      'y.fit: Sent to Intervals.icu.',
    ])
    expect(story).toMatchObject({
      isPresent: true,
      isArchived: true,
      sha256: null,
      externalId: null,
      actions: [],
    })
  })
})

describe('filters', () => {
  test('text finds part of a path in any case and any form of its accents, and its signs mean themselves', () => {
    seed('Gärten/Über Straße.fit', [])
    // As macOS keeps names: the accent on its own.
    seed('A\u0308pfel.fit', [])
    seed('100%_sure.fit', [])
    seed('100 x sure.fit', [])
    expect(names({ text: 'GÄRTEN/ü' })).toEqual(['Über Straße.fit'])
    expect(names({ text: 'ÄPFEL' })).toEqual(['A\u0308pfel.fit'])
    expect(names({ text: '100%_' })).toEqual(['100%_sure.fit'])
    expect(names({ text: '%' })).toEqual(['100%_sure.fit'])
    expect(names({ text: "' OR 1=1" })).toEqual([])
  })

  test('states, source and sport narrow each other', () => {
    seed('a.fit', [{ state: 'uploaded' }])
    seed('b.fit', [{ state: 'queued' }])
    seed('c.fit', [{ state: 'queued' }], { source: 's2' })
    seed('d.fit', [], { state: 'held', source: 's2' })
    const sorted = (query: Partial<FileQuery>): readonly string[] => names(query).toSorted()
    expect(sorted({ states: ['queued', 'held'] })).toEqual(['b.fit', 'c.fit', 'd.fit'])
    expect(sorted({ states: ['queued', 'held'], sourceId: 's2' })).toEqual(['c.fit', 'd.fit'])
    expect(sorted({ sourceId: 's2', sport: 'cycling' })).toEqual(['c.fit'])
    expect(countShown(home.parts.ledger.db)).toEqual([
      { sourceId: 's1', state: 'queued', count: 1 },
      { sourceId: 's1', state: 'uploaded', count: 1 },
      { sourceId: 's2', state: 'held', count: 1 },
      { sourceId: 's2', state: 'queued', count: 1 },
    ])
  })

  test("dates are this computer's, both days inclusive", () => {
    home.clock.zone = 'Europe/Berlin'
    seed('before.fit', [], { atMs: Date.UTC(2026, 10, 18, 22, 59) })
    seed('first.fit', [], { atMs: Date.UTC(2026, 10, 18, 23, 0) })
    seed('last.fit', [], { atMs: Date.UTC(2026, 10, 20, 22, 59) })
    seed('after.fit', [], { atMs: Date.UTC(2026, 10, 20, 23, 0) })
    expect(names({ from: '2026-11-19', to: '2026-11-20' })).toEqual(['last.fit', 'first.fit'])
    expect(names({ from: '2026-11-20' })).toEqual(['after.fit', 'last.fit'])
    expect(names({ to: '2026-11-18' })).toEqual(['before.fit'])
  })

  test.each([{ from: '2026-02-31' }, { to: '2026-13-01' }, { to: '9999-99-99' }])(
    'a date there is not is refused: %o',
    query => {
      expect(() => list(query)).toThrow(expect.objectContaining({ code: 'bad-usage' }))
    },
  )

  test('a day that a zone left out begins with the next', () => {
    home.clock.zone = 'Pacific/Apia' // crossed the date line: no 30 December 2011
    seed('new-year.fit', [], { atMs: Date.UTC(2011, 11, 31, 2) })
    expect(names({ from: '2011-12-30' })).toEqual(['new-year.fit'])
  })
})

test('the story of a file that is gone from the ledger is refused', () => {
  expect(() => fileStory(home.parts, 4711)).toThrow(expect.objectContaining({ code: 'unknown-item' }))
})

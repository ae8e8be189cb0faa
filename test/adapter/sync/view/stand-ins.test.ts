import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { archivePath } from '../../../../electron/sync/activities/archive.ts'
import {
  findFile,
  ignoreFile,
  retryFile,
  uploadAnyway,
} from '../../../../electron/sync/folders/file-requests.ts'
import { changeSource, removeSource } from '../../../../electron/sync/folders/manage-sources.ts'
import { addStandIns } from '../../../../electron/sync/ledger/stand-in-schema.ts'
import { countStates, Overview } from '../../../../electron/sync/overview.ts'
import { actOnFiles } from '../../../../electron/sync/view/file-bulk.ts'
import { fileStory, listFiles } from '../../../../electron/sync/view/file-pages.ts'
import { AppError } from '../../../../shared/app-error.ts'
import { activityStates } from '../../../../shared/states.ts'
import type { FileAction } from '../../../../shared/app-snapshot.ts'
import type { FileQuery, FileRowView, FileSelection } from '../../../../shared/window-data.ts'
import { zipBytes } from '../../../helpers/archive-builder.ts'
import { EngineHome, never } from '../../../helpers/engine-home.ts'
import { failure } from '../../../helpers/fake-service.ts'
import { fitRide, sha256Of, unfinished } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const first = fitRide('2026-11-21T07:00:00Z')
const second = fitRide('2026-11-21T08:00:00Z', 2)
const everything: FileQuery = {
  ...{ text: '', states: [], sourceId: null, sport: null, from: null, to: null, offset: 0, limit: 500 },
}
const rows = (query: Partial<FileQuery> = {}): readonly FileRowView[] =>
  listFiles(home.parts, { ...everything, ...query }).rows
const standIns = (): readonly FileRowView[] => rows().filter(row => row.isStandIn)
const copyOf = (bytes: Uint8Array): string => archivePath(home.folder('home/archive'), sha256Of(bytes), 'fit')
const file = (name: string) => findFile(home.parts.ledger, name, home.root)
const story = (name: string) =>
  new Overview(home.parts.ledger, home.clock.now(), false, home.folder('home/archive')).story(file(name))
const act = (...what: [FileAction, FileSelection]) =>
  home.clock.during(actOnFiles(home.parts, ...what, never))
const refusal = () => failure(new AppError('refused-by-service', 'No such sport', 'give-up'))

/** Each view of the list tells the same. */
function expectAgreement(): void {
  const told = home.files().map(entry => `${entry.path} ${entry.state} ${entry.reasonCode}`)
  const shown = rows().map(row => `${fileStory(home.parts, row.fileId).path} ${row.state} ${row.reasonCode}`)
  expect(shown.toSorted()).toEqual(told.toSorted())
  const counts = countStates(home.parts.ledger)
  expect(home.view().counts).toEqual(counts)
  for (const state of activityStates) expect(rows({ states: [state] })).toHaveLength(counts[state])
}

async function overwrite(): Promise<void> {
  home.put('rides/new.fit', second)
  await home.sync()
}

async function refused(): Promise<void> {
  await home.addSource()
  home.service.script.push(refusal())
  home.put('rides/new.fit', first)
  await home.sync()
}

describe('a ride whose file was overwritten', () => {
  test('refused before: is listed with its reason, its copy and where it was', async () => {
    await refused()
    await overwrite()
    expect(home.states()).toEqual({
      'rides/new.fit': 'uploaded sent',
      'was rides/new.fit': 'rejected refused',
    })
    expect(home.files().find(entry => entry.path === copyOf(first))).toMatchObject({
      ...{ sha256: sha256Of(first), startTime: '2026-11-21T07:00:00.000Z', source: 's1' },
      ...{ formerPaths: [home.folder('rides/new.fit')], sameAs: [], entries: null },
    })
    const [row] = standIns()
    expect(row).toMatchObject({ name: 'new.fit', state: 'rejected', sourceId: 's1', sport: 'cycling' })
    expectAgreement()
    expect(home.view()).toMatchObject({ state: 'attention', needsCount: 1 })
    expect(home.view().needs.map(need => [need.fileId, need.actions])).toEqual([
      [row?.fileId, ['retry', 'ignore']],
    ])
  })

  test('is told by its old path, its copy and its hash', async () => {
    await refused()
    await overwrite()
    expect(story(home.folder('rides/new.fit'))).toMatchObject({
      state: 'uploaded',
      earlier: [{ path: copyOf(first), state: 'rejected' }],
    })
    for (const name of [copyOf(first), sha256Of(first).slice(0, 12)]) {
      const { path, history, earlier } = story(name)
      expect([path, history.at(-1)?.state, earlier]).toEqual([copyOf(first), 'rejected', []])
    }
    // The copy of a ride that has a file names that file.
    expect(story(copyOf(second)).path).toBe(home.folder('rides/new.fit'))
  })

  test('held beside what another app sent: goes up when the user says so, and stays listed', async () => {
    const source = await home.addSource()
    await changeSource(home.parts, source.id, { sameRide: 'ask' })
    home.service.hold(new Uint8Array([1]), {
      ...{ externalId: '2389', source: 'GARMIN_CONNECT', type: 'Ride', elapsedS: 60 },
      startDate: '2026-11-21T07:00:05.000Z',
    })
    home.put('rides/new.fit', first)
    await home.sync()
    await overwrite()
    expect(home.states()['was rides/new.fit']).toBe('held same-ride')
    const [row] = standIns()
    const ids = row === undefined ? [] : [row.fileId]
    const outcome = await act('uploadAnyway', { kind: 'ids', ids })
    expect(outcome).toMatchObject({ done: 1, failedCount: 0 })
    await home.sync()
    expect(home.states()['was rides/new.fit']).toBe('uploaded sent')
    expect(standIns().map(each => each.fileId)).toEqual(ids)
  })

  test('is ignored and brought back by its copy', async () => {
    await refused()
    await overwrite()
    ignoreFile(home.parts, file(copyOf(first)))
    expect(home.states()['was rides/new.fit']).toBe('ignored ignored-by-you')
    retryFile(home.parts, file(copyOf(first)))
    await home.sync()
    expect(home.states()['was rides/new.fit']).toBe('uploaded sent')
    expectAgreement()
  })

  test('by something that is no ride, or not yet, or in a zip: each ride is listed', async () => {
    await home.addSource()
    home.put('rides/a.fit', first)
    const zip = zipBytes([
      { name: 'x.fit', bytes: fitRide('2026-11-19T08:00:00Z', 3) },
      { name: 'y.fit', bytes: fitRide('2026-11-20T08:00:00Z', 4) },
    ])
    home.put('rides/two.zip', zip)
    await home.sync()
    expect(standIns()).toEqual([])
    home.put('rides/a.fit', unfinished(second))
    home.put('rides/two.zip', zipBytes([{ name: 'note.txt', bytes: new Uint8Array([1]) }]))
    await home.sync()
    expect(standIns().map(row => [row.name, row.state])).toEqual([
      ['a.fit', 'uploaded'],
      ['y.fit', 'uploaded'],
      ['x.fit', 'uploaded'],
    ])
    expectAgreement()
  })

  test('is found by the name and the folder it had, in any case', async () => {
    await home.addSource()
    home.put('rides/ÜBER den Berg.fit', first)
    await home.sync()
    home.put('rides/ÜBER den Berg.fit', second)
    await home.sync()
    for (const text of ['über den berg', 'rides/üBER', sha256Of(first).slice(0, 20)])
      expect([text, rows({ text }).filter(row => row.isStandIn).length]).toEqual([text, 1])
    const outcome = await act('ignore', { kind: 'matching', filter: { ...everything, text: 'über' } })
    expect(outcome.skipped).toBe(2)
  })

  test('gives way to a file that holds it again, and comes back under the same id', async () => {
    await refused()
    await overwrite()
    const [before] = standIns()
    home.put('rides/back.fit', first)
    await home.sync()
    expect(home.states()).toEqual({ 'rides/new.fit': 'uploaded sent', 'rides/back.fit': 'rejected refused' })
    home.put('rides/back.fit', second)
    await home.sync()
    expect(standIns().map(row => row.fileId)).toEqual([before?.fileId])
    expectAgreement()
  })

  test('stays with its folder, and when that is removed', async () => {
    await refused()
    await overwrite()
    expect(rows({ sourceId: 's1' })).toHaveLength(2)
    await removeSource(home.parts, 's1')
    expect(home.states()['was rides/new.fit']).toBe('rejected refused')
    retryFile(home.parts, file(copyOf(first)))
    await home.sync()
    expect(home.states()['was rides/new.fit']).toBe('uploaded sent')
  })

  test('lost with its copy says that nothing was kept, and can only be ignored', async () => {
    await home.addSource()
    home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
    home.put('rides/new.fit', first)
    await home.sync()
    await overwrite()
    rmSync(copyOf(first))
    home.service.profileError = null
    await home.sync()
    const [row] = standIns()
    const told = fileStory(home.parts, row?.fileId ?? 0)
    expect([told.reasonCode, told.isArchived, told.actions]).toEqual(['archive-trouble', false, ['ignore']])
    expect(() => retryFile(home.parts, file(copyOf(first)))).toThrow(/^new\.fit is not there any more/)
    await expect(uploadAnyway(home.parts, file(copyOf(first)))).rejects.toMatchObject({ code: 'bad-usage' })
  })
})

describe('after a lost ledger', () => {
  test('a ride that the archive alone has is listed by it, and what was said of it stands', async () => {
    await refused()
    await overwrite()
    ignoreFile(home.parts, file(copyOf(first)))
    home.put('rides/gone.fit', fitRide('2026-11-20T08:00:00Z', 5))
    await home.sync()
    rmSync(home.folder('rides/gone.fit'))
    await home.sync()
    await home.loseLedger()
    await home.sync()
    const told = home.files().filter(entry => entry.path.startsWith(home.folder('home/archive')))
    expect(told.map(entry => [entry.path, entry.state, entry.reasonCode]).toSorted()).toEqual(
      [
        [copyOf(first), 'ignored', 'ignored-by-you'],
        [copyOf(fitRide('2026-11-20T08:00:00Z', 5)), 'uploaded', 'found-after-lost-reply'],
      ].toSorted(),
    )
    expect(standIns().map(row => row.sourceName)).toEqual(['Archive', 'Archive'])
    retryFile(home.parts, file(copyOf(first)))
    await home.sync()
    expect(story(copyOf(first)).state).toBe('uploaded')
    expectAgreement()
  })
})

const kept = 'SELECT id, source_id, path FROM files WHERE id < 0 ORDER BY id'

test('a ledger from before there were any gets the same ones', async () => {
  await refused()
  await overwrite()
  const { db } = home.parts.ledger
  const before = [db.all(kept), rows()]
  db.script('DELETE FROM contents WHERE file_id < 0; DELETE FROM files WHERE id < 0')
  for (const row of db.all("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'stand_in%'"))
    db.script(`DROP TRIGGER ${String(row['name'])}`)
  db.script('DROP VIEW stand_ins_wanted; DROP INDEX past_contents_by_recording')
  addStandIns(db)
  expect([db.all(kept), rows()]).toEqual(before)
  expect(before[0]).toHaveLength(1)
})

test('a file that is only touched never shows its ride twice', async () => {
  await refused()
  const { files } = home.parts.ledger
  const row = file('rides/new.fit')
  files.noteChanged(
    row.id,
    's1',
    { kind: 'file', size: 9, mtimeMs: 1, ctimeMs: 1, identity: '1:1' },
    'new',
    1,
  )
  expect(rows()).toHaveLength(1)
  files.setState(row.id, {
    ...{ state: 'waiting', reason: { code: 'busy', detail: null }, checkAtMs: 1 },
    ...{ isExamined: false, isArchive: false },
  })
  // Nobody can look into it: what it held is told by itself.
  expect(rows().map(each => [each.isStandIn, each.state])).toEqual(
    expect.arrayContaining([
      [false, 'waiting'],
      [true, 'rejected'],
    ]),
  )
})

import { basename } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { engineParts, syncOnce } from '../../../../electron/sync/engine.ts'
import { openLedger } from '../../../../electron/sync/ledger/ledger.ts'
import { PassNotes, takeIn } from '../../../../electron/sync/pass.ts'
import type { Db } from '../../../../electron/sync/ports/db.ts'
import { AppError } from '../../../../shared/app-error.ts'
import { EngineHome, hourMs, never } from '../../../helpers/engine-home.ts'
import { fitRide, sha256Of, tcxRide, unfinished } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
  await home.addSource()
})
afterEach(() => home.close())

const start = '2026-11-21T08:00:00Z'

test('a file that was written anew between the scan and the look into it must rest from then on', async () => {
  const { examiner } = home.parts
  const examine: typeof examiner.examine = request => {
    home.put('rides/a.tcx', tcxRide(start, 120), 0)
    return examiner.examine(request)
  }
  home.put('rides/a.tcx', tcxRide(start, 60))
  const parts = engineParts({ ...home.parts, examiner: { ...examiner, examine } })
  await takeIn(parts, parts.settings.current().sources, new PassNotes(), never)
  expect(home.states()).toEqual({ 'rides/a.tcx': 'waiting settling' })
})

test('a ledger that proves damaged while a file is taken in is no trouble of that file', async () => {
  home.put('rides/a.tcx', tcxRide(start, 60))
  const { db } = home.parts.ledger
  const damaged: Db = {
    ...db,
    run: (sql, ...values) => {
      if (sql.startsWith('INSERT INTO recordings'))
        throw new AppError('ledger-damaged', 'malformed', 'give-up')
      return db.run(sql, ...values)
    },
  }
  const parts = engineParts({ ...home.parts, ledger: openLedger(damaged) })
  await expect(home.clock.during(syncOnce(parts, never))).rejects.toMatchObject({ code: 'ledger-damaged' })
})

test('what Musette itself has written is no ride, whatever is in it', async () => {
  home.parts.ledger.db.run('INSERT INTO workout_bytes (sha256) VALUES (?)', sha256Of(fitRide()))
  home.put('rides/a.fit', fitRide())
  await home.sync()
  expect([home.states(), home.service.names, home.archived()]).toEqual([
    ...[{ 'rides/a.fit': 'notActivity own-workout' }, [], []],
  ])
})

test("of many files the newest is looked into first: today's ride does not wait behind old ones", async () => {
  const { examiner } = home.parts
  const looked: string[] = []
  const examine: typeof examiner.examine = request => {
    looked.push(basename(request.path))
    return examiner.examine(request)
  }
  for (const [name, hours] of [
    ['b.tcx', 2],
    ['c.tcx', 1],
    ['a.tcx', 3],
  ] as const) {
    home.put(`rides/${name}`, tcxRide(`2026-11-20T0${hours}:00:00Z`, 60), hours * hourMs)
  }
  const parts = engineParts({ ...home.parts, examiner: { ...examiner, width: 1, examine } })
  await takeIn(parts, parts.settings.current().sources, new PassNotes(), never)
  expect(looked).toEqual(['c.tcx', 'b.tcx', 'a.tcx'])
})

test('a file that was seen changing must rest under our own eyes, however old it says it is', async () => {
  const whole = tcxRide(start, 60)
  home.put('rides/a.tcx', unfinished(whole))
  await takeIn(home.parts, home.parts.settings.current().sources, new PassNotes(), never)
  await home.clock.advance(2000)
  home.put('rides/a.tcx', whole)
  await takeIn(home.parts, home.parts.settings.current().sources, new PassNotes(), never)
  expect(home.states()).toEqual({ 'rides/a.tcx': 'waiting settling' })
})

test('a folder that itself cannot be read is told as such, and what was in it stays as it was', async () => {
  home.put('rides/a.tcx', tcxRide(start, 60), 0)
  await takeIn(home.parts, home.parts.settings.current().sources, new PassNotes(), never)
  const before = home.states()
  const { disk } = home.parts
  const root = home.folder('rides')
  const closed = (folder: string) =>
    folder === root
      ? Promise.reject(new AppError('unreadable', 'EACCES', 'retry', { file: root }))
      : disk.list(folder)
  await home.restart({ disk: { ...disk, list: closed } })
  const report = await home.sync()
  expect([home.states(), report.errors.map(error => error.code)]).toEqual([before, ['folder-unreadable']])
})

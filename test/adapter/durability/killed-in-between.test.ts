import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { engineParts, syncOnce } from '../../../electron/sync/engine.ts'
import { addSource } from '../../../electron/sync/folders/manage-sources.ts'
import { openLedger } from '../../../electron/sync/ledger/ledger.ts'
import type { Db } from '../../../electron/sync/ports/db.ts'
import { Killed } from '../../helpers/crashing-ports.ts'
import { EngineHome, never } from '../../helpers/engine-home.ts'
import { fitRide, sha256Of, tcxRide, unfinished } from '../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const start = '2026-11-21T08:00:00Z'
const [short, long] = [tcxRide(start, 60), tcxRide(start, 120)]

/** The home's engine over a ledger that fails. */
const engineOver = (db: Db) => engineParts({ ...home.parts, ledger: openLedger(db) })

/** Ends with the process; anything else it throws is a failure. */
async function untilKilled(work: Promise<unknown>): Promise<void> {
  const end = await home.clock.during(work.catch((error: unknown) => error))
  expect(end).toBeInstanceOf(Killed)
}

test('a ride whose file grows after a kill between its own row and the row of its file is sent once', async () => {
  await home.addSource()
  home.put('rides/a.tcx', short)
  const { db } = home.parts.ledger
  const dying: Db = {
    ...db,
    run: (sql, ...values) => {
      if (sql.startsWith('DELETE FROM contents')) throw new Killed()
      return db.run(sql, ...values)
    },
  }
  await untilKilled(syncOnce(engineOver(dying), never))
  home.put('rides/a.tcx', long)
  await home.restart()
  await home.sync()
  expect(home.service.activities.map(activity => activity.sha256)).toEqual([sha256Of(long)])
  expect(home.states()).toEqual({ 'rides/a.tcx': 'uploaded sent' })
})

test.each(['disk-full', 'disk-error', 'busy'] as const)(
  'an outcome that cannot be noted once (%s) leaves the ride in doubt: it is looked up, not sent again',
  async code => {
    await home.addSource()
    home.put('rides/a.tcx', short)
    const { db } = home.parts.ledger
    let failures = 0
    const failing: Db = {
      ...db,
      run: (sql, ...values) => {
        const isOutcome = sql.startsWith('UPDATE recordings SET state') && values[0] === 'uploaded'
        if (isOutcome && failures === 0) {
          failures += 1
          throw new AppError(code, 'not now', 'retry', { file: 'ledger.sqlite' })
        }
        return db.run(sql, ...values)
      },
    }
    await home.clock.during(syncOnce(engineOver(failing), never))
    await home.sync()
    expect([failures, home.service.names.length]).toEqual([1, 1])
    expect(home.states()).toEqual({ 'rides/a.tcx': 'uploaded found-after-lost-reply' })
  },
)

test('a folder whose removal was cut short leaves nothing that waits for a word for good', async () => {
  const source = await home.addSource()
  home.put('rides/half.fit', unfinished(fitRide('2026-11-21T09:00:00Z')))
  home.put('rides/a.tcx', short)
  await home.sync()
  home.put('rides/a.tcx', long)
  await home.sync()
  expect(home.states()).toEqual({
    'rides/a.tcx': 'held longer-version',
    'was rides/a.tcx': 'uploaded sent',
    'rides/half.fit': 'waiting unfinished',
  })
  await home.parts.settings.update(settings => ({
    ...settings,
    sources: settings.sources.filter(one => one.id !== source.id),
  }))
  // Here the process is killed.
  await home.restart()
  expect(home.states()).toEqual({
    'rides/a.tcx': 'ignored source-removed',
    'was rides/a.tcx': 'uploaded sent',
    'rides/half.fit': 'ignored source-removed',
  })
})

test('a folder that was never quite added leaves no file waiting, and can be added again', async () => {
  home.put('rides/a.tcx', short)
  home.put('rides/half.fit', unfinished(fitRide('2026-11-21T09:00:00Z')))
  // Killed with the baseline taken, right before the settings know the folder.
  const { db } = home.parts.ledger
  const dying: Db = {
    ...db,
    run: (sql, ...values) => {
      if (values.includes('last-baseline')) throw new Killed()
      return db.run(sql, ...values)
    },
  }
  await home.parts.settings.update(settings => ({
    ...settings,
    account: { origin: 'https://service.test', athleteId: 'i1', name: 'Rider' },
  }))
  const wanted = { folder: home.folder('rides'), backfill: { kind: 'none' } as const, name: null }
  await untilKilled(addSource(engineOver(dying), wanted, never))
  await home.restart()
  expect(home.states()).toEqual({
    'rides/a.tcx': 'tooOld before-baseline',
    'rides/half.fit': 'ignored source-removed',
  })
  await home.addSource()
  await home.sync()
  expect(home.states()).toEqual({
    'rides/a.tcx': 'tooOld before-baseline',
    'rides/half.fit': 'waiting unfinished',
  })
  expect(home.service.names).toEqual([])
})

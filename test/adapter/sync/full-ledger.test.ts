import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { nodeDisk } from '../../../electron/adapters/node-disk.ts'
import { sqliteDb } from '../../../electron/adapters/sqlite-db.ts'
import { openLedger } from '../../../electron/sync/ledger/ledger.ts'
import { prepareLedger } from '../../../electron/sync/ledger/schema.ts'
import type { Db } from '../../../electron/sync/ports/db.ts'
import { RunLoop } from '../../../electron/sync/run-loop.ts'
import { EngineHome, minuteMs } from '../../helpers/engine-home.ts'
import { fitRide, tcxRide } from '../../helpers/rides.ts'

/** A ledger whose disk can be full: nothing is then committed. */
class FullableDb {
  isFull = false
  readonly db: Db

  constructor() {
    const real = sqliteDb(new DatabaseSync(':memory:'), 'ledger.sqlite', false)
    const check = (): void => {
      if (this.isFull) throw new AppError('disk-full', 'database or disk is full', 'retry')
    }
    this.db = {
      ...real,
      run: (sql, ...values) => {
        check()
        return real.run(sql, ...values)
      },
      transaction: (durability, work) => {
        check()
        return real.transaction(durability, work)
      },
    }
    prepareLedger(this.db)
  }
}

let ledger: FullableDb
let freeBytes = 0
let home: EngineHome
let stop: AbortController
let running: Promise<void>
const reported: string[] = []

beforeEach(async () => {
  reported.length = 0
  freeBytes = 1e9
  ledger = new FullableDb()
  home = await EngineHome.open({
    ledger: openLedger(ledger.db),
    disk: { ...nodeDisk(), space: () => Promise.resolve({ freeBytes, totalBytes: 1e10 }) },
    log: (level, message) => {
      if (level === 'error') reported.push(message)
    },
  })
  await home.addSource()
  stop = new AbortController()
})
afterEach(async () => {
  stop.abort()
  await running
  home.close()
})

function start(): RunLoop {
  const loop = new RunLoop(home.parts)
  running = loop.run(stop.signal)
  return loop
}

// Found by the simulation (seed 430): it stayed "uploading" until the next start.
test('a ride whose outcome could not be noted is looked up and ends as it should', async () => {
  const opened = Promise.withResolvers<undefined>()
  home.service.script.push({ kind: 'hold', open: opened.promise })
  start()
  await home.clock.advance(minuteMs)
  home.put('rides/a.fit', fitRide())
  home.hints.get(home.folder('rides'))?.()
  // The request is held, so nothing comes to rest: the clock waits for the moment alone.
  const { settle } = home.clock
  home.clock.settle = () => setImmediate()
  while (home.states()['rides/a.fit'] !== 'uploading sending') await home.clock.advance(100)
  home.clock.settle = settle
  ledger.isFull = true
  opened.resolve(undefined)
  await home.clock.advance(minuteMs)
  ledger.isFull = false
  await home.clock.advance(15 * minuteMs)
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded found-after-lost-reply' })
  expect(home.service.uploads).toHaveLength(1)
})

// Found by the simulation (seed 101): it was in the log alone, as a bug.
test('a full disk that the ledger itself meets is told, and forgotten once there is room', async () => {
  const loop = start()
  await home.clock.advance(minuteMs)
  ledger.isFull = true
  home.put('rides/a.tcx', tcxRide())
  home.hints.get(home.folder('rides'))?.()
  await home.clock.advance(minuteMs)
  expect(loop.troubles.map(trouble => trouble.code)).toContain('disk-full')
  ledger.isFull = false
  await home.clock.advance(15 * minuteMs)
  expect(home.states()).toEqual({ 'rides/a.tcx': 'uploaded sent' })
  expect(loop.troubles).toEqual([])
  expect(reported).toEqual([])
})

// Found by filling a real disk: uploads rested five minutes after there was room again.
test('what was archived before the disk was full goes up within two minutes once there is room', async () => {
  home.service.profileError = new AppError('offline', 'no line', 'retry')
  const loop = start()
  await home.clock.advance(minuteMs)
  home.put('rides/a.fit', fitRide())
  home.hints.get(home.folder('rides'))?.()
  await home.clock.advance(minuteMs)
  freeBytes = 0
  home.service.profileError = null
  await home.clock.advance(10 * minuteMs)
  expect(loop.troubles.map(trouble => trouble.code)).toContain('disk-full')
  expect(home.service.uploads).toEqual([])
  freeBytes = 1e9
  await home.clock.advance(2 * minuteMs)
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { engineParts } from '../../../electron/sync/engine.ts'
import { findFile, ignoreFile, uploadAnyway } from '../../../electron/sync/folders/file-requests.ts'
import { PassNotes, takeIn } from '../../../electron/sync/pass.ts'
import { crashingPorts, Killed } from '../../helpers/crashing-ports.ts'
import { EngineHome, hourMs, never } from '../../helpers/engine-home.ts'
import { FragileLedger, fragileDisk } from '../../helpers/power-cut.ts'
import { tcxRide } from '../../helpers/rides.ts'
import { ride, WorkoutHome, zwo } from '../../helpers/workout-home.ts'

let fragile: FragileLedger
let home: EngineHome
beforeEach(async () => {
  fragile = new FragileLedger()
  home = await EngineHome.open({ ledger: fragile.ledger })
})
afterEach(() => home.close())

async function powerCut(): Promise<void> {
  fragile.cut()
  await home.restart({ ledger: fragile.ledger })
}

test('"leave it", once answered, outlives a power cut also where there is no ride yet', async () => {
  await home.addSource()
  home.put('rides/a.tcx', tcxRide('2026-11-21T08:00:00Z', 60))
  // Another program keeps it: nobody has looked inside yet.
  const busy = { kind: 'notNow', code: 'busy', detail: '' } as const
  const examiner = { ...home.parts.examiner, examine: () => Promise.resolve(busy) }
  const parts = engineParts({ ...home.parts, examiner })
  await takeIn(parts, parts.settings.current().sources, new PassNotes(), never)
  expect(home.states()).toEqual({ 'rides/a.tcx': 'waiting busy' })
  ignoreFile(home.parts, findFile(home.parts.ledger, 'rides/a.tcx', home.root))
  await powerCut()
  await home.sync()
  expect(home.states()).toEqual({ 'rides/a.tcx': 'ignored ignored-by-you' })
  expect(home.service.names).toEqual([])
})

test('a ride that was archived outlives a power cut, though its file is another one by then', async () => {
  await home.addSource()
  home.put('rides/a.tcx', tcxRide('2026-11-21T08:00:00Z', 60))
  await takeIn(home.parts, home.parts.settings.current().sources, new PassNotes(), never)
  await powerCut()
  home.put('rides/a.tcx', tcxRide('2026-11-21T09:00:00Z', 80))
  await home.sync()
  expect(home.service.activities).toHaveLength(2)
})

test('"upload anyway", once answered, outlives a power cut, though the file is gone by then', async () => {
  const path = home.put('rides/old.tcx', tcxRide('2026-11-20T08:00:00Z', 60))
  await home.addSource()
  await home.sync()
  await uploadAnyway(home.parts, findFile(home.parts.ledger, 'rides/old.tcx', home.root))
  await powerCut()
  rmSync(path)
  await home.sync()
  expect(home.service.names).toEqual(['old.tcx'])
})

test('a folder that was added keeps its baseline', async () => {
  home.put('rides/old.tcx', tcxRide('2026-11-20T08:00:00Z', 60))
  await home.addSource()
  await powerCut()
  await home.sync()
  expect([home.states(), home.service.names]).toEqual([{ 'rides/old.tcx': 'tooOld before-baseline' }, []])
})

test.each([
  ['the only folder', []],
  ['one of two folders', ['first']],
])('where the disk lied about the baseline of %s, nothing of it goes up unasked', async (_, before) => {
  for (const name of before) await home.addSource(name)
  const keptBefore = fragile.safe
  home.put('rides/old.tcx', tcxRide('2026-11-20T08:00:00Z', 60))
  await home.addSource()
  await home.clock.advance(hourMs)
  home.put('rides/new.tcx', tcxRide('2026-11-21T10:10:00Z', 60), 0)
  // The settings are there, the commit that was flushed before them is not.
  fragile.cut(keptBefore)
  await home.restart({ ledger: fragile.ledger })
  await home.sync()
  expect(home.states()).toEqual({
    'rides/new.tcx': 'held after-rebuild',
    'rides/old.tcx': 'tooOld before-baseline',
  })
  // And so it stays, while what comes from now on is sent.
  home.put('rides/later.tcx', tcxRide('2026-11-21T10:20:00Z', 60), 60_000)
  await home.restart({ ledger: fragile.ledger })
  await home.sync()
  expect(home.service.names).toEqual(['later.tcx'])
})

test('a workout whose removal was killed before its folder was flushed does not come back for good', async () => {
  for (let effect = 1, isKilled = true; isKilled; effect += 1) {
    const workouts = new WorkoutHome()
    try {
      const disk = fragileDisk(workouts.disk)
      workouts.calendar.events = [ride('1', 0.5), ride('2', 0.6, { name: 'Other' })]
      await workouts.pull({}, disk)
      workouts.calendar.events = [ride('1', 0.5, { date: '2026-11-23' })]
      isKilled = await workouts.pull({}, crashingPorts(disk.disk, workouts.db, effect)).then(
        () => false,
        (error: unknown) => {
          if (!(error instanceof Killed)) throw error
          return true
        },
      )
      await workouts.pull({}, disk)
      disk.cut()
      await workouts.pull({}, disk)
      const seen = Object.entries(workouts.files()).filter(([name]) => name.endsWith('.zwo'))
      expect([effect, seen]).toEqual([effect, [['2026-11-23 Ride 1.zwo', zwo(0.5)]]])
    } finally {
      workouts.close()
    }
  }
})

test('a workout is there after a power cut, wherever its writing was killed before', async () => {
  for (let effect = 1, isKilled = true; isKilled; effect += 1) {
    const workouts = new WorkoutHome()
    try {
      const disk = fragileDisk(workouts.disk)
      workouts.calendar.events = [ride('1', 0.5)]
      isKilled = await workouts.pull({}, crashingPorts(disk.disk, workouts.db, effect)).then(
        () => false,
        (error: unknown) => {
          if (!(error instanceof Killed)) throw error
          return true
        },
      )
      if (isKilled) await workouts.pull({}, disk)
      disk.cut()
      await workouts.pull({}, disk)
      expect([effect, workouts.files()['2026-11-22 Ride 1.zwo']]).toEqual([effect, zwo(0.5)])
    } finally {
      workouts.close()
    }
  }
})

test('a workout that a power cut met at any step is known as ours, and goes when its event is gone', async () => {
  for (let effect = 1, isKilled = true; isKilled; effect += 1) {
    const workouts = new WorkoutHome()
    try {
      const disk = fragileDisk(workouts.disk)
      const manifest = new FragileLedger()
      const { db } = manifest.ledger
      workouts.calendar.events = [ride('1', 0.5)]
      isKilled = await workouts.pull({}, crashingPorts(disk.disk, db, effect)).then(
        () => false,
        (error: unknown) => {
          if (!(error instanceof Killed)) throw error
          return true
        },
      )
      disk.cut()
      manifest.cut()
      await workouts.pull({}, { disk: disk.disk, db })
      workouts.calendar.events = []
      await workouts.pull({}, { disk: disk.disk, db })
      const left = Object.keys(workouts.files()).filter(name => name.endsWith('.zwo'))
      expect([effect, left]).toEqual([effect, []])
    } finally {
      workouts.close()
    }
  }
})

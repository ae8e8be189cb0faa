import { describe, expect, test } from 'vitest'
import { prepareLedger } from '../../../electron/sync/ledger/schema.ts'
import { openLedger } from '../../../electron/sync/ledger/ledger.ts'
import type { SettingsStore } from '../../../electron/sync/ports/settings-store.ts'
import { diskPort } from '../../sim/disk/disk-port.ts'
import { SimDisk } from '../../sim/disk/sim-disk.ts'
import { SimProcess } from '../../sim/process.ts'
import { simRandom } from '../../sim/random.ts'
import { Scheduler } from '../../sim/scheduler.ts'
import { SimLedgerFile } from '../../sim/sim-ledger.ts'
import { openSettings } from '../../sim/sim-settings.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)
const bytes = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])

/** What is at `/home/a` after power cuts of many seeds: the sizes and whether the bytes are those written. */
function after(prepare: (disk: SimDisk) => void): ReadonlySet<string> {
  const ends = seeds.map(seed => {
    const disk = new SimDisk(() => 0)
    disk.makeOldFolder('/home')
    prepare(disk)
    disk.loseUnsafe(simRandom(seed))
    const file = disk.file('/home/a')
    if (file === null) return 'gone'
    return Buffer.compare(file.bytes, bytes) === 0 ? 'whole' : 'torn'
  })
  return new Set(ends)
}

function written(disk: SimDisk, path: string, isFlushed: boolean): void {
  const file = disk.newFile(path, false)
  file.write(0, bytes, 0)
  if (isFlushed) file.flush()
}

describe('a power cut on the simulated disk', () => {
  test('may take all or a part of what was not flushed', () => {
    expect(after(disk => written(disk, '/home/a', false))).toEqual(new Set(['gone', 'whole', 'torn']))
  })

  test('may take the name of a flushed file whose folder was not flushed', () => {
    expect(after(disk => written(disk, '/home/a', true))).toEqual(new Set(['gone', 'whole']))
  })

  test('takes nothing of a flushed file in a flushed folder', () => {
    const prepare = (disk: SimDisk): void => {
      written(disk, '/home/a', true)
      disk.names.flush('/home')
    }
    expect(after(prepare)).toEqual(new Set(['whole']))
  })

  test('undoes a rename, until the folder it leads to is flushed', () => {
    const renamed = (isFlushed: boolean) => (disk: SimDisk) => {
      written(disk, '/home/b', true)
      disk.names.flush('/home')
      disk.names.rename('/home/b', '/home/a')
      if (isFlushed) disk.names.flush('/home')
    }
    expect(after(renamed(false))).toEqual(new Set(['gone', 'whole']))
    expect(after(renamed(true))).toEqual(new Set(['whole']))
  })

  test('brings back what was removed, until its folder is flushed', () => {
    const removed = (isFlushed: boolean) => (disk: SimDisk) => {
      written(disk, '/home/a', true)
      disk.names.flush('/home')
      disk.names.remove('/home/a')
      if (isFlushed) disk.names.flush('/home')
    }
    expect(after(removed(false))).toEqual(new Set(['gone', 'whole']))
    expect(after(removed(true))).toEqual(new Set(['gone']))
  })

  test('says beforehand what is safe', () => {
    const disk = new SimDisk(() => 0)
    disk.makeOldFolder('/home')
    written(disk, '/home/a', false)
    disk.names.flush('/home')
    expect(disk.isSafe('/home/a')).toBe(false)
    disk.file('/home/a')?.flush()
    expect(disk.isSafe('/home/a')).toBe(true)
  })
})

/** A ledger with these marks, as `full` or `normal` commits in order; answers those left after an end. */
function marksAfter(
  commits: readonly ('full' | 'normal')[],
  end: (file: SimLedgerFile, seed: number) => void,
): ReadonlySet<number> {
  const kept = seeds.map(seed => {
    const file = new SimLedgerFile()
    const process = new SimProcess(new Scheduler(simRandom(1)), () => undefined)
    const db = file.open(process)
    prepareLedger(db)
    const ledger = openLedger(db)
    for (const [at, durability] of commits.entries())
      db.transaction(durability, () => ledger.meta.write('last-baseline', String(at + 1)))
    end(file, seed)
    return openLedger(file.open(process)).meta.readNumber('last-baseline') ?? 0
  })
  return new Set(kept)
}

describe('the simulated ledger', () => {
  test('keeps every commit when the process is killed', () => {
    expect(marksAfter(['full', 'normal', 'normal'], file => file.afterKill())).toEqual(new Set([3]))
  })

  test('may lose NORMAL commits to a power cut, never a FULL one', () => {
    const cut = (file: SimLedgerFile, seed: number): void => void file.afterPowerCut(simRandom(seed))
    expect(marksAfter(['normal', 'full', 'normal', 'normal'], cut)).toEqual(new Set([2, 3, 4]))
    expect(marksAfter(['normal', 'normal', 'full'], cut)).toEqual(new Set([3]))
  }, 60_000)
})

describe('the settings file, written by the app itself', () => {
  const home = '/home/a'

  /** What is read after the power went right before this effect of writing 7 over 3, and whether 7 was told as done. */
  async function cutBefore(effect: number, seed: number): Promise<{ nextId: number; wasDone: boolean }> {
    const scheduler = new Scheduler(simRandom(seed))
    const disk = new SimDisk(() => 0)
    disk.makeOldFolder(home)
    let left = Number.POSITIVE_INFINITY
    const start = (): Promise<SettingsStore> => {
      const process: SimProcess = new SimProcess(scheduler, () => {
        left -= 1
        if (left === 0) process.isAlive = false
      })
      return openSettings(
        home,
        disk,
        diskPort(disk, process, simRandom(seed), () => undefined),
      )
    }
    const write = async (nextId: number): Promise<boolean> => {
      let isDone = false
      void start()
        .then(store => store.update(before => ({ ...before, nextId })))
        .then(() => (isDone = true))
      await scheduler.runUntil(scheduler.steadyMs + 60_000)
      return isDone
    }
    expect(await write(3)).toBe(true)
    left = effect
    const wasDone = await write(7)
    left = Number.POSITIVE_INFINITY
    disk.loseUnsafe(simRandom(seed))
    let nextId = 0
    void start().then(store => (nextId = store.current().nextId))
    await scheduler.runUntil(scheduler.steadyMs + 60_000)
    return { nextId, wasDone }
  }

  test('is the old or the new one after a power cut at any effect, and the new one once that was told', async () => {
    const seen = new Set<number>()
    const wrong: string[] = []
    for (let effect = 1; effect <= 16; effect += 1) {
      for (const seed of seeds.slice(0, 15)) {
        const { nextId, wasDone } = await cutBefore(effect, seed)
        seen.add(nextId)
        if (nextId !== 7 && (wasDone || nextId !== 3)) wrong.push(`${nextId} before ${effect}, seed ${seed}`)
      }
    }
    expect(wrong).toEqual([])
    expect(seen).toEqual(new Set([3, 7]))
  }, 60_000)
})

import { mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeDisk } from '../../../../electron/adapters/node-disk.ts'
import type { Disk } from '../../../../electron/sync/ports/disk.ts'
import { AppError } from '../../../../shared/app-error.ts'
import { EngineHome } from '../../../helpers/engine-home.ts'
import { fitRide } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
  await home.addSource()
})
afterEach(() => home.close())

const good = fitRide('2026-11-21T08:00:00Z')
const ride = fitRide('2026-11-21T09:00:00Z')

/** Something happens to `rides/a.fit` after it was listed, right before or right after it is opened, each time. */
async function meddle(when: 'before' | 'after', happen: (path: string) => void): Promise<void> {
  const disk = nodeDisk()
  const path = home.folder('rides/a.fit')
  const meddled: Disk = {
    ...disk,
    openRead: async asked => {
      if (asked === path && when === 'before') happen(path)
      const file = await disk.openRead(asked)
      if (asked === path && when === 'after') happen(path)
      return file
    },
  }
  await home.restart({ disk: meddled })
  home.put('rides/a.fit', ride)
  home.put('rides/good.fit', good)
  await home.sync()
}

const turnInto = (make: (path: string) => unknown) => (path: string) => {
  rmSync(path, { recursive: true, force: true })
  make(path)
}

describe('a file that, between the scan and the reading of it,', () => {
  test.each([
    ['goes away', turnInto(() => undefined)],
    ['becomes a folder', turnInto(path => mkdirSync(path))],
    ['becomes a link to itself', turnInto(path => symlinkSync('a.fit', path))],
    ['becomes a link to what never ends', turnInto(path => symlinkSync('/dev/zero', path))],
    ['becomes a pipe', turnInto(path => spawnSync('mkfifo', [path]))],
    [
      'cannot be read any more',
      () => {
        throw new AppError('unreadable', 'EACCES', 'retry', { file: home.folder('rides/a.fit') })
      },
    ],
  ])('%s costs nothing but itself, and is told of or gone', async (_what, happen) => {
    await meddle('before', happen)
    expect(home.states()['rides/good.fit']).toBe('uploaded sent')
    expect(home.service.names).toEqual(['good.fit'])
    expect(home.states()['rides/a.fit']).toMatch(/^(waiting|ignored|held) /)
    expect(home.staged()).toEqual([])
    // And it is a ride like others once it is one.
    rmSync(home.folder('rides/a.fit'), { recursive: true, force: true })
    await home.restart({ disk: nodeDisk() })
    home.put('rides/a.fit', ride, 0)
    await home.clock.advance(120_000)
    await home.sync()
    expect(home.states()['rides/a.fit']).toBe('uploaded sent')
  })

  test('is cut short is not sent as it was, nor as it is', async () => {
    await meddle('after', path => truncateSync(path, 100))
    expect(home.service.names).toEqual(['good.fit'])
    expect(home.states()['rides/a.fit']).toMatch(/^waiting (unfinished|changing)$/)
    expect(home.staged()).toEqual([])
  })
})

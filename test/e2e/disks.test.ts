import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { areHandlesBack } from '../torture/disks/disk-tables.ts'
import { fillDiskAt } from '../torture/disks/full-disk.ts'
import { smallDisk, whyNoImages, whyNotMounted } from '../torture/disks/mounts.ts'
import { takeFolderAway, type AwayKind } from '../torture/disks/remounts.ts'
import { endWorlds, makeWorld } from './helpers/home.ts'

afterAll(endWorlds)

const seed = Number(process.env['MUSETTE_TEST_SEED'] ?? Date.now() % 1_000_000)
const unmounted = whyNotMounted()
const noImages = unmounted ?? whyNoImages()
if (unmounted !== null) console.log(`SKIPPED: disks that fill up, folders that are unmounted: ${unmounted}`)
else if (noImages !== null) console.log(`SKIPPED: a disk that is unmounted: ${noImages}`)
console.log(`disks, seed ${seed} (MUSETTE_TEST_SEED)`)

// The other stages, and many more rounds: `npm run torture`.
describe.skipIf(unmounted !== null)('a disk that is full', () => {
  test.concurrent.each([
    'archive copy half written',
    'ride not committed',
    'workout file half written',
  ] as const)('at "%s" is told of, and nothing is lost or sent twice', async stage => {
    const end = await fillDiskAt(stage, seed, 'when asked')
    expect(end.told).toMatch(/full|room/)
    expect(end.findings).toEqual([])
  })
})

test
  .skipIf(unmounted !== null)
  .concurrent('a start on a full disk says so, and the next one goes on', async () => {
    const disk = smallDisk({ kind: 'tmpfs', bytes: 4 * 1024 * 1024 })
    try {
      const world = await makeWorld({ env: { MUSETTE_HOME: join(disk.at, 'home') } })
      await world.addSource()
      disk.fill()
      const full = await world.musette('sync')
      expect([full.code, full.stderr]).toEqual([1, expect.stringContaining('The disk is nearly full')])
      disk.free()
      expect((await world.musette('sync')).stderr).not.toContain('could not')
    } finally {
      disk.remove()
    }
  })

describe('a folder that goes away and comes back', () => {
  const away = async (kind: AwayKind): Promise<void> => {
    const end = await takeFolderAway({ seed, kind, rounds: 3, waitEvery: 2 })
    expect(end).toMatchObject({ takenForDeleted: 0, findings: [] })
    expect(areHandlesBack(end)).toBe(true)
  }

  test
    .skipIf(unmounted === null)
    .concurrent('renamed, for want of mounts: no file counts as deleted', () => away('renamed away'))

  test
    .skipIf(unmounted !== null)
    .concurrent('unmounted, its empty mount point left: no file counts as deleted', () =>
      away('bound folder'),
    )

  test
    .skipIf(noImages !== null)
    .concurrent('unmounted with its disk: no file counts as deleted', () => away('image'))
})

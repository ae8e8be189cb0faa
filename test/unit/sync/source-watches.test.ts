import { expect, test } from 'vitest'
import { noLog } from '../../../electron/sync/ports/log.ts'
import type { Disk } from '../../../electron/sync/ports/disk.ts'
import { SourceWatches } from '../../../electron/sync/source-watches.ts'
import type { Source } from '../../../shared/settings.ts'

const source: Source = {
  ...{ id: 's1', name: 'Rides', folder: '/rides', isPaused: false, sameRide: 'upload' },
  ...{ backfill: { kind: 'none' }, baselineAt: '2026-11-01T00:00:00Z' },
}

/** One folder, of which the identity can be set (null: it is away), and how often a watch was begun and ended. */
function world() {
  const now = { identity: '8:1' as string | null, begun: 0, ended: 0, lose: (): void => undefined }
  const hints: string[] = []
  const disk = {
    realPath: () => Promise.resolve(now.identity === null ? null : '/rides'),
    stat: () =>
      Promise.resolve({ kind: 'folder', size: 0, mtimeMs: 0, ctimeMs: 0, identity: now.identity ?? '' }),
  } as Pick<Disk, 'realPath' | 'stat'> as Disk // watches ask for nothing else
  const watches = new SourceWatches(
    {
      disk,
      healths: new Map(),
      log: noLog,
      mounts: { placeOf: () => Promise.resolve('local') },
      watcher: {
        watch: (_folder, _onHint, onLost = () => undefined) => {
          now.begun += 1
          now.lose = onLost
          return {
            close: () => {
              now.ended += 1
              return Promise.resolve()
            },
          }
        },
      },
    },
    id => hints.push(id),
  )
  return { now, hints, follow: () => watches.follow([source]) }
}

test('a watch stays while its folder does', async () => {
  const { now, follow } = world()
  await follow()
  await follow()
  expect([now.begun, now.ended]).toEqual([1, 0])
})

test('a watch that lost its folder begins anew, though the folder is there again', async () => {
  const { now, hints, follow } = world()
  await follow()
  now.lose()
  hints.length = 0
  await follow()
  expect([now.begun, now.ended]).toEqual([2, 1])
  expect(hints).toContain('s1')
})

test('another folder in the place of the first is watched instead', async () => {
  const { now, hints, follow } = world()
  await follow()
  now.identity = '8:2'
  hints.length = 0
  await follow()
  expect([now.begun, now.ended]).toEqual([2, 1])
  expect(hints).toContain('s1')
})

test('a folder that went away without a word is looked at, and watched again when it returns', async () => {
  const { now, hints, follow } = world()
  await follow()
  now.identity = null
  hints.length = 0
  await follow()
  expect([now.begun, now.ended, hints]).toEqual([1, 1, ['s1']])
  now.identity = '8:1'
  await follow()
  expect(now.begun).toBe(2)
})

test('what came before a watch began is looked for', async () => {
  const { hints, follow } = world()
  await follow()
  expect(hints).toEqual(['s1'])
})

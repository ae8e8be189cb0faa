import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { put, ride } from '../../e2e/helpers/rides.ts'
import { engineGone, malformed, sends, unknown, type RequestWorlds, type TestsOf } from './request-worlds.ts'

const sourceId = ({ keyed }: RequestWorlds): string => keyed.service.current.sources[0]?.id ?? ''

/** Adds a trainer's folder for as long as the work takes. */
async function withTrainer({ keyed }: RequestWorlds, work: (id: string) => Promise<void>): Promise<void> {
  const wanted = { folder: keyed.trainer, name: null, format: 'zwo', days: 3, sports: null } as const
  const id = await keyed.get('addTrainer', wanted)
  await work(id)
  await keyed.get('removeTrainer', id)
}

type FolderRequest =
  | 'discoverFolders'
  | 'previewFolder'
  | 'chooseFolder'
  | 'addSource'
  | 'changeSource'
  | 'removeSource'
  | 'addTrainer'
  | 'changeTrainer'
  | 'removeTrainer'
  | 'showFolder'

/** What the window asks about the folders of rides and of trainers. */
export const folderRequests: TestsOf<FolderRequest> = {
  discoverFolders: {
    succeeds: async w => {
      expect(Array.isArray(await w.keyed.get('discoverFolders'))).toBe(true)
    },
    fails: [w => w.dead.ask('discoverFolders'), engineGone],
  },
  previewFolder: {
    succeeds: async w => {
      put(w.keyed.trainer, 'c.fit', ride(3))
      expect(await w.keyed.get('previewFolder', w.keyed.trainer)).toMatchObject({ refusal: null, rides: 1 })
      rmSync(join(w.keyed.trainer, 'c.fit'))
    },
    fails: [w => w.keyed.ask('previewFolder', 'relative'), malformed],
  },
  chooseFolder: {
    succeeds: async w => {
      expect(await w.keyed.get('chooseFolder', 'source')).toBe('/chosen')
    },
    fails: [w => sends(w, 'chooseFolder', 'anything'), malformed],
  },
  addSource: {
    succeeds: async w => {
      const wanted = { folder: w.keyed.trainer, name: 'Second', backfill: { kind: 'none' } } as const
      const id = await w.keyed.get('addSource', wanted)
      await w.keyed.untilSnapshot(({ sources }) => sources.some(one => one.id === id), 'the source')
      await w.keyed.get('removeSource', id)
    },
    fails: [
      w => w.keyed.ask('addSource', { folder: w.keyed.root, name: null, backfill: { kind: 'none' } }),
      { code: 'folder-refused' },
    ],
  },
  changeSource: {
    succeeds: async w => {
      await w.keyed.get('changeSource', sourceId(w), { name: 'Renamed', sameRide: 'skip' })
      const { sources } = await w.keyed.untilSnapshot(one => one.sources[0]?.name === 'Renamed', 'the name')
      expect(sources[0]).toMatchObject({ name: 'Renamed', sameRide: 'skip', isPaused: false })
    },
    fails: [w => w.keyed.ask('changeSource', 's99', { isPaused: true }), unknown],
  },
  removeSource: {
    succeeds: async w => {
      const wanted = { folder: w.keyed.trainer, name: null, backfill: { kind: 'none' } } as const
      const id = await w.keyed.get('addSource', wanted)
      await w.keyed.get('removeSource', id)
      await w.keyed.untilSnapshot(({ sources }) => sources.every(one => one.id !== id), 'its end')
    },
    fails: [w => w.keyed.ask('removeSource', 's99'), unknown],
  },
  addTrainer: {
    succeeds: w =>
      withTrainer(w, async id => {
        const { trainers } = await w.keyed.untilSnapshot(one => one.trainers.length === 1, 'the trainer')
        expect(trainers[0]).toMatchObject({ id, format: 'zwo', days: 3 })
      }),
    fails: [
      w =>
        w.keyed.ask('addTrainer', {
          ...{ folder: join(w.keyed.root, 'gone'), name: null, format: 'fit', days: 1, sports: null },
        }),
      { code: 'folder-refused' },
    ],
  },
  changeTrainer: {
    succeeds: w =>
      withTrainer(w, async id => {
        await w.keyed.get('changeTrainer', id, { name: 'Rolls', days: 9, sports: ['Ride'], isPaused: true })
        const { trainers } = await w.keyed.untilSnapshot(one => one.trainers[0]?.days === 9, 'the change')
        expect(trainers[0]).toMatchObject({ name: 'Rolls', days: 9, sports: ['Ride'], isPaused: true })
      }),
    fails: [w => w.keyed.ask('changeTrainer', 't99', { days: 1 }), unknown],
  },
  removeTrainer: {
    succeeds: async w => {
      await withTrainer(w, () => Promise.resolve())
      await w.keyed.untilSnapshot(({ trainers }) => trainers.length === 0, 'its end')
    },
    fails: [w => w.keyed.ask('removeTrainer', 't99'), unknown],
  },
  showFolder: {
    succeeds: async w => {
      await w.keyed.get('showFolder', sourceId(w))
      expect(w.keyed.shown.at(-1)).toBe(w.keyed.rides)
    },
    fails: [w => w.keyed.ask('showFolder', '../..'), unknown],
  },
}

import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ride } from '../../e2e/helpers/rides.ts'
import { makeLedgerOlder } from './older-ledger.ts'
import type { Expected, Phase, Scene } from './scene.ts'
import type { Stage } from './stage.ts'

const sent = ['uploaded', 'alreadyThere']
const old = ['tooOld']
const ignored = ['ignored']
const sync: Phase = { words: ['sync'] }

const nothing: Expected = { files: {}, sentWithoutFile: [], hasWorkouts: false, isPaused: [null] }

const plain = { mayTell: [], mayHold: false, mayBeSetAside: false } as const

/** Two rides that were there before, the folder added, and a first sync. */
async function settle(stage: Stage): Promise<void> {
  stage.putRide('old-1.fit', 1)
  stage.putRide('old-2.fit', 2)
  await stage.run('source', 'add', stage.world.source)
  await stage.run('sync')
}

const settled = { ...nothing, files: { 'old-1.fit': old, 'old-2.fit': old }, isPaused: [false] }

/** As `settle`, with a workout in the trainer's folder, one ride sent and one that the service would not take yet. */
async function settleInto(stage: Stage): Promise<void> {
  await settle(stage)
  stage.addWorkout(1, 30)
  stage.addWorkout(2, 40)
  await stage.run('trainer', 'add', stage.trainer, '--format', 'zwo')
  stage.putRide('sent.fit', 3)
  await stage.run('sync')
  stage.refuseUploads(true)
  stage.putRide('waits.fit', 4)
  await stage.musette.musette('sync')
}

const inUse: Expected = {
  ...settled,
  files: { ...settled.files, 'sent.fit': sent, 'waits.fit': sent },
  hasWorkouts: true,
}

async function addUnlessThere(stage: Stage): Promise<void> {
  const { sources } = await stage.musette.status()
  if (sources.length === 0) await stage.run('source', 'add', stage.world.source)
}

/** Every scene. */
export const scenes: readonly Scene[] = [
  {
    ...plain,
    name: 'a new home',
    prepare: () => Promise.resolve(),
    phases: [sync],
    expected: () => nothing,
  },
  {
    ...plain,
    name: 'a folder with old rides is added, and one more is ridden',
    prepare: async stage => {
      await stage.run('sync')
      stage.putRide('old-1.fit', 1)
      stage.putRide('old-2.fit', 2)
    },
    phases: [
      { words: ['source', 'add', 'RIDES'] },
      { arrange: stage => stage.putRide('new.fit', 3), words: ['sync'] },
    ],
    finish: async stage => {
      await addUnlessThere(stage)
      stage.putRide('new.fit', 3)
    },
    // A ride that came before its folder was known is an old one then.
    expected: done => ({
      ...settled,
      files: { ...settled.files, 'new.fit': done > 0 ? sent : [...sent, ...old] },
    }),
  },
  {
    ...plain,
    name: 'everything new at once',
    prepare: stage => {
      stage.putRide('old-1.fit', 1)
      stage.putRide('old-2.fit', 2)
      return Promise.resolve()
    },
    phases: [
      { words: ['source', 'add', 'RIDES'] },
      { arrange: stage => stage.putRide('new.fit', 3), words: ['sync'] },
    ],
    finish: async stage => {
      await addUnlessThere(stage)
      stage.putRide('new.fit', 3)
    },
    expected: done => ({
      ...settled,
      files: { ...settled.files, 'new.fit': done > 0 ? sent : [...sent, ...old] },
    }),
  },
  {
    ...plain,
    name: 'a trainer is added and gets its workouts',
    prepare: async stage => {
      await stage.run('sync')
      stage.addWorkout(1, 30)
      stage.addWorkout(2, 40)
    },
    phases: [{ words: ['trainer', 'add', 'TRAINER', '--format', 'zwo'] }, sync],
    finish: async stage => {
      const { trainers } = await stage.musette.status()
      if (trainers.length === 0) await stage.run('trainer', 'add', stage.trainer, '--format', 'zwo')
    },
    expected: () => ({ ...nothing, hasWorkouts: true }),
  },
  {
    ...plain,
    name: 'one ride',
    prepare: settle,
    phases: [{ arrange: stage => stage.putRide('new.fit', 3), words: ['sync'] }],
    expected: () => ({ ...settled, files: { ...settled.files, 'new.fit': sent } }),
  },
  {
    ...plain,
    name: 'a ride that is not taken, whose file the trainer then overwrites',
    prepare: settle,
    phases: [
      {
        arrange: stage => {
          stage.refuseUploads(true)
          stage.putRide('now.fit', 3)
        },
        words: ['sync'],
      },
      {
        arrange: stage => {
          stage.refuseUploads(false)
          stage.putRide('now.fit', 4)
        },
        words: ['sync'],
      },
    ],
    expected: done => ({
      ...settled,
      files: { ...settled.files, 'now.fit': sent },
      sentWithoutFile: done > 0 ? [3] : [],
    }),
  },
  {
    ...plain,
    name: 'a ride is ignored',
    prepare: settleInto,
    phases: [{ words: ['ignore', 'RIDES/waits.fit'] }],
    expected: done => ({
      ...inUse,
      files: { ...inUse.files, 'waits.fit': done > 0 ? ignored : [...ignored, ...sent] },
    }),
  },
  {
    ...plain,
    name: 'workouts are changed, moved and taken off',
    prepare: settleInto,
    phases: [
      {
        arrange: stage => {
          stage.refuseUploads(false)
          const [first, second] = stage.state.events
          if (first === undefined || second === undefined) throw new Error('no workouts')
          first.fields = { ...first.fields, updated: stage.state.stamp() }
          first.steps = [{ kind: 'steady', seconds: 3_000, at: 0.6 }]
          stage.state.removeEvents(event => event === second)
          stage.addWorkout(3, 50)
        },
        words: ['sync'],
      },
    ],
    expected: () => inUse,
  },
  {
    ...plain,
    name: 'a folder is paused, and goes on',
    prepare: settleInto,
    phases: [{ words: ['source', 'pause', 's1'] }, { words: ['source', 'resume', 's1'] }],
    finish: async stage => {
      await stage.run('source', 'resume', 's1')
    },
    expected: () => inUse,
  },
  {
    ...plain,
    name: 'a lost ledger is rebuilt',
    mayTell: ['ledger-rebuilt'],
    prepare: settleInto,
    phases: [{ arrange: loseLedger, words: ['sync'] }],
    expected: () => inUse,
  },
  {
    ...plain,
    name: 'a damaged ledger is set aside and rebuilt',
    mayTell: ['ledger-rebuilt', 'ledger-damaged'],
    mayBeSetAside: true,
    prepare: settleInto,
    phases: [
      {
        arrange: stage => {
          stage.refuseUploads(false)
          writeFileSync(stage.ledger, 'no ledger at all', { mode: 0o600 })
        },
        words: ['sync'],
      },
    ],
    expected: () => inUse,
  },
  {
    ...plain,
    name: 'an older ledger is brought up to date',
    prepare: settleInto,
    phases: [
      {
        arrange: stage => {
          stage.refuseUploads(false)
          makeLedgerOlder(stage.ledger)
        },
        words: ['sync'],
      },
    ],
    expected: () => inUse,
  },
]

function loseLedger(stage: Stage): void {
  stage.refuseUploads(false)
  for (const name of readdirSync(stage.profile)) {
    if (name.startsWith('ledger.sqlite')) rmSync(join(stage.profile, name))
  }
}

/** The words of a phase, with the paths they stand for. */
export function wordsOf(stage: Stage, { words }: Phase): readonly string[] {
  return words.map(word => word.replace(/^RIDES/, stage.world.source).replace(/^TRAINER/, stage.trainer))
}

/** The bytes of the rides, by their number. */
export const rideNumbers: ReadonlyMap<number, Uint8Array> = new Map(
  [1, 2, 3, 4].map(number => [number, ride(number)]),
)

import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { homeFolders } from '../../../electron/host/home.ts'
import { addDays } from '../../fake-intervals/clock.ts'
import type { CliEnd } from '../../e2e/helpers/cli.ts'
import { athlete, makeWorld, type World } from '../../e2e/helpers/home.ts'
import { folderPrint, put, ride } from '../../e2e/helpers/rides.ts'
import { watchedCalls } from './call-errors.ts'
import { findSites, type Fault, type Site } from './find-sites.ts'

const preload = pathToFileURL(join(import.meta.dirname, 'known-names.ts')).href
const env = { NODE_OPTIONS: `--import=${preload}` }

/** A sync waits up to a minute for what falls due. */
const guardMs = 150_000

/** What is done while a system call fails: the first command of a home, or a sync of one that is in use. */
export type Scene = 'add' | 'sync'
export const scenes: readonly Scene[] = ['add', 'sync']

/**
 * A home in which `sent.fit` was sent and a workout was written; `next.fit` is to be sent, one workout to be written and
 * one to be removed.
 */
export interface ErrnoHome {
  readonly world: World
  readonly profile: string
  readonly trainer: string
  /** What the folders of rides were before; they are only read. */
  readonly rides: Readonly<Record<string, string>>
  /** As it was made, or, for `add`, as if Musette had never been here. */
  putBack(scene: Scene): void
  /** The system calls that this command makes on the paths of this world. */
  record(scene: Scene): Promise<readonly Site[]>
  /** The command, with a fault; and how many calls it struck. */
  play(scene: Scene, fault: Fault): Promise<{ readonly end: CliEnd; readonly struck: number }>
}

export async function makeErrnoHome(): Promise<ErrnoHome> {
  const world = await makeWorld()
  const { profile } = homeFolders(world.home)
  const trainer = world.folder('Trainer')
  const { state } = world.service
  const rider = state.athletes.get(athlete.id) ?? state.addAthlete({ id: athlete.id })
  const plan = (name: string): number =>
    state.addEvent(
      athlete.id,
      {
        ...{ start_date_local: `${addDays(state.today(rider), 2)}T00:00:00`, category: 'WORKOUT' },
        ...{ type: 'Ride', name },
      },
      [{ kind: 'steady', seconds: 600, at: 0.75 }],
    ).id
  put(world.source, 'sent.fit', ride(1))
  const gone = plan('Taken off')
  await mustBeFine(world, 'trainer', 'add', trainer, '--format', 'zwo')
  await world.addSource(world.source, '--backfill', 'all')
  await mustBeFine(world, 'sync')
  state.removeEvents(event => event.id === gone)
  plan('To be written')
  put(world.source, 'next.fit', ride(2))
  const saved = world.folder('saved')
  copy(world.home, join(saved, 'home'))
  copy(trainer, join(saved, 'Trainer'))
  const before = [...state.activities]
  const command = (scene: Scene): readonly string[] =>
    scene === 'sync' ? ['sync', '--json'] : ['source', 'add', world.source, '--backfill', 'all']
  const under = (...words: readonly string[]): readonly string[] => [
    'strace',
    '-f',
    '-qqq',
    '--seccomp-bpf',
    ...words,
  ]
  const home: ErrnoHome = {
    ...{ world, profile, trainer, rides: folderPrint(world.source) },
    putBack: scene => {
      for (const folder of [world.home, trainer]) rmSync(folder, { recursive: true, force: true })
      copy(join(saved, 'Trainer'), trainer)
      if (scene === 'sync') copy(join(saved, 'home'), world.home)
      state.activities = scene === 'sync' ? [...before] : []
      state.requests.length = 0
    },
    record: async scene => {
      home.putBack(scene)
      const recording = join(world.root, 'recording')
      const words = under('-y', '-s', '0', '-o', recording, '-e', `trace=${watchedCalls}`)
      const end = await world.with({ env, under: words }).musette(...command(scene))
      if (end.code !== 0) throw new Error(`could not be recorded: ${end.stdout}\n${end.stderr}`)
      return findSites(readFileSync(recording, 'utf8'), world.root)
    },
    play: async (scene, { call, path, errno, nth, isLasting }) => {
      const inject = `inject=${call}:error=${errno}:when=${nth}${isLasting ? '+' : ''}`
      const trace = join(world.root, 'faults')
      const words = under('-o', trace, '-e', `trace=${call}`, '-e', inject, '-P', join(world.root, path))
      const end = await world.with({ env, under: words, guardMs }).musette(...command(scene))
      const struck = readFileSync(trace, 'utf8').split('(INJECTED)').length - 1
      return { end, struck }
    },
  }
  return home
}

/** What Musette keeps for no longer than it works with it. */
export function leftovers({ profile, trainer }: ErrnoHome): readonly string[] {
  const staged = join(profile, 'staging')
  const names = [...readdirSync(profile), ...readdirSync(trainer)].filter(name =>
    /\.tmp|^\.musette/.test(name),
  )
  return [...names, ...(existsSync(staged) ? readdirSync(staged) : [])]
}

async function mustBeFine(world: World, ...words: readonly string[]): Promise<void> {
  const end = await world.musette(...words)
  if (end.code !== 0) throw new Error(`${words.join(' ')}: ${end.stderr}`)
}

function copy(from: string, to: string): void {
  // A socket cannot be copied, and lives only with its process.
  cpSync(from, to, { recursive: true, preserveTimestamps: true, filter: path => !path.endsWith('/control') })
}

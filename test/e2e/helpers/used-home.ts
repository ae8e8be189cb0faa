import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeWorld, type World } from './home.ts'
import { put, ride } from './rides.ts'
import { activities, uploads } from './service-log.ts'

/**
 * A home that has been in use: `sent.fit` is on the service, `waiting.fit` is archived and not sent, `ignored.fit` is
 * archived and ignored by the user, `old.fit` was there before, and `half.fit` is not finished.
 */
export interface UsedHome {
  readonly world: World
  readonly profile: string
  readonly ledger: string
  /** The damaged ledgers that were put aside, by name. */
  setAside(): readonly string[]
  /** Everything is as it was made, on the service too. */
  putBack(): void
}

export async function makeUsedHome(): Promise<UsedHome> {
  const world = await makeWorld()
  const profile = join(world.home, 'profiles', 'default')
  put(world.source, 'old.fit', ride(1))
  await world.addSource()
  put(world.source, 'sent.fit', ride(2))
  await world.sync()
  await world.stopService()
  put(world.source, 'waiting.fit', ride(3))
  put(world.source, 'ignored.fit', ride(4))
  await world.sync()
  await world.musette('ignore', join(world.source, 'ignored.fit'))
  put(world.source, 'half.fit', ride(5).subarray(0, 700))
  await world.startService()
  const saved = world.folder('saved')
  copy(profile, saved)
  const sentBefore = new Set(activities(world.service).map(activity => activity.id))
  return {
    ...{ world, profile, ledger: join(profile, 'ledger.sqlite') },
    setAside: () => readdirSync(profile).filter(name => /^ledger\.sqlite\.damaged-[^-]+-.*Z$/.test(name)),
    putBack: () => {
      rmSync(profile, { recursive: true, force: true })
      copy(saved, profile)
      for (const name of readdirSync(world.source)) if (!(name in rebuilt)) rmSync(join(world.source, name))
      const { state } = world.service
      state.activities.splice(
        0,
        state.activities.length,
        ...state.activities.filter(activity => sentBefore.has(activity.id)),
      )
      state.requests.length = 0
    },
  }
}

function copy(from: string, to: string): void {
  // A socket cannot be copied, and lives only with its process.
  cpSync(from, to, { recursive: true, preserveTimestamps: true, filter: path => !path.endsWith('/control') })
}

/** What a rebuild must make of it, by name. */
export const rebuilt: Readonly<Record<string, string>> = {
  'half.fit': 'waiting unfinished',
  'ignored.fit': 'ignored ignored-by-you',
  'old.fit': 'tooOld before-baseline',
  'sent.fit': 'uploaded found-after-lost-reply',
  'waiting.fit': 'uploaded sent',
}

/** `state reasonCode` of each file, by its name. */
export async function statesOf(world: World): Promise<Readonly<Record<string, string>>> {
  const files = await world.files()
  const told = files.map(file => [
    file.path.slice(world.source.length + 1),
    `${file.state} ${file.reasonCode}`,
  ])
  return Object.fromEntries(told) as Readonly<Record<string, string>>
}

/** How many activities there are, and how many uploads it took since the home was put back. */
export function onService({ world }: UsedHome): { readonly activities: number; readonly uploads: number } {
  return { activities: activities(world.service).length, uploads: uploads(world.service).length }
}

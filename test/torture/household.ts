import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { homeFolders } from '../../electron/host/home.ts'
import { athlete, makeWorld, type World } from '../e2e/helpers/home.ts'
import { simRandom, type SimRandom } from '../sim/random.ts'
import { Arrivals } from './arrivals.ts'
import { Calendar } from './calendar.ts'
import { filesIn, integrityOf, leftIn, temporaryIn } from './look-at-disk.ts'
import type { Evidence } from './oracle.ts'
import { ServiceDesk } from './service-desk.ts'
import type { Step } from './steps.ts'

/** Where a household keeps its things; what is left out lies in a temporary folder of its own. */
export interface Household {
  readonly world: World
  readonly random: SimRandom
  readonly desk: ServiceDesk
  readonly arrivals: Arrivals
  readonly calendar: Calendar
  readonly sourceId: string
}

export interface HouseholdPlan {
  readonly seed: number
  readonly deduplicate?: boolean
  readonly home?: string
  readonly source?: string
  readonly trainers?: string
}

const lastSyncs = 5
const final: readonly string[] = ['uploaded', 'alreadyThere']

/** A home with a folder of rides, two trainers and a calendar, all known to Musette. */
export async function makeHousehold(plan: HouseholdPlan): Promise<Household> {
  const random = simRandom(plan.seed)
  const world = await makeWorld({
    service: { switches: { deduplicate: plan.deduplicate ?? true } },
    ...(plan.home === undefined ? {} : { env: { MUSETTE_HOME: plan.home } }),
  })
  const { state } = world.service
  const rider = state.athletes.get(athlete.id) ?? state.addAthlete({ id: athlete.id })
  const trainers = plan.trainers ?? join(world.root, 'trainers')
  const folders = [
    { folder: join(trainers, 'Zwift'), format: 'zwo' },
    { folder: join(trainers, 'Garmin'), format: 'fit' },
  ] as const
  for (const { folder } of folders) mkdirSync(folder, { recursive: true })
  const calendar = new Calendar(state, rider, random.fork('calendar'), folders)
  for (const { folder, format } of folders) {
    const end = await world.musette('trainer', 'add', folder, '--format', format)
    if (end.code !== 0) throw new Error(`no trainer: ${end.stderr}`)
  }
  const source = plan.source ?? world.source
  const sourceId = await world.addSource(source)
  const desk = new ServiceDesk(world.service, random.fork('desk'))
  return { world, random, desk, calendar, sourceId, arrivals: new Arrivals(source, random.fork('arrivals')) }
}

/** Lets Musette come to rest, and tells what is there then. */
export async function restOf(
  household: Household,
  kills: readonly { readonly step: Step; readonly at: number }[] = [],
): Promise<Evidence> {
  const { world, desk, arrivals, calendar } = household
  await arrivals.settle()
  for (let tried = 0; tried < lastSyncs; tried += 1) {
    const { report } = await world.sync()
    if (report.retrying + report.queued + report.errors.length === 0) break
  }
  const folders = homeFolders(world.home)
  const entries = await world.files()
  return {
    ...{ rides: arrivals.rides, bodies: desk.bodies(), activities: desk.stored(), kills },
    source: { expected: arrivals.expected(), found: filesIn(arrivals.folder) },
    foreign: calendar.foreign(),
    workouts: calendar.workouts(),
    unsettled: entries
      .filter(({ state, path }) => !final.includes(state) && !path.includes('-never') && existsSync(path))
      .map(entry => `${entry.path}: ${entry.state}, ${entry.reason}`),
    leftovers: [...leftIn(folders.staging), ...temporaryIn(folders.profile)],
    integrity: integrityOf(folders.ledger),
  }
}

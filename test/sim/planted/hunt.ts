import { availableParallelism } from 'node:os'
import { runMany } from '../run-many.ts'
import { plantedBugs, type PlantedBug } from './bugs.ts'

/** When a planted bug was found. */
export interface Found {
  readonly bug: PlantedBug
  /** Null when no seed found it. */
  readonly seed: number | null
  /** Seeds that were run until then. */
  readonly runs: number
  readonly promise: string | null
}

/** Runs seeds over the app with this bug in it until one breaks a promise. */
export async function hunt(bug: PlantedBug, firstSeed: number, mostRuns: number): Promise<Found> {
  const result = await runMany({
    ...{ firstSeed, mostRuns, forMs: Number.POSITIVE_INFINITY, stopsAtFirst: true },
    workers: Math.min(2, availableParallelism(), mostRuns),
    execArgv: ['--import', new URL('./plant.ts', import.meta.url).href],
    env: { ...process.env, MUSETTE_SIM_PLANTED: bug.name },
  })
  const threw = result.threw[0]
  if (threw !== undefined) throw new Error(`"${bug.name}": ${threw.error}`)
  const failed = result.failed[0]
  return {
    ...{ bug, runs: result.runs },
    seed: failed?.plan.seed ?? null,
    promise: failed?.breaches[0]?.promise ?? null,
  }
}

/** Hunts each planted bug and prints the table; answers how many were not found. */
export async function huntAll(firstSeed: number, mostRuns: number): Promise<number> {
  let missed = 0
  console.log(`${'planted bug'.padEnd(58)} ${'runs'.padStart(5)} ${'seed'.padStart(6)}  found as`)
  for (const bug of plantedBugs) {
    const { seed, runs, promise } = await hunt(bug, firstSeed, mostRuns)
    if (seed === null) missed += 1
    const told = seed === null ? 'NOT FOUND' : (promise ?? '')
    console.log(
      `${bug.name.padEnd(58)} ${String(runs).padStart(5)} ${String(seed ?? '-').padStart(6)}  ${told}`,
    )
  }
  console.log(
    `\n${plantedBugs.length - missed} of ${plantedBugs.length} planted bugs found within ${mostRuns} seeds each`,
  )
  return missed
}

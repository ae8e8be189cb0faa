import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { homeFolders } from '../../../electron/host/home.ts'
import type { RunningCli } from '../../e2e/helpers/cli.ts'
import { until } from '../../e2e/helpers/until.ts'
import { makeHousehold, restOf, type Household } from '../household.ts'
import { armFor } from '../killer.ts'
import { judge, type Finding } from '../oracle.ts'
import { needOf, type PausedStep } from '../steps.ts'
import { smallDisk, type TestDisk } from './mounts.ts'

/** Where the disk is full when Musette comes there. */
const pausedStages = [
  'staging copy half written',
  'archive copy half written',
  'archive copy flushed, not renamed',
  'ride not committed',
  'intent not committed',
  'reply read, outcome not committed',
  'settings half written',
  'workout intent not committed',
  'workout file half written',
] as const satisfies readonly PausedStep[]

/** Full when there is nothing under way, and a limit that keeps Musette away from it, as it comes. */
const belowLimit = 'less free than must be kept free'

/** Of the workout files it is the trainer's disk that is full. */
export const fullDiskStages = [...pausedStages, belowLimit] as const

export type FullDiskStage = (typeof fullDiskStages)[number]

export interface FullDiskEnd {
  readonly stage: FullDiskStage
  /** What people were told; null where it got by without room. */
  readonly told: string | null
  /** From the moment there was room again until everything was done. */
  readonly goesOnAfterMs: number
  readonly findings: readonly Finding[]
}

const diskBytes = 16 * 1024 * 1024
const guardMs = 120_000
/** How long it has to say that the disk is full; it need not, where what it writes still fits. */
const tellWithinMs = 60_000

/**
 * Fills the disk at the very moment when Musette is about to write there, makes room again, and waits until it has gone
 * on: by itself, or, for who has less time, because it is asked to sync.
 */
export async function fillDiskAt(
  stage: FullDiskStage,
  seed: number,
  goesOn: 'by itself' | 'when asked',
): Promise<FullDiskEnd> {
  const home = smallDisk({ kind: 'tmpfs', bytes: diskBytes })
  const trainers = smallDisk({ kind: 'tmpfs', bytes: diskBytes })
  const full = stage === 'workout file half written' ? trainers : home
  let household: Household | null = null
  try {
    household = await makeHousehold({ seed, home: `${home.at}/home`, trainers: trainers.at })
    keepFree(household, stage === belowLimit ? diskBytes / 4 : 0)
    await household.world.sync()
    const { told, goesOnAfterMs } = await fillWhileRunning(household, stage, full, goesOn)
    return { stage, told, goesOnAfterMs, findings: judge(await restOf(household)) }
  } finally {
    await household?.world.remove()
    home.remove()
    trainers.remove()
  }
}

/** With no limit Musette is not kept away from a full disk, so that it meets one. */
function keepFree({ world }: Household, bytes: number): void {
  const file = homeFolders(world.home).settings
  const settings = JSON.parse(readFileSync(file, 'utf8')) as object // Musette wrote it just now
  writeFileSync(file, JSON.stringify({ ...settings, keepFree: { bytes, percent: 0 } }))
}

async function fillWhileRunning(
  household: Household,
  stage: FullDiskStage,
  full: TestDisk,
  goesOn: 'by itself' | 'when asked',
): Promise<{ readonly told: string | null; readonly goesOnAfterMs: number }> {
  const { world, arrivals, calendar, sourceId } = household
  const armed = stage === belowLimit ? null : armFor(world, stage, 1)
  const need = stage === belowLimit ? 'rides' : needOf(stage)
  const running = world.with({ env: armed?.env ?? {}, guardMs: guardMs * 8 }).start('run')
  if (armed === null) {
    await untilRunning(running)
    full.fill()
  }
  // Several, so that not all of them fit into what is left of a page.
  if (need === 'workouts') for (let count = 0; count < 3; count += 1) calendar.add()
  arrivals.putWhole(4)
  const asked = need === 'settings' ? startChange(household, running) : null
  if (armed !== null) {
    const { marker } = armed.arm
    await until(() => existsSync(marker), `the pause at ${stage}: ${running.said()}`, guardMs, 5)
    full.fill()
    writeFileSync(`${marker}.go`, '')
  }
  const told = await whatIsTold(household, running, asked)
  full.free()
  const freedAt = performance.now()
  if (goesOn === 'when asked') await world.sync()
  if (need === 'settings') await world.musette('source', 'resume', sourceId)
  await until(() => isDone(household), `going on after ${stage}: ${running.said()}`, guardMs * 4, 100)
  const goesOnAfterMs = performance.now() - freedAt
  running.kill('SIGTERM')
  await running.ended
  return { told, goesOnAfterMs }
}

function untilRunning(running: RunningCli): Promise<void> {
  return until(() => running.said().includes('is running'), 'the start', guardMs)
}

/** A change of the settings, handed to the Musette that runs. */
async function startChange({ world, sourceId }: Household, running: RunningCli): Promise<string | null> {
  await untilRunning(running)
  const end = await world.musette('source', 'pause', sourceId)
  return end.code === 0 ? null : end.stderr.trim()
}

/** What is said of a full disk: by the process, by the command that wanted something, or of a file. */
async function whatIsTold(
  { world }: Household,
  running: RunningCli,
  asked: Promise<string | null> | null,
): Promise<string | null> {
  const answer = await asked
  if (answer !== null) return answer
  const deadline = performance.now() + tellWithinMs
  while (performance.now() < deadline) {
    const line = running
      .said()
      .split('\n')
      .find(said => /\bfull\b|\broom\b/.test(said))
    if (line !== undefined) return line
    const error = (await world.status()).errors.find(({ code }) => code === 'disk-full')
    if (error !== undefined) return error.message
    const file = (await world.files()).find(entry => entry.reasonCode === 'disk-low')
    if (file !== undefined) return `${file.path}: ${file.reason}`
    await sleep(200)
  }
  return null
}

/** Everything is at the service, the ledger knows so, and every workout is in its folder. */
async function isDone({ world, desk, arrivals, calendar }: Household): Promise<boolean> {
  const stored = new Set(desk.stored().map(activity => activity.sha256))
  const { expected, found } = calendar.workouts()
  return (
    arrivals.rides.every(ride => stored.has(ride.sha256)) &&
    Object.keys(expected).every(name => expected[name] === found[name]) &&
    (await world.files()).every(entry => entry.state === 'uploaded' || entry.state === 'alreadyThere')
  )
}

import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { homeFolders } from '../../../electron/host/home.ts'
import type { RunningCli } from '../../e2e/helpers/cli.ts'
import { until } from '../../e2e/helpers/until.ts'
import { makeHousehold, restOf, type Household } from '../household.ts'
import { judge, type Finding } from '../oracle.ts'
import { handlesAtMost, handlesAtRest, type Handles } from './handles.ts'
import { smallDisk, type TestDisk } from './mounts.ts'

/** How the folder of rides goes away. The last needs no rights. */
export const awayKinds = ['image', 'bound folder', 'renamed away'] as const
export type AwayKind = (typeof awayKinds)[number]

export interface RemountPlan {
  readonly seed: number
  readonly kind: AwayKind
  readonly rounds: number
  /** In each nth round it is waited for that its absence is noticed. */
  readonly waitEvery: number
}

export interface RemountEnd {
  readonly kind: AwayKind
  readonly rounds: number
  /** How long until `musette status` told of it, where that was waited for. */
  readonly noticedMs: readonly number[]
  /** From its return until a ride that came with it was at the service. */
  readonly backMs: readonly number[]
  /** Files of the folder that were ever taken for deleted. */
  readonly takenForDeleted: number
  readonly before: Handles
  readonly after: Handles
  readonly rides: number
  readonly findings: readonly Finding[]
}

const guardMs = 90_000
const diskBytes = 16 * 1024 * 1024

/** Takes the folder of rides away and brings it back while a running Musette uploads from it. */
export async function takeFolderAway(plan: RemountPlan): Promise<RemountEnd> {
  const disk =
    plan.kind === 'renamed away' ? renamedFolder() : smallDisk({ kind: plan.kind, bytes: diskBytes })
  // Of a bound folder the mount point stays behind, empty; in a disk the folder of rides is gone with it.
  const source = plan.kind === 'bound folder' ? disk.at : join(disk.at, 'Rides')
  mkdirSync(source, { recursive: true })
  let household: Household | null = null
  try {
    household = await makeHousehold({ seed: plan.seed, source })
    household.arrivals.putWhole(2)
    const running = household.world.with({ guardMs: 900_000 }).start('run')
    await untilAllStored(household, running)
    const before = await handlesAtRest(running.pid)
    const noticedMs: number[] = []
    const backMs: number[] = []
    let takenForDeleted = 0
    for (let round = 0; round < plan.rounds; round += 1) {
      const isWaitedFor = round % plan.waitEvery === 0
      // A folder that was never seen to be back cannot be noticed to go away.
      if (isWaitedFor) await untilAllStored(household, running)
      household.arrivals.putWhole(3)
      // Amid reading, copying or uploading, or just after.
      await sleep(household.random.int(0, 400))
      disk.unmount()
      const noticed = isWaitedFor ? await untilNoticed(plan.kind, running) : null
      if (noticed === null) await sleep(household.random.int(0, 300))
      else noticedMs.push(noticed)
      takenForDeleted += absentFiles(household)
      disk.mount()
      household.arrivals.putWhole(1)
      if (isWaitedFor) backMs.push(await untilAllStored(household, running))
    }
    await untilAllStored(household, running)
    takenForDeleted += absentFiles(household)
    const after = await handlesAtMost(running.pid, before)
    running.kill('SIGTERM')
    await running.ended
    const rides = household.arrivals.rides.length
    const findings = judge(await restOf(household))
    return {
      ...{ kind: plan.kind, rounds: plan.rounds, noticedMs, backMs, takenForDeleted },
      ...{ before, after, rides, findings },
    }
  } finally {
    await household?.world.remove()
    disk.remove()
  }
}

/** The fallback where nothing may be mounted: the folder gets another name, and its own again. */
function renamedFolder(): Pick<TestDisk, 'at' | 'mount' | 'unmount' | 'remove'> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'musette-away-')))
  const [at, away] = [join(root, 'at'), join(root, 'away')]
  mkdirSync(at)
  return {
    at,
    unmount: () => renameSync(at, away),
    mount: () => renameSync(away, at),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** An empty mount point looks like an empty folder: of that nothing is told, so null. */
async function untilNoticed(kind: AwayKind, running: RunningCli): Promise<number | null> {
  if (kind === 'bound folder') return null
  const told = (): number => running.said().split('is not there').length
  const [startedAt, before] = [performance.now(), told()]
  await until(() => told() > before, `word of the folder that went away: ${running.said()}`, guardMs, 20)
  return performance.now() - startedAt
}

async function untilAllStored({ desk, arrivals }: Household, running: RunningCli): Promise<number> {
  const startedAt = performance.now()
  const isAllStored = (): boolean => {
    const stored = new Set(desk.stored().map(activity => activity.sha256))
    return arrivals.rides.every(ride => stored.has(ride.sha256))
  }
  await until(isAllStored, `all rides at the service, said: ${running.said()}`, guardMs, 20)
  return performance.now() - startedAt
}

/** Files that the ledger takes for gone. */
function absentFiles({ world }: Household): number {
  const ledger = new DatabaseSync(homeFolders(world.home).ledger, { readOnly: true, timeout: 5000 })
  try {
    return Number(ledger.prepare('SELECT count(*) AS gone FROM files WHERE is_present = 0').get()?.['gone'])
  } finally {
    ledger.close()
  }
}

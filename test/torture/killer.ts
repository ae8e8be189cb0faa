import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningCli } from '../e2e/helpers/cli.ts'
import type { World } from '../e2e/helpers/home.ts'
import { homeFolders } from '../../electron/host/home.ts'
import { armVariable, type Arm } from './pause/armed.ts'
import type { ServiceDesk } from './service-desk.ts'
import {
  checkpointStep,
  isPausedStep,
  isServiceStep,
  type PausedStep,
  type ServiceStep,
  type Step,
} from './steps.ts'

/** Where to kill, and what is running then. */
export interface KillPlan {
  readonly step: Step
  /** At which meeting with the step. */
  readonly nth: number
  readonly words: readonly string[]
  /** For a kill by the clock. */
  readonly afterMs: number
}

/** For what is never met: ample for a start under load. */
const guardMs = 20_000
const preload = pathToFileURL(join(import.meta.dirname, 'pause', 'preload.ts')).href
let markers = 0

/** What a process needs in its environment to pause at a step. */
export function armFor(
  world: World,
  step: PausedStep,
  nth: number,
): { arm: Arm; env: Record<string, string> } {
  markers += 1
  const arm: Arm = { step, nth, marker: join(world.root, `pause-${markers}`) }
  return { arm, env: { NODE_OPTIONS: `--import=${preload}`, [armVariable]: JSON.stringify(arm) } }
}

/** Starts Musette and kills it with SIGKILL at the moment planned. False where that was never met: then it was not counted. */
export async function killAt(world: World, desk: ServiceDesk, plan: KillPlan): Promise<boolean> {
  const { step } = plan
  if (isPausedStep(step)) return killAtPause(world, { ...plan, step })
  if (isServiceStep(step)) return killAtDesk(world, desk, { ...plan, step })
  if (step === checkpointStep) return killAtCheckpoint(world, plan)
  const running = world.start(...plan.words)
  await Promise.race([sleep(plan.afterMs), running.ended])
  return end(running, true)
}

async function killAtPause(world: World, plan: KillPlan & { readonly step: PausedStep }): Promise<boolean> {
  const { arm, env } = armFor(world, plan.step, plan.nth)
  const running = world.with({ env }).start(...plan.words)
  const isMet = await met(running, () => existsSync(arm.marker))
  return end(running, isMet)
}

async function killAtDesk(
  world: World,
  desk: ServiceDesk,
  plan: KillPlan & { readonly step: ServiceStep },
): Promise<boolean> {
  const held = desk.hold(plan.step, plan.nth)
  const running = world.start(...plan.words)
  const isMet = await met(running, () => held.isHolding())
  const isKilled = await end(running, isMet)
  held.letGo()
  return isKilled
}

/** Killed by the system with the nth write into the ledger's own file, which is made only by a checkpoint. */
async function killAtCheckpoint(world: World, plan: KillPlan): Promise<boolean> {
  const inject = `inject=pwrite64:signal=SIGKILL:when=${plan.nth}`
  const under = ['strace', '-f', '-qqq', '-o', '/dev/null', '-e', 'trace=pwrite64', '-e', inject]
  const running = world.with({ under: [...under, '-P', homeFolders(world.home).ledger] }).start(...plan.words)
  return (await running.ended).signal === 'SIGKILL'
}

async function met(running: RunningCli, isSo: () => boolean): Promise<boolean> {
  const over = new AbortController()
  const note = (): void => over.abort()
  void running.ended.then(note, note)
  const deadline = performance.now() + guardMs
  while (!isSo() && !over.signal.aborted && performance.now() < deadline) await sleep(3)
  return isSo()
}

/** Whether it was this that ended it, at a moment that counts. */
async function end(running: RunningCli, counts: boolean): Promise<boolean> {
  running.kill('SIGKILL')
  return (await running.ended).signal === 'SIGKILL' && counts
}

import { whyNotTraced } from '../can-trace.ts'
import { runPlanted } from '../power/planted.ts'
import { runPower } from '../power/run-power.ts'
import { runSyscalls } from '../syscalls/run-syscalls.ts'
import type { ScenesPlayed } from './play-scenes.ts'

export interface CutShortPlan {
  readonly seed: number
  readonly width: number
  /** How many kills and states in all: a number, or `all`; 0 for none. */
  readonly syscalls: string
  readonly power: string
  /** Whether it is seen that planted faults are found. */
  readonly planted: boolean
}

/** Kills and power cuts for each faulty program: enough for those that are planted. */
const mostForPlanted = 120

/** Cuts short scenes of Musette's life at their system calls, by kills and by power cuts. */
export async function runCutShort(plan: CutShortPlan, say: (line: string) => void): Promise<ScenesPlayed> {
  const { seed, width } = plan
  const [kills, states] = [numberOf(plan.syscalls), numberOf(plan.power)]
  const untraced = whyNotTraced()
  if (untraced !== null) {
    return { lines: [`SKIPPED: kills and power cuts at each system call: ${untraced}`], troubles: [] }
  }
  const parts: ScenesPlayed[] = []
  if (kills > 0) parts.push(titled('Killed at system calls', await runSyscalls({ seed, width, kills }, say)))
  if (states > 0) parts.push(titled('Power cuts', await runPower({ seed, width, states }, say)))
  if (plan.planted) parts.push(await runPlanted({ seed, most: mostForPlanted }, say))
  return {
    lines: parts.flatMap(part => [...part.lines, '']),
    troubles: parts.flatMap(part => part.troubles),
  }
}

function titled(title: string, { lines, troubles }: ScenesPlayed): ScenesPlayed {
  return { lines: [`${title}:`, ...lines], troubles }
}

function numberOf(text: string): number {
  return text === 'all' ? Infinity : Number(text)
}

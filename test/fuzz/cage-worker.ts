// Tries inputs on a target in a process of its own, which may hang, run out of memory or die.
import process from 'node:process'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CageReply, CageRequest, Outcome } from './cage-messages.ts'
import { Coverage } from './coverage.ts'
import { mostCpuMs, mostMemoryBytes, WrongShape, type Fault, type FuzzTarget } from './target.ts'

const { files } = optionsOf(process.argv[2])
const coverage = files === null ? null : new Coverage(files)
// Only now: see Coverage.
const { findTarget } = await import('./targets/all-targets.ts')

process.on('message', (request: CageRequest) => {
  void answer(request).then(reply => process.send?.(reply))
})
process.on('disconnect', () => process.exit())
process.send?.('ready')

async function answer({ target: name, inputs, isThorough }: CageRequest): Promise<CageReply> {
  const target = findTarget(name)
  const outcomes: Outcome[] = []
  for (const input of inputs) outcomes.push(await outcomeOf(target, input, isThorough))
  // What an input left behind must break here, not in the next one.
  for (let turn = 0; turn < (isThorough ? 3 : 1); turn++) await nextTurn()
  if (coverage === null) return { outcomes, reach: null }
  if (!coverage.looksNew()) return { outcomes, reach: coverage.reach }
  // Which of them it was is told by trying each alone.
  for (const [at, input] of inputs.entries()) {
    if (outcomes[at]?.kind !== 'fine') continue
    await target.run(input)
    if (coverage.take()) outcomes[at] = { kind: 'fine', reachesNew: true }
  }
  return { outcomes, reach: coverage.reach }
}

async function outcomeOf(target: FuzzTarget, input: Uint8Array, isThorough: boolean): Promise<Outcome> {
  const peakBefore = peakBytes()
  const cpuBefore = process.threadCpuUsage()
  let cpuMs: number | null = null
  let fault: Fault | null = null
  try {
    const first = JSON.stringify(await target.run(input))
    cpuMs = cpuMsSince(cpuBefore)
    if (isThorough || isTriedTwice(input)) {
      const second = JSON.stringify(await target.run(input))
      if (first !== second)
        fault = { kind: 'unsteady', what: 'another answer for the same bytes', detail: `${first}\n${second}` }
    }
  } catch (error) {
    fault = faultOf(error)
  }
  cpuMs ??= cpuMsSince(cpuBefore)
  if (peakBytes() - peakBefore > mostMemoryBytes)
    fault = { kind: 'memory', what: 'memory grew by more than 256 MiB', detail: '' }
  if (cpuMs > mostCpuMs)
    fault = { kind: 'hang', what: 'took more than a second', detail: `${Math.round(cpuMs)} ms` }
  return fault === null ? { kind: 'fine', reachesNew: false } : { kind: 'failed', fault }
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

/** One in eight, by content, so that a run can be repeated. */
function isTriedTwice(input: Uint8Array): boolean {
  return ((input.length + (input.at(-1) ?? 0) + (input.at(input.length >> 1) ?? 0)) & 7) === 0
}

function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024
}

function faultOf(error: unknown): Fault {
  if (error instanceof WrongShape) return { kind: 'shape', what: error.message, detail: error.stack ?? '' }
  if (!(error instanceof Error))
    return { kind: 'throw', what: `threw ${typeof error}`, detail: String(error) }
  const detail = error.stack ?? error.message
  const frame = /\/((?:electron|shared|test\/fuzz\/targets)\/[\w./-]+:\d+)/.exec(detail)?.[1] ?? 'elsewhere'
  return { kind: 'throw', what: `${error.name} at ${frame}`, detail }
}

function optionsOf(text: string | undefined): { readonly files: readonly string[] | null } {
  const value: unknown = JSON.parse(text ?? 'null')
  return { files: Array.isArray(value) ? value.filter(file => typeof file === 'string') : null }
}

import { recorders } from './recorders/all.ts'
import type { RunResult } from './run.ts'

/** Adds up what many runs went through, for the table at the end. */
export class SimTally {
  readonly #numbers = new Map<string, number>()
  readonly #recorders = new Map<string, number>()
  readonly #faults = new Map<string, number>()
  readonly #troubles = new Map<string, number>()
  readonly #endedBefore = new Map<string, number>()

  add({ plan, counts, ...result }: RunResult): void {
    const { numbers } = { numbers: this.#numbers }
    plus(numbers, 'simulated hours', result.lengthMs / 3_600_000)
    plus(numbers, 'rides', result.rides)
    plus(numbers, 'uploads the service took', result.uploads)
    plus(numbers, 'requests', result.requests)
    plus(numbers, 'kills', counts.kills)
    plus(numbers, 'power cuts', counts.powerCuts)
    plus(numbers, 'commits lost by power cuts', counts.commitsLost)
    plus(numbers, 'starts', counts.starts)
    for (const use of plan.uses) plus(this.#recorders, use.recorder, 1)
    for (const window of plan.faults) plus(this.#faults, window.fault, 1)
    for (const trouble of plan.troubles) {
      if (trouble.kind !== 'kill' && trouble.kind !== 'power cut')
        plus(this.#troubles, trouble.kind === 'folder' ? `folder ${trouble.absence}` : trouble.kind, 1)
    }
    for (const [label, times] of counts.endedBefore) plus(this.#endedBefore, label, times)
  }

  /** The table, one line each. */
  get lines(): readonly string[] {
    const unused = Object.keys(recorders).filter(name => !this.#recorders.has(name))
    return [
      ...[...this.#numbers].map(([name, n]) => row(name, Math.round(n))),
      '',
      'went wrong, times',
      ...sorted(this.#troubles).map(([name, n]) => row(`  ${name}`, n)),
      'recorders, uses',
      ...sorted(this.#recorders).map(([name, n]) => row(`  ${name}`, n)),
      ...(unused.length === 0 ? [] : [`  not used: ${unused.join(', ')}`]),
      'faults of line and service, times planned',
      ...sorted(this.#faults).map(([name, n]) => row(`  ${name}`, n)),
      'a process ended right before, times',
      ...sorted(this.#endedBefore).map(([name, n]) => row(`  ${name}`, n)),
    ]
  }
}

function plus(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by)
}

function sorted(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].toSorted(([, a], [, b]) => b - a)
}

function row(name: string, n: number): string {
  return `${name.padEnd(44)} ${String(n).padStart(9)}`
}

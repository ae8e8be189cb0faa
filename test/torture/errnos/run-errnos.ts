import { endWorlds } from '../../e2e/helpers/home.ts'
import { simRandom } from '../../sim/random.ts'
import { whyNotTraced } from '../can-trace.ts'
import { drawTable } from '../table.ts'
import { makeErrnoHome, scenes, type Scene } from './errno-home.ts'
import { allFaults, drawFaults, tellFault, type Fault } from './find-sites.ts'
import { judgeFault } from './judge-fault.ts'

export interface ErrnoPlan {
  readonly seed: number
  /** How many faults of the table are played in all; null for every one. */
  readonly faults: number | null
  /** Homes at once. */
  readonly width: number
  /** Only faults whose telling has this in it; '' for all. */
  readonly only: string
}

export interface ErrnoEnd {
  readonly lines: readonly string[]
  readonly troubles: readonly string[]
  readonly played: number
  /** How many of the faults played struck at all. */
  readonly struck: number
}

/** The part of `npm run torture`: `faults` is a number of them, or `all`. Says why where nothing can be done. */
export async function tortureErrnos(
  { faults, seed, width }: { readonly faults: string; readonly seed: number; readonly width: number },
  say: (line: string) => void,
): Promise<Pick<ErrnoEnd, 'lines' | 'troubles'>> {
  const untraced = whyNotTraced()
  if (untraced !== null) return { lines: [`SKIPPED: failing system calls: ${untraced}`], troubles: [] }
  if (faults === '0') return { lines: [], troubles: [] }
  const count = faults === 'all' ? null : Number(faults)
  const end = await runErrnos({ seed, width, faults: count, only: '' }, say)
  await endWorlds()
  const lines = [...end.lines, `${end.played} faults in system calls, of which ${end.struck} struck.`]
  return { lines, troubles: end.troubles }
}

interface Cell {
  readonly scene: Scene
  readonly fault: Fault
}

/** Lets system calls fail, one in each life of a home, and tells what became of it. */
export async function runErrnos(plan: ErrnoPlan, say: (line: string) => void): Promise<ErrnoEnd> {
  const homes = await Promise.all(Array.from({ length: plan.width }, () => makeErrnoHome()))
  const [first] = homes
  if (first === undefined) throw new RangeError('a width of at least 1')
  const cells: Cell[] = []
  for (const scene of scenes) {
    const sites = await first.record(scene)
    const random = simRandom(plan.seed).fork(scene)
    const faults =
      plan.faults === null ? allFaults(sites) : drawFaults(sites, Math.ceil(plan.faults / 2), random)
    cells.push(...faults.map(fault => ({ scene, fault })))
  }
  const queue = cells.filter(cell => tellCell(cell).includes(plan.only))
  const wanted = queue.length
  const counts = new Map<string, Count>()
  const troubles: string[] = []
  await Promise.all(
    homes.map(async home => {
      for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) {
        const judged = await judgeFault(home, cell.scene, cell.fault)
        const count = counts.get(cell.fault.call) ?? { faults: 0, struck: 0, told: 0, broken: 0 }
        counts.set(cell.fault.call, {
          faults: count.faults + 1,
          struck: count.struck + Number(judged.struck > 0),
          told: count.told + Number(judged.isTold),
          broken: count.broken + Number(judged.troubles.length > 0),
        })
        for (const trouble of judged.troubles) {
          troubles.push(`${tellCell(cell)}: ${trouble}`)
          say(`${tellCell(cell)}: ${trouble}`)
        }
        if ((wanted - queue.length) % 100 === 0) say(`${wanted - queue.length} of ${wanted} faults`)
      }
    }),
  )
  const struck = [...counts.values()].reduce((sum, count) => sum + count.struck, 0)
  return { lines: tableOf(counts), troubles, played: wanted, struck }
}

interface Count {
  readonly faults: number
  readonly struck: number
  readonly told: number
  readonly broken: number
}

const tellCell = ({ scene, fault }: Cell): string => `${scene}: ${tellFault(fault)}`

function tableOf(counts: ReadonlyMap<string, Count>): readonly string[] {
  const rows = [...counts]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([call, { faults, struck, told, broken }]) => [call, ...[faults, struck, told, broken].map(String)])
  return drawTable([['system call', 'faults', 'struck', 'told', 'broke a promise'], ...rows])
}

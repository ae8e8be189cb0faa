import type { SimRandom } from '../../sim/random.ts'
import { callErrors } from './call-errors.ts'

/** A system call on a path, and how often it was made there. */
export interface Site {
  readonly call: string
  /** From the world's root. */
  readonly path: string
  readonly count: number
}

/** One fault: the nth such call of each thread fails, and with `isLasting` all that follow. */
export interface Fault {
  readonly call: string
  readonly path: string
  readonly errno: string
  readonly nth: number
  readonly isLasting: boolean
}

/** What a recording of strace (`-f -y`) tells of calls on paths below `root`, in the order of names. */
export function findSites(recording: string, root: string): readonly Site[] {
  const counts = new Map<string, number>()
  for (const line of recording.split('\n')) {
    const call = /^\d+ +([a-z0-9_]+)\(/.exec(line)?.[1]
    if (call === undefined || !(call in callErrors)) continue
    for (const path of pathsIn(line, root)) {
      const key = `${call} ${path}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return [...counts]
    .map(([key, count]) => {
      const space = key.indexOf(' ')
      return { call: key.slice(0, space), path: key.slice(space + 1), count }
    })
    .toSorted((left, right) => (`${left.call} ${left.path}` < `${right.call} ${right.path}` ? -1 : 1))
}

function pathsIn(line: string, root: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [, quoted, described] of line.matchAll(/"([^"]*)"|<([^>]*)>/g)) {
    const path = quoted ?? described ?? ''
    if (path.startsWith(`${root}/`)) found.add(path.slice(root.length + 1))
  }
  return found
}

/** Every fault of the table: each call at each path with each of its errors, once and for good, early and late. */
export function allFaults(sites: readonly Site[]): readonly Fault[] {
  return sites.flatMap(({ call, path, count }) =>
    (callErrors[call] ?? []).flatMap(errno => [
      ...[1, 3, 9].filter(nth => nth <= count).map(nth => ({ call, path, errno, nth, isLasting: false })),
      { call, path, errno, nth: 1, isLasting: true },
    ]),
  )
}

/** `count` faults of the table, each of another site as long as there are any. */
export function drawFaults(sites: readonly Site[], count: number, random: SimRandom): readonly Fault[] {
  const drawn: Fault[] = []
  let left = [...sites]
  while (drawn.length < count && sites.length > 0) {
    if (left.length === 0) left = [...sites]
    const site = random.pick(left)
    left = left.filter(one => one !== site)
    const faults = allFaults([site])
    if (faults.length > 0) drawn.push(random.pick(faults))
  }
  return drawn
}

/** As people read it. */
export function tellFault({ call, path, errno, nth, isLasting }: Fault): string {
  return `${call} ${path}: ${errno} ${isLasting ? `from ${nth} on` : `at ${nth}`}`
}

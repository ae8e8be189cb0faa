import { count, drawSpan, minuteMs, times } from './draw-count.ts'
import type { PlannedSource, Trouble } from './plan.ts'
import type { SimRandom } from './random.ts'

/** What the owner does with Musette while it runs. */
export function drawOwnerActs(random: SimRandom, sources: readonly PlannedSource[]): readonly Trouble[] {
  return times(count(random, [5, 3, 2, 1]), (): Trouble => {
    const when = { atMs: random.int(0, 100 * minuteMs) }
    const source = random.int(0, sources.length - 1)
    switch (random.int(0, 8)) {
      case 0:
        return { kind: 'pause source', source, ...when, forMs: drawSpan(random) }
      case 1:
        return { kind: 'pause all', ...when, forMs: drawSpan(random), isTimed: random.chance(0.5) }
      case 2: {
        const backfill = random.pick(['none', 'all'] as const)
        return { kind: 'remove source', source, ...when, backAfterMs: drawSpan(random), backfill }
      }
      case 3:
        return { kind: 'copied folder', source, ...when }
      case 4:
        return { kind: 'sync', ...when }
      default:
        return { kind: 'ask', what: random.pick(['ignore', 'ignore', 'retry', 'anyway'] as const), ...when }
    }
  })
}

import { minuteMs, times } from './draw-count.ts'
import type { PlannedSource, PlannedUse } from './plan.ts'
import type { SimRandom } from './random.ts'
import type { FaultWindow } from './service/fault-windows.ts'

/** Uses that leave several rides at once. */
const ofMany = ['garmin-device', 'zip-of-three', 'same-second'] as const

/** So long offline that a queue grows, of rides that were there before and of new ones; null for most runs. */
export function drawOffline(
  random: SimRandom,
  sources: readonly PlannedSource[],
  firstKey: number,
): { readonly fault: FaultWindow; readonly uses: readonly PlannedUse[] } | null {
  if (!random.chance(0.1)) return null
  return {
    fault: {
      ...{ fault: random.pick(['no-route', 'host-unknown', 'refused'] as const), on: 'all', times: null },
      ...{ fromMs: 0, forMs: random.int(60 * minuteMs, 110 * minuteMs) },
    },
    uses: times(random.int(2, 3), nth => ({
      recorder: random.pick(ofMany),
      ...{ key: firstKey + nth, source: random.int(0, sources.length - 1) },
      startsAtMs: random.chance(0.4) ? 0 : random.int(0, 50 * minuteMs),
    })),
  }
}

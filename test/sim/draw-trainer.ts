import { count, drawSpan, minuteMs, times } from './draw-count.ts'
import type { Trouble } from './plan.ts'
import type { SimRandom } from './random.ts'
import { handActs } from './trainer-hands.ts'

/** What happens in and to the trainer folder. */
export function drawTrainerTroubles(random: SimRandom): readonly Trouble[] {
  const hands = times(count(random, [2, 3, 3, 2, 1]), (): Trouble => ({
    ...{ kind: 'hand', act: random.pick(handActs), atMs: random.int(0, 110 * minuteMs) },
  }))
  const others: Trouble[] = []
  const span = { fromMs: random.int(0, 80 * minuteMs), forMs: drawSpan(random) }
  if (random.chance(0.2)) {
    const absence = random.pick(['missing', 'unreadable'] as const)
    others.push({ kind: 'trainer folder', absence, ...span, isOtherDevice: random.chance(0.3) })
  } else if (random.chance(0.15)) others.push({ kind: 'trainer full', ...span })
  if (random.chance(0.3)) {
    const during = random.pick(['write', 'removal'] as const)
    others.push({ kind: 'hand between', during, nth: random.int(1, 5) })
  }
  if (random.chance(0.3)) {
    others.push({
      ...{ kind: random.pick(['kill', 'power cut'] as const), life: random.int(0, 1), among: 'workouts' },
      ...{ effect: random.int(1, 12), downMs: random.pick([1000, 10 * minuteMs]) },
    })
  }
  return [...hands, ...others]
}

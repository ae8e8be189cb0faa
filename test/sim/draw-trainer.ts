import { count, drawSpan, minuteMs, times } from './draw-count.ts'
import type { PlannedTrainer, Trouble } from './plan.ts'
import type { SimRandom } from './random.ts'
import { inboxActs, libraryActs } from './trainer-hands.ts'

/** Zwift's folder, a device's inbox, or one of another program. */
export function drawTrainer(random: SimRandom): PlannedTrainer {
  const isMount = random.chance(0.4)
  if (random.chance(0.35)) {
    const format = random.pick(['fit', 'fit', 'fit', 'zwo', 'mrc', 'erg'] as const)
    return { folder: '/trainer/NewFiles', kind: 'inbox', format, isMount }
  }
  const format = random.pick(['zwo', 'zwo', 'zwo', 'fit', 'mrc', 'erg'] as const)
  return { folder: '/trainer/Workouts', kind: 'library', format, isMount }
}

/** What happens in and to the trainer folder. */
export function drawTrainerTroubles(random: SimRandom, trainer: PlannedTrainer): readonly Trouble[] {
  const acts = trainer.kind === 'inbox' ? inboxActs : libraryActs
  const its = trainer.kind === 'inbox' ? 'import all' : 'rewrite all'
  const hands = times(count(random, [2, 3, 3, 2, 1]), (): Trouble => ({
    ...{ kind: 'hand', act: random.pick(acts), atMs: random.int(0, 110 * minuteMs) },
  }))
  const others: Trouble[] = []
  const span = { fromMs: random.int(0, 80 * minuteMs), forMs: drawSpan(random) }
  if (random.chance(trainer.isMount ? 0.5 : 0.2)) {
    const absence = random.pick(
      trainer.isMount
        ? (['missing', 'unreadable', 'empty', 'empty'] as const)
        : (['missing', 'unreadable'] as const),
    )
    const isImported = trainer.kind === 'inbox' && random.chance(0.5)
    others.push({ kind: 'trainer folder', absence, isImported, ...span, isOtherDevice: random.chance(0.3) })
  } else if (random.chance(0.15)) others.push({ kind: 'trainer full', ...span })
  if (random.chance(0.3)) {
    const during = random.pick(['write', 'removal'] as const)
    others.push({ kind: 'hand between', during, nth: random.int(1, 5) })
  }
  if (random.chance(0.3)) {
    others.push({
      ...{ kind: random.pick(['kill', 'power cut'] as const), life: random.int(0, 1), among: 'workouts' },
      ...{ effect: random.int(1, 24), downMs: random.pick([1000, 10 * minuteMs]) },
      ...(random.chance(0.5) ? { meanwhile: random.chance(0.5) ? its : random.pick(acts) } : {}),
    })
  }
  return [...hands, ...others]
}

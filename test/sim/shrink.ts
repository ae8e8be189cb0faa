import type { SimPlan } from './plan.ts'
import { simulate, type RunResult } from './run.ts'

/** The parts of a plan that can be left out one by one. */
const lists = ['troubles', 'faults', 'uses'] as const

/**
 * The shortest plan found that still breaks the same promise: one happening after the other is left out as long as the
 * promise stays broken. `mostRuns` bounds the time.
 */
export async function shrink(failed: RunResult, mostRuns = 60): Promise<RunResult> {
  const promise = failed.breaches[0]?.promise
  let best = failed
  let runs = 0
  const tryPlan = async (plan: SimPlan): Promise<boolean> => {
    runs += 1
    const result = await simulate(plan)
    if (!result.breaches.some(breach => breach.promise === promise)) return false
    best = result
    return true
  }
  let isShorter = true
  while (isShorter && runs < mostRuns) {
    isShorter = false
    for (const plan of simpler(best.plan)) {
      if (runs >= mostRuns) break
      if (!(await tryPlan(plan))) continue
      isShorter = true
      break
    }
  }
  return best
}

/** Plans with one happening less. */
function* simpler(plan: SimPlan): Generator<SimPlan> {
  for (const list of lists) {
    for (const place of plan[list].keys()) {
      if (list === 'uses' && plan.uses.length === 1) continue
      yield { ...plan, [list]: plan[list].filter((_, at) => at !== place) }
    }
  }
  if (plan.trainer !== null) yield { ...plan, trainer: null }
  if (plan.endsWithRestart) yield { ...plan, endsWithRestart: false }
  if (plan.installMs > 0) yield { ...plan, installMs: 0 }
  if (plan.hints.lost + plan.hints.doubled + plan.hints.late > 0)
    yield { ...plan, hints: { lost: 0, doubled: 0, late: 0 } }
}

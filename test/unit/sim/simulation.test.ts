import { expect, test } from 'vitest'
import { drawPlan } from '../../sim/draw-plan.ts'
import { simulate } from '../../sim/run.ts'

const seeds = [101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112]

test('the same seed gives the same run, to the last step, and no promise is broken', async () => {
  for (const seed of seeds) {
    const first = await simulate(drawPlan(seed))
    const second = await simulate(drawPlan(seed))
    expect(first.breaches, `npm run sim -- --replay ${seed} --trace`).toEqual([])
    expect(second.fingerprint, `seed ${seed}`).toBe(first.fingerprint)
    expect(second.breaches, `seed ${seed}`).toEqual([])
  }
}, 600_000)

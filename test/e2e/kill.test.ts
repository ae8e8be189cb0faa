import { afterAll, expect, test } from 'vitest'
import { whyNotTraced } from '../torture/can-trace.ts'
import { live } from '../torture/life.ts'
import { allSteps, checkpointStep } from '../torture/steps.ts'
import { endWorlds } from './helpers/home.ts'

afterAll(endWorlds)

const seed = Number(process.env['MUSETTE_TEST_SEED'] ?? Date.now() % 1_000_000)
const untraced = whyNotTraced()
if (untraced !== null) console.log(`SKIPPED: killed in the middle of a checkpoint: ${untraced}`)
const steps = allSteps.filter(step => step !== checkpointStep || untraced === null)
console.log(`killed at ${steps.length} named steps, seed ${seed} (MUSETTE_TEST_SEED)`)

// Each a home of its own, side by side. What many more kills do, `npm run torture` tells.
test.concurrent.each([
  ['a service that knows the files it has', true, steps.filter((_, at) => at % 2 === 0)],
  ['a service that would take each file twice', false, steps.filter((_, at) => at % 2 === 1)],
] as const)(
  'killed at each step of its way, with %s, nothing is lost, sent twice or sent early',
  async (_name, deduplicate, own) => {
    const end = await live({ seed: deduplicate ? seed : seed + 1, steps: own, deduplicate })
    expect(end.kills.map(kill => kill.step)).toEqual(own)
    expect(end.findings).toEqual([])
    expect(end.rides).toBeGreaterThan(own.length)
  },
)

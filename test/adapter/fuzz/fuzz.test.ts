import { afterAll, expect, test } from 'vitest'
import { Cage } from '../../fuzz/cage.ts'
import { huntIn } from '../../fuzz/hunt.ts'
import { findingText } from '../../fuzz/report.ts'
import { allTargets } from '../../fuzz/targets/all-targets.ts'

/** The same inputs each time; `npm run fuzz` tries others, for as long as one likes. */
const inputs = 128
const patienceMs = 20_000
const cage = new Cage({ coverageOf: null, patienceMs })
afterAll(() => cage.close())

test.each(allTargets)('$name holds what it promises, whatever it is given', async target => {
  const options = { seed: 1, limit: { inputs, until: Number.POSITIVE_INFINITY }, isGuided: false, patienceMs }
  const result = await huntIn(cage, target, { ...options, slowShrinkTries: 2, mostFindings: 2 })
  expect(result.inputs).toBeGreaterThanOrEqual(inputs)
  expect(result.findings.map(finding => findingText(finding, 'its bytes'))).toEqual([])
})

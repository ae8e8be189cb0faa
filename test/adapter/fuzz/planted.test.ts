import { expect, test } from 'vitest'
import { Cage } from '../../fuzz/cage.ts'
import { hunt, judge, type HuntOptions } from '../../fuzz/hunt.ts'
import { findTarget } from '../../fuzz/targets/all-targets.ts'
import { plantedTargets } from '../../fuzz/targets/planted.ts'

const options: HuntOptions = {
  ...{ seed: 1, limit: { inputs: 40_000, until: Number.POSITIVE_INFINITY }, isGuided: false },
  ...{ patienceMs: 20_000, slowShrinkTries: 0, mostFindings: 1 },
}
/** These never answer: a short wait is enough to see it, and a long one would only be longer. */
const hanging: HuntOptions = { ...options, patienceMs: 1000 }

const cases = [
  ['planted-throw', options, 'throw', /^RangeError at test\/fuzz\/targets\/planted\.ts/],
  ['planted-stray', options, 'stray', /^URIError that nobody caught/],
  ['planted-shape', options, 'shape', /^a power is a number$/],
  ['planted-unsteady', options, 'unsteady', /^another answer/],
  ['planted-memory', options, 'memory', /^memory grew/],
  ['planted-loop', hanging, 'hang', /^gave no answer$/],
  ['planted-silence', hanging, 'hang', /^gave no answer$/],
] as const

test('each planted fault has its case', () => {
  expect(cases.map(([name]) => name).toSorted()).toEqual(plantedTargets.map(({ name }) => name).toSorted())
})

test.each(cases)('%s is found', async (name, how, kind, what) => {
  const target = findTarget(name)
  const { findings } = await hunt(target, how)
  const [finding] = findings
  expect(finding?.fault.kind).toBe(kind)
  expect(finding?.fault.what).toMatch(what)
  if (kind === 'hang' || kind === 'memory') return
  // Its input shows it again, and others do not.
  const cage = new Cage({ coverageOf: null, patienceMs: options.patienceMs })
  try {
    expect((await judge(cage, name, finding?.input ?? new Uint8Array(0)))?.kind).toBe(kind)
    await cage.close()
    expect(await judge(cage, name, target.seeds()[0] ?? new Uint8Array(0))).toBeNull()
  } finally {
    await cage.close()
  }
})

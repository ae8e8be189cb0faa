import { expect, test } from 'vitest'
import { memorySource } from '../../../electron/formats/byte-source.ts'
import { proveRecording } from '../../../electron/formats/prove.ts'
import { readZip } from '../../../electron/formats/zip.ts'
import { allTargets, findTarget } from '../../fuzz/targets/all-targets.ts'
import type { FuzzTarget } from '../../fuzz/target.ts'
import { simRandom } from '../../sim/random.ts'

function made(target: FuzzTarget, count: number): readonly Uint8Array[] {
  const random = simRandom(7)
  const seeds = target.seeds()
  return Array.from({ length: count }, () => target.mutate(random, random.pick(seeds), random.pick(seeds)))
}

test.each(allTargets)(
  '$name is given the same inputs for the same seed, and others than it began with',
  target => {
    const inputs = made(target, 24)
    expect(made(target, 24)).toEqual(inputs)
    const seeds = target.seeds().map(seed => Buffer.from(seed).toString('hex'))
    const fresh = inputs.filter(input => !seeds.includes(Buffer.from(input).toString('hex')))
    expect(new Set(fresh.map(input => Buffer.from(input).toString('hex'))).size).toBeGreaterThan(8)
  },
)

test('changed FITs mostly keep their checksums, so that what lies behind them is reached', async () => {
  const proofs = await Promise.all(
    made(findTarget('fit'), 200).map(input => proveRecording(memorySource(input), 'x.fit')),
  )
  const codes = proofs.map(proof => ('code' in proof ? proof.code : proof.kind))
  expect(codes.filter(code => code === 'activity').length).toBeGreaterThan(25)
  expect(codes.filter(code => code === 'bad-checksum').length).toBeLessThan(80)
  expect(new Set(codes).size).toBeGreaterThan(4)
})

test('changed zips are often still lists of files', async () => {
  const lists = await Promise.allSettled(
    made(findTarget('zip'), 200).map(input => readZip(memorySource(input))),
  )
  expect(lists.filter(list => list.status === 'fulfilled' && list.value.length > 0).length).toBeGreaterThan(
    40,
  )
})

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../electron/formats/byte-source.ts'
import { proveRecording } from '../../../electron/formats/prove.ts'
import { simRandom } from '../../sim/random.ts'
import type { Recorder, RecorderPlan } from '../../sim/recorder.ts'
import { recorders } from '../../sim/recorders/all.ts'
import { contradictions, sha256 } from './contradictions.ts'

const seeds = Array.from({ length: 20 }, (_, seed) => seed)
const startAtMs = Date.UTC(2026, 10, 21, 8, 0, 0)
const longestMs = 8 * 3_600_000

const list = Object.entries(recorders)

/** Another key for every use, as in a run. */
function planOf(recorder: Recorder, seed: number): RecorderPlan {
  const key = 1 + seed * list.length + list.findIndex(([, other]) => other === recorder)
  // Some begin within a second, and some on a day of another clock.
  return recorder.plan(simRandom(seed), startAtMs + seed * 86_461_237, key)
}

/** The same for the same plan alone. */
function markOf(plan: RecorderPlan): string {
  const digest = createHash('sha256')
  const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array
  digest.update(JSON.stringify(plan, (_key, value: unknown) => (isBytes(value) ? sha256(value) : value)))
  return digest.digest('hex')
}

describe.each(list)('%s', (_key, recorder) => {
  const plans = seeds.map(seed => planOf(recorder, seed))

  it('does the same for the same seed, and something else for another', () => {
    const marks = plans.map(markOf)
    expect(seeds.map(seed => markOf(planOf(recorder, seed)))).toEqual(marks)
    expect(new Set(marks).size).toBe(seeds.length)
  })

  it('stays small, within paths of its folder, and ends in time', () => {
    for (const plan of plans) {
      expect(plan.steps.length).toBeGreaterThan(0)
      expect(plan.steps.reduce((sum, step) => sum + step.afterMs, 0)).toBeLessThan(longestMs)
      for (const { bytes } of plan.rides) expect(bytes.length).toBeLessThan(40_000)
      for (const { afterMs, act } of plan.steps) {
        expect(Number.isInteger(afterMs)).toBe(true)
        const paths = act.kind === 'rename' ? [act.from, act.to] : [act.path]
        for (const path of paths) expect(path).toMatch(/^(?!\/)(?!.*\/\/)(?!.*\.\.\/)/)
      }
    }
  })

  it('records rides that prove to be whole', async () => {
    for (const plan of plans) {
      for (const { bytes } of plan.rides) {
        expect(await proveRecording(memorySource(bytes), 'ride')).toMatchObject({ kind: 'activity' })
      }
    }
  })

  it('has them whole where and when it says, and shows no other final ride before', async () => {
    for (const [seed, plan] of plans.entries()) {
      expect({ seed, wrong: await contradictions(recorder, plan) }).toEqual({
        seed,
        wrong: [],
      })
    }
  })
})

describe('all recorders', () => {
  it('never make the same bytes, or the same path, in two uses', () => {
    const usersOf = new Map<string, string>()
    for (const [name, recorder] of list) {
      for (const seed of seeds) {
        const plan = planOf(recorder, seed)
        const own = new Set([
          ...plan.rides.map(ride => sha256(ride.bytes)),
          ...plan.mayAlsoBeSent.map(sha256),
          ...plan.steps.map(({ act }) => (act.kind === 'rename' ? act.to : act.path)),
        ])
        for (const mark of own) {
          expect([mark, usersOf.get(mark)]).toEqual([mark, undefined])
          usersOf.set(mark, `${name} ${seed}`)
        }
      }
    }
  })
})

describe('the check itself', () => {
  const plan = planOf(recorders['deleted-later'] ?? expect.fail('no such recorder'), 3)
  const [ride] = plan.rides
  const plain: Recorder = { name: 'any', plan: () => plan }
  const against = (changed: Partial<RecorderPlan>): Promise<readonly string[]> =>
    contradictions(plain, { ...plan, ...changed })

  it('finds nothing in a true plan', async () => {
    expect(await against({})).toEqual([])
  })

  it('sees a ride that nobody told of', async () => {
    expect(await against({ rides: [] })).toEqual([expect.stringContaining('shows another final ride')])
    expect(await against({ rides: [], mayAlsoBeSent: plan.rides.map(({ bytes }) => bytes) })).toEqual([])
  })

  it('sees a ride that is whole earlier or later than told', async () => {
    if (ride === undefined) expect.fail('a plan without a ride')
    const at = (wholeAfterStep: number): Promise<readonly string[]> =>
      against({ rides: [{ ...ride, wholeAfterStep }] })
    expect(await at(ride.wholeAfterStep + 1)).toContain(`whole early, at step ${ride.wholeAfterStep}`)
    expect(await at(ride.wholeAfterStep - 1)).not.toEqual([])
  })

  it('sees a ride that goes without a word', async () => {
    if (ride === undefined) expect.fail('a plan without a ride')
    const { goneAfterStep, ...rest } = ride
    expect(await against({ rides: [rest] })).toEqual([`no longer there after step ${goneAfterStep}`])
  })

  it('sees forms that look whole where the recorder does not say so, or for longer than it says', async () => {
    const checkpoints = recorders['checkpoint-fit'] ?? expect.fail('no such recorder')
    const told = planOf(checkpoints, 1)
    const { looksWhole, ...untold } = checkpoints
    expect(looksWhole).toBe('later')
    expect(await contradictions(untold, told)).toContainEqual(expect.stringContaining('shows another ride'))
    expect(await contradictions({ ...untold, looksWhole: 'ten-seconds' }, told)).toContainEqual(
      expect.stringContaining('looks whole for'),
    )
  })
})

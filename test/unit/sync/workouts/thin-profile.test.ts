import { describe, expect, test } from 'vitest'
import { thinProfile } from '../../../../electron/sync/workouts/thin-profile.ts'
import {
  profileDurationS,
  type ProfileStep,
  type WorkoutProfile,
} from '../../../../shared/workout-profile.ts'

const step = (from: number | null, durationS: number, to = from): ProfileStep => ({
  ...{ kind: from === null ? 'free' : from === to ? 'steady' : 'ramp', durationS, from, to, cadence: 90 },
})
const profile = (...steps: readonly ProfileStep[]): WorkoutProfile => ({
  steps,
  cues: [{ atS: 0, text: 'Go' }],
})
const powers = (thin: WorkoutProfile) => thin.steps.map(each => each.from)

describe('a profile for a snapshot', () => {
  test('keeps its steps where they are few, without the texts', () => {
    const few = profile(step(0.5, 60), step(0.5, 60, 0.7))
    expect(thinProfile(few, 2)).toEqual({ steps: few.steps, cues: [] })
  })

  test('becomes equal stretches at their mean power where there are many', () => {
    const thin = thinProfile(
      profile(step(0.5, 60), step(1, 30), step(0.5, 30), step(null, 60), step(0.4, 60)),
      4,
    )
    expect(thin.steps.map(each => each.durationS)).toEqual([60, 60, 60, 60])
    expect(powers(thin)).toEqual([0.5, 0.75, null, 0.4])
    expect(thin.steps[2]?.kind).toBe('free')
  })

  test('draws a ramp as stairs', () => {
    expect(powers(thinProfile(profile(step(0, 100, 1), step(1, 50), step(1, 50)), 2))).toEqual([0.5, 1])
  })

  test('counts what asks for power where a stretch holds both', () => {
    expect(powers(thinProfile(profile(step(0.8, 30), step(null, 30), step(0.6, 60)), 2))).toEqual([0.8, 0.6])
  })

  test('is as long as before, however many steps there were', () => {
    const many = profile(...Array.from({ length: 1000 }, (_, at) => step(at % 2, 7)))
    const thin = thinProfile(many, 60)
    expect([thin.steps.length, Math.round(profileDurationS(thin))]).toEqual([60, 7000])
    expect(powers(thin).every(power => power !== null && power > 0.3 && power < 0.7)).toBe(true)
  })
})

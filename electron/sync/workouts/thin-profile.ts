import { profileDurationS, type ProfileStep, type WorkoutProfile } from '../../../shared/workout-profile.ts'

/**
 * A profile small enough for a snapshot: without texts, and of more steps than `most`, that many equal stretches of time
 * instead, each at its mean power. In a small picture both look the same.
 */
export function thinProfile(profile: WorkoutProfile, most: number): WorkoutProfile {
  if (profile.steps.length <= most) return { steps: profile.steps, cues: [] }
  const stretchS = profileDurationS(profile) / most
  const stretches = Array.from({ length: most }, (_, at) => ({ fromS: at * stretchS, workS: 0, poweredS: 0 }))
  let startS = 0
  for (const step of profile.steps) {
    const endS = startS + step.durationS
    for (let at = Math.floor(startS / stretchS); at * stretchS < endS && at < most; at += 1) {
      const stretch = stretches[at]
      if (stretch === undefined) continue
      const [fromS, toS] = [Math.max(startS, stretch.fromS), Math.min(endS, stretch.fromS + stretchS)]
      const power = powerAt(step, ((fromS + toS) / 2 - startS) / step.durationS)
      if (power === null || toS <= fromS) continue
      stretch.workS += power * (toS - fromS)
      stretch.poweredS += toS - fromS
    }
    startS = endS
  }
  return {
    steps: stretches.map(({ workS, poweredS }) => {
      const mean = poweredS === 0 ? null : Math.round((workS / poweredS) * 1000) / 1000
      return {
        kind: mean === null ? 'free' : 'steady',
        durationS: stretchS,
        from: mean,
        to: mean,
        cadence: null,
      }
    }),
    cues: [],
  }
}

/** The power that far into a step, 0 to 1; null where it asks for none. */
function powerAt(step: ProfileStep, place: number): number | null {
  return step.from === null || step.to === null ? null : step.from + (step.to - step.from) * place
}

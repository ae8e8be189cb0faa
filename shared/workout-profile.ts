/**
 * One step of a workout as it is drawn, repeats unrolled. Power is a fraction of FTP (0.95); both null where the step
 * asks for none, or for something else than power. A steady step has `from` equal to `to`.
 */
export interface ProfileStep {
  readonly kind: 'steady' | 'ramp' | 'free'
  readonly durationS: number
  readonly from: number | null
  readonly to: number | null
  /** rpm; null where none is asked for. */
  readonly cadence: number | null
}

/** A text shown to the rider, `atS` seconds from the start of the workout. */
export interface ProfileCue {
  readonly atS: number
  readonly text: string
}

/** What is drawn of a workout. */
export interface WorkoutProfile {
  readonly steps: readonly ProfileStep[]
  readonly cues: readonly ProfileCue[]
}

/** No drawing needs more: what has more steps has no profile. */
export const mostProfileSteps = 1000
/** Further texts are left out, and longer ones cut. */
export const mostProfileCues = 200
export const longestCue = 200

export type Zone = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Upper ends of power zones 1 to 6 as fractions of FTP (Coggan's seven zones). */
export const zoneEnds: readonly number[] = [0.55, 0.75, 0.9, 1.05, 1.2, 1.5]

/** The power zone of a fraction of FTP. */
export function zoneOf(fraction: number): Zone {
  const place = zoneEnds.findIndex(end => fraction <= end)
  return (place === -1 ? 7 : place + 1) as Zone // 1 to 7, whatever the place
}

/** Seconds from start to end. */
export function profileDurationS(profile: WorkoutProfile): number {
  return profile.steps.reduce((sum, step) => sum + step.durationS, 0)
}

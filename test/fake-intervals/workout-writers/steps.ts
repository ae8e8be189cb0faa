/** What a step's figures are: fractions of FTP (0.75 = 75 %), of threshold heart rate, or of threshold pace. */
export type StepTarget = 'power' | 'hr' | 'pace'

/**
 * How a power was written, where it was not as a percentage: the steps still hold fractions, the document shows these.
 * Zones are those of the first and the last figure.
 */
export type WrittenPower =
  { readonly kind: 'watts' } | { readonly kind: 'zones'; readonly first: number; readonly last: number }

/** One step of a workout; `seconds` long. A repeat holds steps, never repeats. */
export type SimpleStep =
  | {
      readonly kind: 'steady'
      readonly seconds: number
      /** One figure, or a range from low to high. */
      readonly at: number | readonly [number, number]
      readonly target?: StepTarget
      readonly written?: WrittenPower
      readonly cadence?: number
      readonly text?: string
    }
  | {
      readonly kind: 'ramp'
      readonly seconds: number
      readonly from: number
      readonly to: number
      readonly part?: 'warmup' | 'cooldown'
      readonly target?: StepTarget
      readonly written?: WrittenPower
      readonly text?: string
    }
  | { readonly kind: 'freeride'; readonly seconds: number; readonly text?: string }

export type WorkoutStep =
  | SimpleStep
  | {
      readonly kind: 'repeat'
      readonly count: number
      readonly text?: string
      readonly steps: readonly SimpleStep[]
    }

/** What a workout file is made from. `ftp` in watts. */
export interface WorkoutSource {
  readonly name: string
  readonly description: string
  readonly author: string
  readonly sport: string
  readonly ftp: number
  readonly steps: readonly WorkoutStep[]
}

/** The steps in the order they are ridden, repeats written out; the first of each round says which round it is. */
export function unrolled(steps: readonly WorkoutStep[]): readonly SimpleStep[] {
  return steps.flatMap(step => {
    if (step.kind !== 'repeat') return [step]
    const { count, text, steps: inner } = step
    return Array.from({ length: count }, (_, round) =>
      inner.map((one, index) => {
        const label = `${text ?? 'Round'} ${round + 1}/${count}`
        return index === 0 ? { ...one, text: one.text === undefined ? label : `${label} ${one.text}` } : one
      }),
    ).flat()
  })
}

/** How long the whole workout is, in seconds. */
export function totalSeconds(steps: readonly WorkoutStep[]): number {
  return unrolled(steps).reduce((sum, step) => sum + step.seconds, 0)
}

/** Where a step starts and ends, as fractions; a free ride is drawn at half. */
export function endsOf(step: SimpleStep): readonly [number, number] {
  switch (step.kind) {
    case 'steady':
      return typeof step.at === 'number' ? [step.at, step.at] : step.at
    case 'ramp':
      return [step.from, step.to]
    case 'freeride':
      return [0.5, 0.5]
  }
}

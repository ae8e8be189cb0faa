import { unrolled } from './steps.ts'
import type { SimpleStep, WorkoutSource } from './steps.ts'

/**
 * A ZWO file as the service exports it: warm-up and cool-down ramps, steady steps with `show_avg`, free rides, repeats
 * written out, cues as text events. A heart-rate target cannot be said in ZWO and becomes a free ride.
 */
export function writeZwo(workout: WorkoutSource): string {
  const steps = unrolled(workout.steps)
  const sport = /run/i.test(workout.sport) ? 'run' : 'bike'
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<workout_file>',
    `    <author>${escape(workout.author)}</author>`,
    `    <name>${escape(workout.name)}</name>`,
    `    <description>${escape(workout.description)}</description>`,
    `    <sportType>${sport}</sportType>`,
    '    <tags/>',
    '    <workout>',
    ...steps.map((step, index) => element(step, index === 0, index === steps.length - 1)),
    '    </workout>',
    '</workout_file>',
    '',
  ].join('\n')
}

function element(step: SimpleStep, isFirst: boolean, isLast: boolean): string {
  const { name, attributes } = shape(step, isFirst, isLast)
  const list = attributes.map(([key, value]) => ` ${key}="${value}"`).join('')
  if (step.text === undefined) return `        <${name}${list}/>`
  const cue = `            <textevent message="${escape(step.text)}" duration="10"/>`
  return `        <${name}${list}>\n${cue}\n        </${name}>`
}

function shape(
  step: SimpleStep,
  isFirst: boolean,
  isLast: boolean,
): { name: string; attributes: readonly (readonly [string, string | number])[] } {
  const duration = ['Duration', step.seconds] as const
  if (step.kind === 'freeride' || step.target === 'hr') return { name: 'FreeRide', attributes: [duration] }
  if (step.kind === 'ramp') {
    const isWarmup = step.part === 'warmup' || (isFirst && step.part === undefined)
    const isCooldown = step.part === 'cooldown' || (isLast && step.part === undefined)
    // "Low" is where the ramp starts and "High" where it ends, also when it goes down.
    const attributes = [
      ['PowerHigh', fraction(step.to)],
      ['PowerLow', fraction(step.from)],
      duration,
    ] as const
    return { name: isWarmup ? 'Warmup' : isCooldown ? 'Cooldown' : 'Ramp', attributes }
  }
  const power =
    typeof step.at === 'number'
      ? ([['Power', fraction(step.at)]] as const)
      : ([
          ['PowerHigh', fraction(step.at[1])],
          ['PowerLow', fraction(step.at[0])],
        ] as const)
  const cadence = step.cadence === undefined ? [] : ([['Cadence', step.cadence]] as const)
  return { name: 'SteadyState', attributes: [['show_avg', '1'], ...cadence, ...power, duration] }
}

/** Three decimals at most: `0.96`, `0.389`. */
function fraction(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}

function escape(text: string): string {
  const entities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }
  return text.replace(/[<>&"]/g, character => entities[character] ?? character)
}

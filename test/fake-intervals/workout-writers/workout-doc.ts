import type { JsonObject } from '../types.ts'
import { endsOf, totalSeconds, unrolled } from './steps.ts'
import { zoneWatts } from './zones.ts'
import type { SimpleStep, StepTarget, WorkoutStep } from './steps.ts'

const units: Record<StepTarget, string> = { power: '%ftp', hr: '%lthr', pace: '%pace' }

/** How targets are resolved: with `_power` in watts beside the percentages, and as a range when ridden outdoors. */
export interface Resolving {
  readonly ftp: number
  readonly isIndoor: boolean
  /** Percent either side of a fixed power, outdoors. */
  readonly powerRange: number
}

/** The `workout_doc` of an event: the steps in the service's own words. `resolve` null leaves targets as percentages. */
export function workoutDoc(
  steps: readonly WorkoutStep[],
  ftp: number,
  description: string,
  resolve: Resolving | null,
): JsonObject {
  const first = unrolled(steps).find(step => step.kind !== 'freeride')
  const target = first === undefined ? 'AUTO' : (first.target ?? 'power').toUpperCase()
  return {
    description,
    duration: totalSeconds(steps),
    distance: 0,
    ftp,
    target,
    average_watts: Math.round(averageFraction(steps) * ftp),
    steps: steps.map(step => docStep(step, ftp, resolve)),
    options: {},
    locales: [],
  }
}

/** Mean of the steps' middles, weighted by their length. */
export function averageFraction(steps: readonly WorkoutStep[]): number {
  const all = unrolled(steps)
  const seconds = all.reduce((sum, step) => sum + step.seconds, 0)
  const work = all.reduce((sum, step) => sum + ((endsOf(step)[0] + endsOf(step)[1]) / 2) * step.seconds, 0)
  return seconds === 0 ? 0 : work / seconds
}

function docStep(step: WorkoutStep, ftp: number, resolve: Resolving | null): JsonObject {
  if (step.kind !== 'repeat') return docSimple(step, ftp, resolve)
  return {
    reps: step.count,
    text: `${step.text === undefined ? '' : `${step.text} `}${step.count}x`,
    distance: 0,
    duration: totalSeconds([step]),
    steps: step.steps.map(inner => docSimple(inner, ftp, resolve)),
  }
}

function docSimple(step: SimpleStep, ftp: number, resolve: Resolving | null): JsonObject {
  const common = { ...(step.text === undefined ? {} : { text: step.text }), duration: step.seconds }
  if (step.kind === 'freeride') return { ...common, freeride: true }
  const target = step.target ?? 'power'
  const [from, to] = endsOf(step)
  return {
    ...common,
    ...(step.kind === 'ramp'
      ? { ramp: true, ...(step.part === undefined ? {} : { [step.part]: true }) }
      : {}),
    [target]: figures(step, ftp),
    ...(step.kind === 'steady' && step.cadence !== undefined
      ? { cadence: { value: step.cadence, units: 'rpm' } }
      : {}),
    ...(resolve !== null && target === 'power' ? { _power: resolved(step, from, to, resolve) } : {}),
  }
}

/** A step's target in the unit it was written in. */
function figures(step: Exclude<SimpleStep, { kind: 'freeride' }>, ftp: number): JsonObject {
  const [from, to] = endsOf(step)
  const { written, target = 'power' } = step
  if (written?.kind === 'zones') return valueOrRange(written.first, written.last, 'power_zone')
  if (written?.kind === 'watts') return valueOrRange(Math.round(from * ftp), Math.round(to * ftp), 'w')
  return valueOrRange(percent(from), percent(to), units[target])
}

function valueOrRange(from: number, to: number, unit: string): JsonObject {
  return from === to ? { value: from, units: unit } : { start: from, end: to, units: unit }
}

function resolved(
  step: Exclude<SimpleStep, { kind: 'freeride' }>,
  from: number,
  to: number,
  { ftp, isIndoor, powerRange }: Resolving,
): JsonObject {
  const { written } = step
  // Of zones only the ends are told.
  if (written?.kind === 'zones') {
    return { start: zoneWatts(written.first, ftp)[0], end: zoneWatts(written.last, ftp)[1] }
  }
  const middle = Math.round(((from + to) / 2) * ftp)
  if (from !== to) return { value: middle, start: Math.round(from * ftp), end: Math.round(to * ftp) }
  const spread = isIndoor ? 0 : Math.ceil((middle * powerRange) / 100)
  return { value: middle, start: middle - spread, end: middle + spread }
}

function percent(fraction: number): number {
  return Math.round(fraction * 1000) / 10
}

import type { WorkoutStep } from '../workout-writers/steps.ts'
import { attribute, tagsOf } from './xml.ts'
import type { Tag } from './xml.ts'

/** Steps of an uploaded ZWO file; null when it holds none. */
export function readZwo(text: string): readonly WorkoutStep[] | null {
  const steps = [...tagsOf(text)].flatMap(tag => (tag.kind === 'close' ? [] : (stepOf(tag) ?? [])))
  return steps.length === 0 ? null : steps
}

function stepOf(tag: Tag): WorkoutStep | null {
  const figure = (name: string): number => Number(attribute(tag, name) ?? '0') || 0
  const seconds = Math.round(figure('Duration'))
  switch (tag.name) {
    case 'Warmup':
    case 'Cooldown':
    case 'Ramp': {
      const part = tag.name === 'Warmup' ? 'warmup' : 'cooldown'
      const named = tag.name === 'Ramp' ? {} : ({ part } as const)
      return { kind: 'ramp', seconds, from: figure('PowerLow'), to: figure('PowerHigh'), ...named }
    }
    case 'SteadyState': {
      const isSingle = attribute(tag, 'Power') !== null
      return {
        kind: 'steady',
        seconds,
        at: isSingle ? figure('Power') : [figure('PowerLow'), figure('PowerHigh')],
      }
    }
    case 'FreeRide':
    case 'Freeride':
      return { kind: 'freeride', seconds }
    case 'IntervalsT':
      return {
        kind: 'repeat',
        count: figure('Repeat'),
        steps: [
          { kind: 'steady', seconds: Math.round(figure('OnDuration')), at: figure('OnPower') },
          { kind: 'steady', seconds: Math.round(figure('OffDuration')), at: figure('OffPower') },
        ],
      }
    default:
      return null
  }
}

import { zoneOf, type ProfileStep } from '../../shared/workout-profile.ts'
import { pictureText } from '../text/picture.ts'
import { stepDuration } from './dates.ts'
import { percent } from './units.ts'

/** What a step asks for: `at 88 %, zone 3, tempo · 90 rpm`. */
export function targetWords(step: ProfileStep): string {
  const cadence = step.cadence === null ? [] : [pictureText.cadence(step.cadence)]
  return [powerWords(step), ...cadence].join(' · ')
}

/** A whole step: `8 min at 88 %, zone 3, tempo`. */
export function stepWords(step: ProfileStep): string {
  return `${stepDuration(step.durationS)} ${targetWords(step)}`
}

function powerWords(step: ProfileStep): string {
  const { from, to } = step
  if (step.kind === 'free') return pictureText.free
  if (from === null || to === null) return pictureText.noPower
  if (from !== to) return pictureText.ramp(percent(from), percent(to))
  const zone = zoneOf(from)
  return `${pictureText.steady(percent(from))}, ${pictureText.zone(zone, pictureText.zones[zone])}`
}

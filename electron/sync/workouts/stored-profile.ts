import type { ProfileCue, ProfileStep, WorkoutProfile } from '../../../shared/workout-profile.ts'

/** A profile from the JSON it was kept as; null for anything else, which is drawn as nothing. */
export function parseProfile(text: string): WorkoutProfile | null {
  const value = parsed(text)
  if (!isObject(value) || !Array.isArray(value['steps']) || !Array.isArray(value['cues'])) return null
  const steps: readonly unknown[] = value['steps']
  const cues: readonly unknown[] = value['cues']
  return steps.every(isStep) && cues.every(isCue) ? { steps, cues } : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isStep(value: unknown): value is ProfileStep {
  return (
    isObject(value) &&
    (value['kind'] === 'steady' || value['kind'] === 'ramp' || value['kind'] === 'free') &&
    typeof value['durationS'] === 'number' &&
    ['from', 'to', 'cadence'].every(key => value[key] === null || typeof value[key] === 'number')
  )
}

function isCue(value: unknown): value is ProfileCue {
  return isObject(value) && typeof value['atS'] === 'number' && typeof value['text'] === 'string'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

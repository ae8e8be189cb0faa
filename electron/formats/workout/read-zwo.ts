import { FormatError } from '../proof.ts'
import {
  longestStep,
  maxWorkoutBytes,
  maxWorkoutSteps,
  type WorkoutCue,
  type WorkoutRead,
  type WorkoutStep,
} from './workout-steps.ts'
import { readXml, type XmlElement } from './workout-xml.ts'

/**
 * Reads a Zwift workout. Powers are fractions of FTP. A steady step given as a range counts as its middle, which is
 * what Zwift itself makes of it when it saves the file; ramps, warm-ups and cool-downs go from PowerLow to PowerHigh
 * (as the service writes them: start, end). A workout measured in distance has metres where seconds are meant.
 * Unknown elements are passed over. Never throws; damage is a fault.
 */
export function readZwo(bytes: Uint8Array): WorkoutRead {
  try {
    if (bytes.length > maxWorkoutBytes) throw new FormatError('too-large', 'the file is too large')
    return { kind: 'workout', workout: workoutOf(readXml(bytes)) }
  } catch (error) {
    if (error instanceof FormatError) return { kind: 'fault', code: error.code, detail: error.message }
    throw error
  }
}

function workoutOf(root: XmlElement) {
  if (root.name !== 'workout_file' && root.name !== 'workout') {
    throw new FormatError('unknown-format', 'the root element is not that of a workout')
  }
  const inner = root.children.find(child => child.name === 'workout')
  const body = inner ?? (root.name === 'workout' ? root : null)
  if (body === null) throw new FormatError('bad-structure', 'there is no workout element')
  const steps: WorkoutStep[] = []
  const cues: WorkoutCue[] = []
  let atS = 0
  for (const element of body.children) {
    if (element.name === 'textevent') cues.push(...cueOf(element, 0))
    const made = stepsOf(element)
    if (steps.length + made.length > maxWorkoutSteps) {
      throw new FormatError('too-large', 'there are too many steps')
    }
    if (made.some(step => step.durationS > longestStep))
      throw new FormatError('too-large', 'a step is too long')
    steps.push(...made)
    for (const child of element.children) if (child.name === 'textevent') cues.push(...cueOf(child, atS))
    atS += made.reduce((sum, step) => sum + step.durationS, 0)
  }
  const name = root.children.find(child => child.name === 'name')?.text ?? ''
  return { name: name === '' ? null : name, unit: 'ftp' as const, steps, cues }
}

function stepsOf(element: XmlElement): readonly WorkoutStep[] {
  if (element.name === 'intervalst') return intervalsOf(element)
  const durationS = numberOf(element, 'duration')
  if (durationS === null || durationS <= 0) return []
  const cadence = cadenceOf(element, 'cadence')
  switch (element.name) {
    case 'textevent':
      return []
    case 'warmup':
    case 'cooldown':
    case 'ramp': {
      const only = numberOf(element, 'power')
      const from = numberOf(element, 'powerlow') ?? only
      const to = numberOf(element, 'powerhigh') ?? only
      if (from === null || to === null) return [{ kind: 'steady', durationS, power: from ?? to, cadence }]
      return [{ kind: 'ramp', durationS, from, to, cadence }]
    }
    case 'freeride':
    case 'maxeffort':
      return [{ kind: 'free', durationS, cadence }]
    default:
      return [
        {
          kind: 'steady',
          durationS,
          power: numberOf(element, 'power') ?? middleOf(element, 'powerlow', 'powerhigh'),
          cadence,
        },
      ]
  }
}

function intervalsOf(element: XmlElement): readonly WorkoutStep[] {
  const repeats = Math.trunc(numberOf(element, 'repeat') ?? 1)
  if (repeats * 2 > maxWorkoutSteps) throw new FormatError('too-large', 'there are too many repeats')
  const halves: readonly WorkoutStep[] = [
    {
      kind: 'steady' as const,
      durationS: numberOf(element, 'onduration') ?? 0,
      power: numberOf(element, 'onpower') ?? middleOf(element, 'poweronlow', 'poweronhigh'),
      cadence: cadenceOf(element, 'cadence'),
    },
    {
      kind: 'steady' as const,
      durationS: numberOf(element, 'offduration') ?? 0,
      power: numberOf(element, 'offpower') ?? middleOf(element, 'powerofflow', 'poweroffhigh'),
      cadence: cadenceOf(element, 'cadenceresting'),
    },
  ].filter(step => step.durationS > 0)
  return Array.from({ length: Math.max(0, repeats) }, () => halves).flat()
}

function cueOf(element: XmlElement, startS: number): readonly WorkoutCue[] {
  const text = element.attributes.get('message') ?? ''
  return text === '' ? [] : [{ atS: startS + (numberOf(element, 'timeoffset') ?? 0), text }]
}

/** An attribute, or a child element of that name: some programs write `<Duration>300</Duration>`. */
function numberOf(element: XmlElement, name: string): number | null {
  const raw = element.attributes.get(name) ?? element.children.find(child => child.name === name)?.text ?? ''
  const value = raw.trim() === '' ? NaN : Number(raw)
  return Number.isFinite(value) ? value : null
}

function middleOf(element: XmlElement, low: string, high: string): number | null {
  const [a, b] = [numberOf(element, low), numberOf(element, high)]
  if (a === null || b === null) return a ?? b
  return (a + b) / 2
}

/** Zero means that no cadence is asked for. */
function cadenceOf(element: XmlElement, name: string): number | null {
  const value = numberOf(element, name) ?? middleOf(element, `${name}low`, `${name}high`)
  return value === null || value <= 0 ? null : value
}

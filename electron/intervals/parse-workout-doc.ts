import {
  longestCue,
  mostProfileCues,
  mostProfileSteps,
  type ProfileCue,
  type ProfileStep,
  type WorkoutProfile,
} from '../../shared/workout-profile.ts'
import { isJsonObject, secondsOf, textOf, type JsonObject } from './json-fields.ts'
import { powerOf } from './workout-power.ts'

/** The service itself nests repeats one deep. */
const deepest = 6
/** No legs turn faster. */
const highestRpm = 300
/** Two days; nothing longer is a workout. */
const longestS = 48 * 3600
/** Of a text, more than anybody reads in one step; what reads it takes time with its length. */
const longestText = 4000

/** Thrown inside, turned into null at the edge: this document cannot be drawn truthfully. */
class Unreadable extends Error {}

interface Drawn {
  readonly step: ProfileStep
  readonly text: string | null
}

/**
 * What is drawn of a `workout_doc`: its steps with repeats unrolled, power as fractions of FTP. A step that asks for
 * heart rate, pace or nothing has no power; a range counts as its middle, as the service's own load does. Null for what
 * has no steps or cannot be read whole. Never throws, whatever the document holds.
 */
export function parseWorkoutDoc(doc: unknown): WorkoutProfile | null {
  if (!isJsonObject(doc) || !Array.isArray(doc['steps'])) return null
  try {
    const ftp = ftpOf(doc)
    const drawn = drawSteps(doc['steps'], ftp, 0)
    if (drawn.length === 0) return null
    if (drawn.reduce((sum, { step }) => sum + step.durationS, 0) > longestS) return null
    return { steps: drawn.map(({ step }) => step), cues: cuesOf(drawn) }
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
}

/** The FTP in watts that a document counts with; null where it names none. */
export function ftpOf(doc: unknown): number | null {
  const ftp = isJsonObject(doc) ? doc['ftp'] : null
  return typeof ftp === 'number' && Number.isFinite(ftp) && ftp > 0 ? ftp : null
}

/** How long a document says its workout is. */
export function docDurationS(doc: unknown): number | null {
  const duration = isJsonObject(doc) ? secondsOf(doc['duration']) : null
  return duration === 0 ? null : duration
}

function drawSteps(steps: readonly unknown[], ftp: number | null, depth: number): readonly Drawn[] {
  if (depth > deepest || steps.length > mostProfileSteps) throw new Unreadable()
  const drawn: Drawn[] = []
  for (const step of steps) {
    if (!isJsonObject(step)) throw new Unreadable()
    const made = Array.isArray(step['steps'])
      ? drawRepeat(step, step['steps'], ftp, depth)
      : drawStep(step, ftp)
    if (drawn.length + made.length > mostProfileSteps) throw new Unreadable()
    drawn.push(...made)
  }
  return drawn
}

function drawRepeat(
  repeat: JsonObject,
  steps: readonly unknown[],
  ftp: number | null,
  depth: number,
): readonly Drawn[] {
  const round = drawSteps(steps, ftp, depth + 1)
  const wanted = repeat['reps'] ?? 1
  if (typeof wanted !== 'number' || !Number.isFinite(wanted) || wanted < 0) throw new Unreadable()
  const reps = Math.trunc(wanted)
  // Before anything is unrolled: a few hostile bytes must not fill the memory.
  if (round.length * reps > mostProfileSteps) throw new Unreadable()
  if (round.length === 0) return []
  // The whole header line: `Main set 3x`, or a bare `3x`. Counted, for a hostile line of blanks or digits takes for ever.
  const header = (stepText(repeat['text']) ?? '').trim()
  const name = header.replace(/(?<!\d)\d{1,9}\s{0,9}x$/i, '').trim()
  return Array.from({ length: reps }, (_, index) => {
    if (name === '') return round
    const label = `${name} ${index + 1}/${reps}`
    return round.map((one, place) =>
      place > 0 ? one : { ...one, text: one.text === null ? label : `${label} ${one.text}` },
    )
  }).flat()
}

function drawStep(step: JsonObject, ftp: number | null): readonly Drawn[] {
  const durationS = lengthOf(step)
  if (durationS === 0) return []
  const text = stepText(step['text'])
  const cadence = cadenceOf(step['cadence'])
  if (step['freeride'] === true || step['maxeffort'] === true) {
    return [{ step: { kind: 'free', durationS, from: null, to: null, cadence }, text }]
  }
  const power = powerOf(step['power'], step['_power'], ftp)
  if (power === null) return [{ step: { kind: 'steady', durationS, from: null, to: null, cadence }, text }]
  if (step['ramp'] === true && power.from !== power.to) {
    return [{ step: { kind: 'ramp', durationS, from: power.from, to: power.to, cadence }, text }]
  }
  const middle = Math.round(((power.from + power.to) / 2) * 1000) / 1000
  return [{ step: { kind: 'steady', durationS, from: middle, to: middle, cadence }, text }]
}

function stepText(value: unknown): string | null {
  return textOf(value)?.slice(0, longestText) ?? null
}

/** Seconds; a step by distance takes as long as its resolved pace says. A step of unknown length makes all of it unknown. */
function lengthOf(step: JsonObject): number {
  const given = secondsOf(step['duration'])
  const length = given !== null && given > 0 ? given : (distanceS(step) ?? given)
  if (length === null || length > longestS) throw new Unreadable()
  return length
}

function distanceS(step: JsonObject): number | null {
  const metres = secondsOf(step['distance'])
  if (metres === null || metres === 0) return null
  const pace = isJsonObject(step['_pace']) ? secondsOf(step['_pace']['value']) : null
  if (pace === null || pace === 0) throw new Unreadable()
  return Math.round(metres / pace)
}

/** In rpm; a range counts as its middle, zero as nothing asked for. */
function cadenceOf(cadence: unknown): number | null {
  if (!isJsonObject(cadence)) return null
  const [start, end] = [secondsOf(cadence['start']), secondsOf(cadence['end'])]
  const middle = start === null || end === null ? (start ?? end) : (start + end) / 2
  const rpm = secondsOf(cadence['value']) ?? middle
  return rpm === null || rpm === 0 || rpm > highestRpm ? null : rpm
}

function cuesOf(drawn: readonly Drawn[]): readonly ProfileCue[] {
  const cues: ProfileCue[] = []
  let atS = 0
  for (const { step, text } of drawn) {
    if (cues.length >= mostProfileCues) break
    if (text !== null) cues.push(...timedCues(text, atS))
    atS += step.durationS
  }
  return cues.slice(0, mostProfileCues)
}

/** `Settle in 33^Find your rhythm`: the first text at once, the next 33 s into the step. */
function timedCues(text: string, startS: number): readonly ProfileCue[] {
  const [first = '', ...rest] = text.split(/(?:^|\s)(\d{1,5})\^/)
  const cues = [{ atS: startS, text: first }]
  for (let at = 0; at + 1 < rest.length; at += 2) {
    cues.push({ atS: startS + Number(rest[at]), text: rest[at + 1] ?? '' })
  }
  return cues
    .map(cue => ({ atS: cue.atS, text: cue.text.replace('<!>', '').trim().slice(0, longestCue) }))
    .filter(cue => cue.text !== '')
}

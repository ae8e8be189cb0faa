import type { ActivityFacts, Proof } from '../../../electron/formats/proof.ts'
import type { WorkoutSteps } from '../../../electron/formats/workout/workout-steps.ts'
import { AppError } from '../../../shared/app-error.ts'
import {
  longestCue,
  mostProfileCues,
  mostProfileSteps,
  type WorkoutProfile,
} from '../../../shared/workout-profile.ts'
import { FormatError } from '../../../electron/formats/proof.ts'
import { must } from '../target.ts'

const isoMoment = /^(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const faultCodes: readonly string[] = [
  ...[
    'empty',
    'all-zero',
    'cut-off',
    'header-unfinished',
    'bad-checksum',
    'bad-structure',
    'not-well-formed',
  ],
  ...['no-file-type', 'unknown-format', 'too-large', 'bad-archive'],
]
const otherContents: readonly string[] = [
  ...['workout', 'course', 'settings', 'monitoring', 'sport', 'device', 'totals', 'route', 'other'],
]

/** What every proof keeps to. */
export function mustBeProof(proof: Proof): void {
  switch (proof.kind) {
    case 'activity':
      must(['fit', 'tcx', 'gpx'].includes(proof.format), 'an activity has a format')
      must(proof.format === 'fit' || !proof.isFinal, 'only a FIT is final')
      mustBeFacts(proof.facts)
      return
    case 'notActivity':
      must(otherContents.includes(proof.content), 'what is no activity is one of the other contents')
      mustBeDetail(proof.detail)
      return
    case 'incomplete':
    case 'damaged':
      must(faultCodes.includes(proof.code), 'a fault has a code')
      mustBeDetail(proof.detail)
      if (proof.readable !== null) mustBeFacts(proof.readable)
      return
    default:
      must(false, 'a proof has one of four kinds')
  }
}

/** A sentence part for people: not empty, one line, without a full stop, and none of the file's own content at length. */
export function mustBeDetail(detail: string): void {
  must(detail !== '' && detail.length <= 200, 'a detail is a short sentence part')
  must(!/[\p{Cc}\uFFFD]/u.test(detail) && detail.isWellFormed(), 'a detail is plain text')
  must(!detail.endsWith('.'), 'a detail has no full stop')
}

function mustBeFacts(facts: ActivityFacts): void {
  const { startTime, startTimeMissing } = facts
  must((startTime === null) !== (startTimeMissing === null), 'a start time is there, or the reason why not')
  if (startTime !== null) {
    must(isoMoment.test(startTime), 'a start time is an ISO instant of this age')
    must(!Number.isNaN(Date.parse(startTime)), 'a start time is a moment')
  }
  mustBeAmount(facts.durationS, 'a duration is finite and not below zero')
  mustBeAmount(facts.distanceM, 'a distance is finite and not below zero')
  must(Number.isInteger(facts.sessions) && facts.sessions >= 1, 'there is at least one session')
  for (const word of [facts.sport, facts.subSport])
    must(word === null || /^[\w -]+$/.test(word), 'a sport is a word')
  must(
    facts.device === null || (facts.device !== '' && facts.device.length <= 300),
    'a device has a short name',
  )
}

function mustBeAmount(value: number | null, promise: string): void {
  must(value === null || (Number.isFinite(value) && value >= 0), promise)
}

/** What every workout reader's steps keep to. */
export function mustBeSteps(workout: WorkoutSteps, mostSteps: number): void {
  must(workout.steps.length <= mostSteps, 'a workout has no more steps than its reader allows')
  for (const step of workout.steps) {
    must(Number.isFinite(step.durationS) && step.durationS > 0, 'a step lasts')
    must(
      step.cadence === null || (Number.isFinite(step.cadence) && step.cadence > 0),
      'a cadence is above zero',
    )
    if (step.kind === 'steady') must(step.power === null || Number.isFinite(step.power), 'a power is finite')
    if (step.kind === 'ramp') must(Number.isFinite(step.from) && Number.isFinite(step.to), 'a ramp has ends')
  }
  for (const cue of workout.cues) {
    must(Number.isFinite(cue.atS), 'a cue has a moment')
    must(cue.text !== '', 'a cue says something')
  }
}

/** What is drawn keeps to the caps of the window's pictures. */
export function mustBeProfile({ steps, cues }: WorkoutProfile, mostSteps = mostProfileSteps): void {
  must(steps.length > 0 && steps.length <= mostSteps, 'a profile has steps, and not too many')
  for (const step of steps) {
    must(['steady', 'ramp', 'free'].includes(step.kind), 'a step has a kind')
    must(Number.isFinite(step.durationS) && step.durationS > 0, 'a drawn step lasts')
    for (const power of [step.from, step.to])
      must(
        power === null || (Number.isFinite(power) && power >= 0 && power <= 20),
        'a drawn power is one that can be meant',
      )
    must(
      (step.from === null) === (step.to === null) || step.kind === 'ramp',
      'a steady step has both powers or none',
    )
    must(step.kind !== 'steady' || step.from === step.to, 'a steady step is level')
    must(step.kind !== 'free' || step.from === null, 'a free step asks for no power')
  }
  must(cues.length <= mostProfileCues, 'a profile has not too many cues')
  for (const cue of cues) {
    must(Number.isFinite(cue.atS), 'a drawn cue has a moment')
    must(cue.text.length <= longestCue, 'a drawn cue is short')
  }
}

/** Runs a reader that throws FormatError; null where it did. */
export function orFormatError<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    must(faultCodes.includes(error.code), 'a FormatError has a code')
    mustBeDetail(error.message)
    return null
  }
}

/** The same for what reads piece by piece: null behind the pieces that came before the error. */
export async function untilFormatError<T>(items: AsyncIterable<T>): Promise<readonly (T | null)[]> {
  const got: (T | null)[] = []
  try {
    for await (const item of items) got.push(item)
  } catch (error) {
    orFormatError(() => {
      throw error
    })
    got.push(null)
  }
  return got
}

/** Runs a parser that throws AppErrors of these codes; null where it did. */
export function orAppError<T>(codes: readonly string[], read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    must(codes.includes(error.code), `an AppError here is one of ${codes.join(', ')}`)
    return null
  }
}

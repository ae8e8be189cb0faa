import { FormatError } from '../proof.ts'
import {
  longestStep,
  maxWorkoutBytes,
  maxWorkoutSteps,
  type WorkoutCue,
  type WorkoutRead,
  type WorkoutStep,
} from './workout-steps.ts'

/** The course formats' own view: a line through points of (minute, power), jumps being two points at one minute. */
export interface Course {
  readonly name: string | null
  /** `ftp`: values in percent of FTP; `watts`: in W. */
  readonly unit: 'ftp' | 'watts'
  /** The FTP in W that the file was made for, where it says so. */
  readonly ftp: number | null
  readonly points: readonly { readonly minute: number; readonly value: number }[]
  readonly cues: readonly WorkoutCue[]
}

/** Reads an ERG file (power in watts unless its header says otherwise). Never throws; damage is a fault. */
export function readErg(bytes: Uint8Array): WorkoutRead {
  return readAs(bytes, 'watts')
}

/** Reads an MRC file (percent of FTP unless its header says otherwise). Never throws; damage is a fault. */
export function readMrc(bytes: Uint8Array): WorkoutRead {
  return readAs(bytes, 'ftp')
}

function readAs(bytes: Uint8Array, unit: Course['unit']): WorkoutRead {
  try {
    const course = readCourse(bytes, unit)
    const steps = stepsOf(course)
    return { kind: 'workout', workout: { name: course.name, unit: course.unit, steps, cues: course.cues } }
  } catch (error) {
    if (error instanceof FormatError) return { kind: 'fault', code: error.code, detail: error.message }
    throw error
  }
}

/**
 * Reads the sections of an ERG or MRC file. Throws FormatError: `empty`, `too-large`, `cut-off` (course data that is
 * not closed), `bad-structure` (no course data, a line that is no point, time going back).
 */
export function readCourse(bytes: Uint8Array, defaultUnit: Course['unit']): Course {
  if (bytes.length === 0) throw new FormatError('empty', 'the file is empty')
  if (bytes.length > maxWorkoutBytes) throw new FormatError('too-large', 'the file is too large')
  let course: Course = { name: null, unit: defaultUnit, ftp: null, points: [], cues: [] }
  const points: { minute: number; value: number }[] = []
  const cues: WorkoutCue[] = []
  let section: string | null = null
  let isDataClosed = false
  for (const raw of new TextDecoder('utf-8').decode(bytes).split(/\r\n|\r|\n/)) {
    const line = raw.trim()
    if (line === '') continue
    const mark = /^\[(END )?(.+)\]$/i.exec(line)
    if (mark !== null) {
      const name = mark[2]?.trim().toUpperCase() ?? ''
      if (mark[1] !== undefined && name === 'COURSE DATA') isDataClosed = true
      section = mark[1] === undefined ? name : null
    } else if (section === 'COURSE HEADER') {
      course = withHeaderLine(course, line)
    } else if (section === 'COURSE DATA') {
      // `4 LAP` marks a lap at minute 4.
      if (!/\sLAP$/i.test(line)) points.push(pointOf(line, points.at(-1)?.minute ?? 0))
      if (points.length > maxWorkoutSteps) throw new FormatError('too-large', 'there are too many points')
    } else if (section === 'COURSE TEXT') {
      cues.push(...cueOf(line))
    }
  }
  if (points.length > 0 && !isDataClosed) throw new FormatError('cut-off', 'the course data has no end')
  if (points.length < 2) throw new FormatError('bad-structure', 'there is no course data')
  return { ...course, points, cues }
}

function withHeaderLine(course: Course, line: string): Course {
  const equals = line.indexOf('=')
  if (equals < 0) {
    const unit = line.split(/\s+/)[1]?.toUpperCase()
    if (unit === 'WATTS') return { ...course, unit: 'watts' }
    return unit === 'FTP' || unit === 'PERCENT' || unit === 'PERCENTAGE' ? { ...course, unit: 'ftp' } : course
  }
  const value = line.slice(equals + 1).trim()
  switch (line.slice(0, equals).trim().toUpperCase()) {
    case 'DESCRIPTION':
      return { ...course, name: value === '' ? null : value }
    case 'FTP': {
      const ftp = Number(value)
      return Number.isFinite(ftp) && ftp > 0 ? { ...course, ftp } : course
    }
    default:
      return course
  }
}

function pointOf(line: string, earliest: number): { minute: number; value: number } {
  const [minute = NaN, value = NaN] = line.split(/[\s,;]+/).map(Number)
  if (!Number.isFinite(minute) || !Number.isFinite(value)) {
    throw new FormatError('bad-structure', 'a line of the course data is no point')
  }
  if (minute * 60 > longestStep) throw new FormatError('too-large', 'the course data is too long')
  if (minute < earliest) throw new FormatError('bad-structure', 'the time of the course data goes back')
  return { minute, value }
}

/** `seconds <tab> text <tab> seconds shown`; the last part may be absent. */
function cueOf(line: string): readonly WorkoutCue[] {
  const [at = '', text = ''] = line.split('\t')
  const atS = Number(at)
  return at.trim() === '' || !Number.isFinite(atS) || text.trim() === '' ? [] : [{ atS, text: text.trim() }]
}

function stepsOf(course: Course): readonly WorkoutStep[] {
  const scale = course.unit === 'ftp' ? 100 : 1
  return course.points.slice(1).flatMap((point, index): readonly WorkoutStep[] => {
    const before = course.points[index]
    if (before === undefined) return []
    // Rounded: minutes with two decimals do not make whole seconds in binary. What is left of a jump is nothing.
    const durationS = Math.round((point.minute - before.minute) * 60_000) / 1000
    if (durationS === 0) return []
    if (point.value === before.value) {
      return [{ kind: 'steady', durationS, power: point.value / scale, cadence: null }]
    }
    return [{ kind: 'ramp', durationS, from: before.value / scale, to: point.value / scale, cadence: null }]
  })
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCourse, readErg, readMrc } from '../../../electron/formats/workout/read-course.ts'
import { readZwo } from '../../../electron/formats/workout/read-zwo.ts'
import { workoutDurationS } from '../../../electron/formats/workout/workout-steps.ts'

const corpus = join(import.meta.dirname, '../../../../shared/corpus/open')
const isThere = existsSync(join(corpus, 'manifest.json'))
if (!isThere) console.log('SKIPPED: the corpus of real files (../shared/corpus) is not here')

interface Listed {
  readonly file: string
  readonly format: string
  readonly verdict: string
  readonly expected: {
    readonly name?: string
    readonly total_duration?: number
    readonly textevents?: number
    readonly unit?: string
    readonly ftp?: number | null
    readonly points?: number
    readonly duration_minutes?: number
    readonly description?: string
    readonly text_lines?: number
  }
}

function listed(...formats: readonly string[]): readonly Listed[] {
  if (!isThere) return []
  // The corpus's own list, checked when it was made.
  const manifest = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as { files: Listed[] }
  return manifest.files.filter(entry => formats.includes(entry.format))
}

const bytesOf = (entry: Listed): Uint8Array => readFileSync(join(corpus, entry.file))

describe.skipIf(!isThere)('real workout files', () => {
  test.each(listed('zwo').filter(entry => entry.verdict === 'valid_workout'))(
    'reads name, duration and cues of $file',
    entry => {
      const read = readZwo(bytesOf(entry))
      if (read.kind === 'fault') throw new Error(read.detail)
      expect({ name: read.workout.name, cues: read.workout.cues.length }).toEqual({
        name: entry.expected.name?.trim(),
        cues: entry.expected.textevents,
      })
      expect(workoutDurationS(read.workout)).toBeCloseTo(entry.expected.total_duration ?? NaN, 3)
    },
  )

  test.each(listed('zwo').filter(entry => entry.verdict === 'malformed_xml'))('refuses $file', entry => {
    expect(readZwo(bytesOf(entry))).toMatchObject({ kind: 'fault', code: 'not-well-formed' })
  })

  test.each(listed('zwo').filter(entry => entry.verdict === 'nonstandard_zwo'))(
    'reads the steps of $file, which is not as Zwift writes it',
    entry => {
      const read = readZwo(bytesOf(entry))
      if (read.kind === 'fault') throw new Error(read.detail)
      expect(read.workout.name).toBe(entry.expected.name)
      expect(workoutDurationS(read.workout)).toBeGreaterThan(600)
    },
  )

  test.each(listed('erg', 'mrc'))('reads points, unit and duration of $file', entry => {
    const isErg = entry.format === 'erg'
    const course = readCourse(bytesOf(entry), isErg ? 'watts' : 'ftp')
    expect({
      points: course.points.length,
      ftp: course.ftp,
      name: course.name,
      cues: course.cues.length,
      unit: course.unit,
    }).toEqual({
      points: entry.expected.points,
      ftp: entry.expected.ftp,
      name: entry.expected.description,
      cues: entry.expected.text_lines,
      unit: entry.expected.unit === 'WATTS' ? 'watts' : 'ftp',
    })
    const read = (isErg ? readErg : readMrc)(bytesOf(entry))
    if (read.kind === 'fault') throw new Error(read.detail)
    expect(workoutDurationS(read.workout)).toBeCloseTo((entry.expected.duration_minutes ?? NaN) * 60, 1)
  })
})

import { existsSync, readFileSync } from 'node:fs'
import FitParser from 'fit-file-parser'
import { describe, expect, test } from 'vitest'
import { asArray, asObject, asText } from '../../fake-intervals/json.ts'
import { crcOf } from '../../fake-intervals/readers/fit-crc.ts'
import { readFit } from '../../fake-intervals/readers/fit.ts'
import { readUpload } from '../../fake-intervals/readers/upload-file.ts'
import { readZwo } from '../../fake-intervals/readers/zwo.ts'
import type { FileActivity } from '../../fake-intervals/types.ts'
import type { WorkoutSource } from '../../fake-intervals/workout-writers/steps.ts'
import { writeWorkout } from '../../fake-intervals/workout-writers/write-workout.ts'
import { buildFit } from '../../helpers/fit-builder.ts'

const how = { hashOver: 'raw', strictFit: false } as const
const activitiesOf = (text: string | Uint8Array): readonly FileActivity[] =>
  readUpload('x', Buffer.from(text as string), how).flatMap(recording => recording.activities)

const workout: WorkoutSource = {
  name: 'Über 2x <hard>',
  description: 'First & last',
  author: 'Sample Athlete',
  sport: 'Ride',
  ftp: 200,
  steps: [
    { kind: 'ramp', seconds: 600, from: 0.5, to: 0.7, part: 'warmup', text: 'Spin' },
    {
      kind: 'repeat',
      count: 2,
      steps: [
        { kind: 'steady', seconds: 90, at: [0.9, 1.0] },
        { kind: 'freeride', seconds: 30 },
      ],
    },
  ],
}

const written = (format: 'zwo' | 'erg' | 'mrc' | 'fit'): Buffer =>
  writeWorkout(workout, format, Date.parse('2026-11-20T06:31:00Z')).content

describe('workout files', () => {
  test('ZWO: ramps, ranges, free rides and cues, repeats written out', () => {
    const zwo = written('zwo').toString()
    expect(zwo).toContain('<name>Über 2x &lt;hard&gt;</name>')
    expect(zwo).toContain('<textevent message="Round 2/2" duration="10"/>')
    const round = [
      { kind: 'steady', seconds: 90, at: [0.9, 1] },
      { kind: 'freeride', seconds: 30 },
    ]
    expect(readZwo(zwo)).toEqual([
      { kind: 'ramp', seconds: 600, from: 0.5, to: 0.7, part: 'warmup' },
      ...round,
      ...round,
    ])
  })

  test.each([
    {
      format: 'erg',
      unit: 'MINUTES WATTS',
      points: ['0.00\t100', '10.00\t140', '10.00\t190', '11.50\t190', '11.50\t100', '12.00\t100'],
    },
    {
      format: 'mrc',
      unit: 'MINUTES PERCENT',
      points: ['0.00\t50', '10.00\t70', '10.00\t95', '11.50\t95', '11.50\t50', '12.00\t50'],
    },
  ] as const)('$format: $unit', ({ format, unit, points }) => {
    const lines = written(format).toString().split('\r\n')
    const start = lines.indexOf('[COURSE DATA]')
    expect(lines).toContain(unit)
    expect(lines.slice(start + 1, start + 7)).toEqual(points)
    expect(lines.indexOf('[END COURSE DATA]')).toBe(start + 11)
  })

  test('FIT: sums are right and another decoder reads the same steps', async () => {
    const bytes = written('fit')
    expect([crcOf(bytes), crcOf(bytes.subarray(0, 14))]).toEqual([0, 0])
    const parsed: unknown = await new FitParser({ mode: 'list', force: false }).parseAsync(
      Uint8Array.from(bytes).buffer,
    )
    const none = { duration_type: 'time', target_value: 0, intensity: 'active' }
    expect(parsed).toMatchObject({
      file_ids: [{ type: 'workout', time_created: new Date('2026-11-20T06:31:00Z') }],
      messages: {
        workout: [{ sport: 'cycling', num_valid_steps: 4, wkt_name: 'Über 2x <hard>' }],
        workout_step: [
          {
            wkt_step_name: 'Spin',
            duration_type: 'time',
            duration_value: 600_000,
            target_type: 'power',
            custom_target_value_low: 1100,
            custom_target_value_high: 1140,
            intensity: 'warmup',
          },
          {
            ...none,
            duration_value: 90_000,
            target_type: 'power',
            custom_target_value_low: 1180,
            custom_target_value_high: 1200,
          },
          { ...none, duration_value: 30_000, target_type: 'open' },
          { duration_type: 'repeat_until_steps_cmplt', duration_value: 1, target_value: 2 },
        ],
      },
    })
    expect(readFit(bytes, true)).toEqual([])
  })
})

describe('activity files', () => {
  test('FIT: from records alone, in either byte order, with every session of its own', () => {
    const spec = { startTime: '2026-11-20T06:31:00Z', durationS: 60 } as const
    const records = readFit(Buffer.from(buildFit({ ...spec, withSessions: false })), true)
    const bigEndian = readFit(
      Buffer.from(buildFit({ ...spec, littleEndian: false, sport: 'running', subSport: 'generic' })),
      true,
    )
    const startMs = Date.parse(spec.startTime)
    expect(records).toMatchObject([{ startMs, type: 'Ride', elapsedS: 60, distanceM: 510 }])
    expect(bigEndian).toMatchObject([{ startMs, type: 'Run', elapsedS: 60, deviceName: 'ZWIFT' }])
  })

  test('TCX: one activity each, by their track points', () => {
    const activity = (
      sport: string,
      day: number,
    ): string => `<Activity Sport="${sport}"><Id>x</Id><Lap><TotalTimeSeconds>50</TotalTimeSeconds>
      <DistanceMeters>400</DistanceMeters><Track><Trackpoint><Time>2026-11-${day}T06:00:00Z</Time><DistanceMeters>0</DistanceMeters></Trackpoint>
      <ns:Trackpoint><Time>2026-11-${day}T06:01:00.000Z</Time></ns:Trackpoint></Track></Lap></Activity>`
    const text = `\ufeff<?xml version="1.0"?><!-- <Activity> --><TrainingCenterDatabase><Activities>${activity('Biking', 20)}${activity('Running', 21)}</Activities></TrainingCenterDatabase>`
    expect(activitiesOf(text)).toMatchObject([
      {
        startMs: Date.parse('2026-11-20T06:00:00Z'),
        type: 'Ride',
        elapsedS: 60,
        movingS: 50,
        distanceM: 400,
      },
      { startMs: Date.parse('2026-11-21T06:00:00Z'), type: 'Run', elapsedS: 60 },
    ])
  })

  test('GPX: name, type and distance; also as UTF-16', () => {
    const text =
      '<gpx creator="Me &amp; co"><trk><name>Loop</name><type>running</type><trkseg><trkpt lat="47" lon="8"><time>2026-11-20T06:00:00Z</time></trkpt>' +
      '<trkpt lon="8" lat="47.01"><time>2026-11-20T06:10:00Z</time></trkpt></trkseg></trk></gpx>'
    const expected = [
      {
        startMs: Date.parse('2026-11-20T06:00:00Z'),
        type: 'Run',
        elapsedS: 600,
        distanceM: 1111.95,
        name: 'Loop',
        deviceName: 'Me & co',
      },
    ]
    expect(activitiesOf(text)).toMatchObject(expected)
    expect(activitiesOf(Buffer.from(`\ufeff${text}`, 'utf16le'))).toMatchObject(expected)
  })

  test('survive any damage: every cut and every flipped byte of a FIT file', () => {
    const whole = Buffer.from(buildFit({ startTime: '2026-11-20T06:31:00Z', durationS: 20 }))
    for (let length = 0; length < whole.length; length++) readUpload('x.fit', whole.subarray(0, length), how)
    for (let place = 0; place < whole.length; place++) {
      const hurt = Buffer.from(whole)
      hurt[place] = (hurt[place] ?? 0) ^ 0xff
      readUpload('x.fit', hurt, how)
    }
    expect(readUpload('x.fit', whole, how)).toHaveLength(1)
  })
})

const corpus = '../shared/corpus/open'
const hasCorpus = existsSync(`${corpus}/manifest.json`)
if (!hasCorpus) console.log(`SKIPPED: reading real files needs ${corpus}, which is not here`)

test.skipIf(!hasCorpus)('takes every whole ride of the corpus and nothing that is no ride', () => {
  const files =
    asArray(asObject(JSON.parse(readFileSync(`${corpus}/manifest.json`, 'utf8')))?.['files']) ?? []
  const wrong: string[] = []
  let rides = 0
  for (const entry of files.map(asObject)) {
    const [file, verdict] = [asText(entry?.['file']) ?? '', asText(entry?.['verdict']) ?? '']
    if (!/\.(fit|tcx|gpx)(\.gz)?$/i.test(file) || !/^valid_/.test(verdict)) continue
    // Whether the service takes a FIT without a type is not known.
    if (verdict === 'valid_fit_type_missing') continue
    const isRide =
      /activity(_without_session)?$|bad_coordinates$/.test(verdict) && !verdict.includes('non_activity')
    if (isRide) rides++
    const found = readUpload(file, readFileSync(`${corpus}/${file}`), how)
    if (found.length > 0 !== isRide) wrong.push(`${file} ${verdict}`)
  }
  expect(wrong).toEqual([])
  expect(rides).toBeGreaterThan(50)
})

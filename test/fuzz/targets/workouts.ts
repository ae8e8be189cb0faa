import { readErg, readMrc } from '../../../electron/formats/workout/read-course.ts'
import { readZwo } from '../../../electron/formats/workout/read-zwo.ts'
import { profileOfSteps } from '../../../electron/formats/workout/profile-of-steps.ts'
import {
  maxWorkoutSteps,
  sameSteps,
  workoutDurationS,
  type WorkoutRead,
} from '../../../electron/formats/workout/workout-steps.ts'
import { workoutVersion } from '../../../electron/formats/workout/workout-version.ts'
import { thinProfile } from '../../../electron/sync/workouts/thin-profile.ts'
import type { WorkoutSource } from '../../fake-intervals/workout-writers/steps.ts'
import { isWorkoutFormat, writeWorkout } from '../../fake-intervals/workout-writers/write-workout.ts'
import { mutateFit } from '../mutate/fit.ts'
import { mutateLines } from '../mutate/lines.ts'
import { mutateXml } from '../mutate/xml.ts'
import { must, type FuzzTarget } from '../target.ts'
import { mustBeDetail, mustBeProfile, mustBeSteps } from './promises.ts'

/** A workout with everything the service writes. */
export const workout: WorkoutSource = {
  name: 'Threshold 3x8',
  description: 'Hold on',
  author: 'Eva',
  sport: 'Ride',
  ftp: 250,
  steps: [
    { kind: 'ramp', seconds: 600, from: 0.4, to: 0.7, part: 'warmup', text: 'Easy' },
    {
      ...{ kind: 'repeat', count: 3, text: 'Main set' },
      steps: [
        { kind: 'steady', seconds: 480, at: 0.96, cadence: 90, text: 'Settle in 33^Find your rhythm' },
        { kind: 'steady', seconds: 240, at: [0.5, 0.6], written: { kind: 'zones', first: 1, last: 2 } },
      ],
    },
    { kind: 'steady', seconds: 60, at: 0.7, target: 'hr' },
    { kind: 'freeride', seconds: 300 },
    { kind: 'ramp', seconds: 300, from: 0.7, to: 0.4 },
  ],
}

const madeAtMs = Date.UTC(2026, 10, 21)
const mostDrawn = 60

export function workoutFile(format: string): Uint8Array {
  return isWorkoutFormat(format)
    ? new Uint8Array(writeWorkout(workout, format, madeAtMs).content)
    : new Uint8Array(0)
}

const zwo = (body: string): Uint8Array =>
  new TextEncoder().encode(`<workout_file><name>x</name><workout>${body}</workout></workout_file>`)

const moreZwo: readonly Uint8Array[] = [
  zwo('<IntervalsT Repeat="3" OnDuration="60" OffDuration="30" OnPower="1.1" OffPower="0.5" Cadence="90"/>'),
  zwo(
    '<SteadyState><Duration>300</Duration><PowerLow>0.5</PowerLow><PowerHigh>0.7</PowerHigh></SteadyState>',
  ),
  zwo('<MaxEffort Duration="10"/><textevent timeoffset="3" message="Go"/><Ramp Duration="5" Power="0.5"/>'),
]

const courseWords = [
  '[COURSE HEADER]',
  '[END COURSE HEADER]',
  '[COURSE DATA]',
  '[END COURSE DATA]',
  '[COURSE TEXT]',
  '[END COURSE TEXT]',
  'MINUTES WATTS',
  'MINUTES PERCENT',
  'MINUTES FTP',
  'FTP = 250',
  'FTP = 1e308',
  'DESCRIPTION =',
  '1.00\t100',
  '1e308\t1',
  '4 LAP',
  '[]',
  '[END ]',
  '\t',
  '10\ttext\t10',
  '5\t-1e308',
]

function checkRead(read: WorkoutRead): unknown {
  if (read.kind === 'fault') {
    mustBeDetail(read.detail)
    return read
  }
  mustBeSteps(read.workout, maxWorkoutSteps)
  must(Number.isFinite(workoutDurationS(read.workout)), 'a workout has a length')
  must(sameSteps(read.workout, read.workout), 'a workout asks the same as itself')
  for (const ftp of [250, null]) {
    const profile = profileOfSteps(read.workout, ftp)
    if (profile === null) continue
    mustBeProfile(profile)
    mustBeProfile(thinProfile(profile, mostDrawn), mostDrawn)
  }
  return [
    read.workout.name,
    read.workout.steps.length,
    read.workout.cues.length,
    workoutDurationS(read.workout),
  ]
}

const workoutFiles = (reader: string): readonly string[] => [
  `electron/formats/workout/${reader}.ts`,
  'electron/formats/workout/workout-steps.ts',
  'electron/formats/workout/profile-of-steps.ts',
  'electron/sync/workouts/thin-profile.ts',
]

export const workoutTargets: readonly FuzzTarget[] = [
  {
    name: 'zwo',
    files: [...workoutFiles('read-zwo'), 'electron/formats/workout/workout-xml.ts'],
    seeds: () => [workoutFile('zwo'), ...moreZwo],
    mutate: mutateXml,
    run: input => checkRead(readZwo(input)),
  },
  {
    name: 'erg',
    files: workoutFiles('read-course'),
    seeds: () => [workoutFile('erg'), workoutFile('mrc')],
    mutate: mutateLines(courseWords),
    run: input => [checkRead(readErg(input)), checkRead(readMrc(input))],
  },
  {
    name: 'workout-version',
    files: ['electron/formats/workout/workout-version.ts'],
    seeds: () => [workoutFile('fit')],
    mutate: mutateFit,
    run: input => {
      const version = workoutVersion('fit', input)
      must(/^[0-9a-f]{64}$/.test(version), 'a version is a hash')
      return version
    },
  },
]

import { endsOf, unrolled } from './steps.ts'
import type { WorkoutSource } from './steps.ts'

/** An ERG file: minutes against watts. */
export function writeErg(workout: WorkoutSource): string {
  return course(workout, 'WATTS', fraction => Math.round(fraction * workout.ftp))
}

/** An MRC file: minutes against percent of FTP. */
export function writeMrc(workout: WorkoutSource): string {
  return course(workout, 'PERCENT', fraction => Math.round(fraction * 1000) / 10)
}

function course(
  workout: WorkoutSource,
  unit: 'WATTS' | 'PERCENT',
  scale: (fraction: number) => number,
): string {
  const points: string[] = []
  const cues: string[] = []
  let seconds = 0
  for (const step of unrolled(workout.steps)) {
    const [from, to] = endsOf(step)
    // A steady range has one line in these formats: its middle.
    const middle = (from + to) / 2
    const isRamp = step.kind === 'ramp'
    if (step.text !== undefined) cues.push(`${seconds}\t${oneLine(step.text)}\t10`)
    points.push(`${minutes(seconds)}\t${scale(isRamp ? from : middle)}`)
    seconds += step.seconds
    points.push(`${minutes(seconds)}\t${scale(isRamp ? to : middle)}`)
  }
  return [
    '[COURSE HEADER]',
    'VERSION = 2',
    'UNITS = ENGLISH',
    `DESCRIPTION = ${oneLine(workout.description)}`,
    `FILE NAME = ${oneLine(workout.name)}`,
    ...(unit === 'WATTS' ? [`FTP = ${workout.ftp}`] : []),
    `MINUTES ${unit}`,
    '[END COURSE HEADER]',
    '[COURSE DATA]',
    ...points,
    '[END COURSE DATA]',
    ...(cues.length === 0 ? [] : ['[COURSE TEXT]', ...cues, '[END COURSE TEXT]']),
    '',
  ].join('\r\n')
}

function minutes(seconds: number): string {
  return (seconds / 60).toFixed(2)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

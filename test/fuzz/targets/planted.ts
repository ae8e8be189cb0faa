import { FitFraming } from '../../../electron/formats/fit/framing.ts'
import { readXml } from '../../../electron/formats/workout/workout-xml.ts'
import { isJsonObject } from '../../../electron/intervals/json-fields.ts'
import { mutateFit } from '../mutate/fit.ts'
import { mutateJson, valueOf } from '../mutate/json.ts'
import { mutateLines } from '../mutate/lines.ts'
import { mutateXml } from '../mutate/xml.ts'
import { must, type FuzzTarget } from '../target.ts'
import { fitSeeds } from './activities.ts'
import { orFormatError } from './promises.ts'
import { workoutFile } from './workouts.ts'
import { docSeeds } from './replies.ts'

/*
 * Readers with a fault that somebody might well write, by which the fuzzer is tried: each must be found.
 */

/** Reads the time of a record without a look at the size that its definition gives it. */
function readTimes(input: Uint8Array): unknown {
  const times: number[] = []
  const framing = new FitFraming({
    part: () => undefined,
    message: ({ definition, payload }) => {
      const field = definition.fields.find(({ number }) => number === 253)
      if (field !== undefined) times.push(payload.getUint32(field.offset, definition.littleEndian))
    },
    partEnd: () => undefined,
  })
  framing.push(input)
  return times
}

/** Walks through a step in strides, and never arrives where the stride is nothing. */
function walk(doc: unknown): unknown {
  if (!isJsonObject(doc) || !Array.isArray(doc['steps'])) return null
  const steps: readonly unknown[] = doc['steps']
  return steps.map(step => {
    const duration = isJsonObject(step) ? step['duration'] : null
    if (typeof duration !== 'number' || duration > 1e6) return null
    const strideS = Math.floor(duration / 10)
    let strides = 0
    for (let at = 0; at < duration; at += strideS) strides++
    return strides
  })
}

/** Writes rounds out without counting them first. */
function unroll(doc: unknown): unknown {
  if (!isJsonObject(doc) || !Array.isArray(doc['steps'])) return null
  const steps: readonly unknown[] = doc['steps']
  const all: Uint8Array[] = []
  for (const step of steps) {
    const reps = isJsonObject(step) && typeof step['reps'] === 'number' ? step['reps'] : 1
    for (let round = 0; round < reps; round++) all.push(new Uint8Array(65_536).fill(1))
  }
  return all.length
}

/** Takes whatever an attribute holds for a number. */
function readPowers(input: Uint8Array): unknown {
  return orFormatError(() => {
    const workout = readXml(input).children.find(({ name }) => name === 'workout')
    const powers = (workout?.children ?? []).map(({ attributes }) => Number(attributes.get('power') ?? '0'))
    for (const power of powers) must(!Number.isNaN(power), 'a power is a number')
    return powers
  })
}

/** Remembers more than it should. */
const seen = new Set<string>()
function countLines(input: Uint8Array): unknown {
  const lines = new TextDecoder().decode(input).split('\n')
  const fresh = lines.filter(line => line.includes('LAP') && !seen.has(line))
  for (const line of fresh) seen.add(line)
  return fresh.length
}

/** Leaves a promise alone. */
function leaveAlone(input: Uint8Array): unknown {
  const text = new TextDecoder().decode(input)
  if (text.includes('FTP')) void Promise.resolve().then(() => decodeURIComponent(text))
  return text.length
}

const lines = mutateLines(['4 LAP', 'MINUTES FTP', '%', '[COURSE DATA]'])
const erg = (): readonly Uint8Array[] => [workoutFile('mrc')]

export const plantedTargets: readonly FuzzTarget[] = [
  { name: 'planted-throw', files: [], seeds: fitSeeds, mutate: mutateFit, run: readTimes },
  {
    name: 'planted-loop',
    files: [],
    seeds: docSeeds,
    mutate: mutateJson,
    run: input => walk(valueOf(input)),
  },
  {
    name: 'planted-memory',
    files: [],
    seeds: docSeeds,
    mutate: mutateJson,
    run: input => unroll(valueOf(input)),
  },
  { name: 'planted-shape', files: [], seeds: () => [workoutFile('zwo')], mutate: mutateXml, run: readPowers },
  { name: 'planted-unsteady', files: [], seeds: erg, mutate: lines, run: countLines },
  { name: 'planted-stray', files: [], seeds: erg, mutate: lines, run: leaveAlone },
  {
    name: 'planted-silence',
    files: [],
    seeds: erg,
    mutate: lines,
    run: input => (new TextDecoder().decode(input).includes('LAP') ? new Promise(() => undefined) : null),
  },
]

import { crcOf } from '../readers/fit-crc.ts'
import { endsOf } from './steps.ts'
import type { SimpleStep, WorkoutSource } from './steps.ts'

/** Base types of the FIT protocol that a workout needs. */
const base = { enum: 0x00, string: 0x07, uint16: 0x84, uint32: 0x86, uint32z: 0x8c } as const

interface Field {
  readonly number: number
  readonly type: keyof typeof base
  readonly size: number
}

const field = (number: number, type: keyof typeof base, size: number): Field => ({ number, type, size })

const fileId = [
  field(0, 'enum', 1),
  field(1, 'uint16', 2),
  field(2, 'uint16', 2),
  field(3, 'uint32z', 4),
  field(4, 'uint32', 4),
]
const workoutMessage = [field(4, 'enum', 1), field(6, 'uint16', 2), field(8, 'string', 64)]
const stepMessage = [
  field(254, 'uint16', 2), // message_index
  field(0, 'string', 32), // wkt_step_name
  field(1, 'enum', 1), // duration_type: 0 time, 6 repeat until steps completed
  field(2, 'uint32', 4), // duration_value: ms, or the step to go back to
  field(3, 'enum', 1), // target_type: 1 heart rate, 2 open, 4 power
  field(4, 'uint32', 4), // target_value: 0 = custom, or the number of rounds
  field(5, 'uint32', 4), // custom_target_value_low
  field(6, 'uint32', 4), // custom_target_value_high
  field(7, 'enum', 1), // intensity: 0 active, 1 rest, 2 warmup, 3 cooldown
]

const notSet32 = 0xffff_ffff
/** Power targets are written as watts + 1000; below that they would be percent of FTP. */
const wattsOffset = 1000
const epochS = 631_065_600

/** A FIT workout file: file_id, workout and one workout_step per step, repeats as the protocol's own repeat steps. */
export function writeFitWorkout(workout: WorkoutSource, createdMs: number): Buffer {
  const steps = stepsOf(workout)
  const sport = /run/i.test(workout.sport) ? 1 : /swim/i.test(workout.sport) ? 5 : 2
  const data = Buffer.concat([
    definition(0, 0, fileId),
    message(0, fileId, [5, 255, 1, 1, Math.max(0, Math.floor(createdMs / 1000) - epochS)]),
    definition(1, 26, workoutMessage),
    message(1, workoutMessage, [sport, steps.length, workout.name]),
    definition(2, 27, stepMessage),
    ...steps.map((values, index) => message(2, stepMessage, [index, ...values])),
  ])
  const header = Buffer.alloc(14)
  header.writeUInt8(14, 0)
  header.writeUInt8(0x20, 1) // protocol 2.0
  header.writeUInt16LE(21_158, 2)
  header.writeUInt32LE(data.length, 4)
  header.write('.FIT', 8, 'latin1')
  header.writeUInt16LE(crcOf(header.subarray(0, 12)), 12)
  const whole = Buffer.concat([header, data, Buffer.alloc(2)])
  whole.writeUInt16LE(crcOf(whole.subarray(0, -2)), whole.length - 2)
  return whole
}

type Row = readonly (number | string)[]

function stepsOf(workout: WorkoutSource): readonly Row[] {
  const rows: Row[] = []
  const add = (step: SimpleStep): number => rows.push(stepRow(step, workout.ftp))
  for (const step of workout.steps) {
    if (step.kind !== 'repeat') {
      add(step)
      continue
    }
    const first = rows.length
    for (const inner of step.steps) add(inner)
    rows.push([step.text ?? '', 6, first, 2, step.count, notSet32, notSet32, 0])
  }
  return rows
}

function stepRow(step: SimpleStep, ftp: number): Row {
  const name = step.text ?? ''
  const intensity = step.kind === 'ramp' && step.part !== undefined ? (step.part === 'warmup' ? 2 : 3) : 0
  const time = step.seconds * 1000
  const target = step.kind === 'freeride' ? null : (step.target ?? 'power')
  if (target === null || target === 'pace') return [name, 0, time, 2, 0, notSet32, notSet32, intensity]
  const ends = endsOf(step)
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  // Heart rate: 0-100 are percent of the maximum, so fractions fit as they are.
  const scale = (value: number): number =>
    target === 'hr' ? Math.min(100, Math.round(value * 100)) : Math.round(value * ftp) + wattsOffset
  return [name, 0, time, target === 'hr' ? 1 : 4, 0, scale(low), scale(high), intensity]
}

function definition(local: number, global: number, fields: readonly Field[]): Buffer {
  const head = Buffer.from([0x40 | local, 0, 0, global & 0xff, global >> 8, fields.length])
  return Buffer.concat([
    head,
    ...fields.map(({ number, size, type }) => Buffer.from([number, size, base[type]])),
  ])
}

function message(local: number, fields: readonly Field[], values: Row): Buffer {
  const parts = fields.map(({ size }, index) => {
    const value = values[index] ?? 0
    const bytes = Buffer.alloc(size)
    if (typeof value === 'string') fitText(value, size - 1).copy(bytes)
    else bytes.writeUIntLE(value, 0, size)
    return bytes
  })
  return Buffer.concat([Buffer.from([local]), ...parts])
}

/** UTF-8 of at most `max` bytes that does not end inside a character. */
function fitText(text: string, max: number): Buffer {
  let kept = ''
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > max) break
    kept += character
  }
  return Buffer.from(kept)
}

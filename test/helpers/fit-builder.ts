import { fitSeconds, FitWriter } from './fit-writer.ts'

/** FIT file types by name (FIT profile, `file`). */
const fileTypes = {
  device: 1,
  settings: 2,
  sport: 3,
  activity: 4,
  workout: 5,
  course: 6,
  weight: 9,
  totals: 10,
  monitoring: 32,
} as const

const sportNumbers = { generic: 0, running: 1, cycling: 2, transition: 3, swimming: 5, rowing: 15 } as const
const subSportNumbers = {
  generic: 0,
  indoor_cycling: 6,
  road: 7,
  mountain: 8,
  gravel_cycling: 46,
  virtual_activity: 58,
} as const

export type FitSport = keyof typeof sportNumbers
export type FitSubSport = keyof typeof subSportNumbers

/** What a built FIT holds; every absent word has a plain default. */
export interface FitSpec {
  /** First instant, ISO 8601 or a Date. */
  readonly startTime: string | Date
  /** Of each session, in seconds; 60 unless given. */
  readonly durationS?: number
  readonly sport?: FitSport
  readonly subSport?: FitSubSport
  /** FIT manufacturer number; 260 (Zwift) unless given. */
  readonly manufacturer?: number
  readonly product?: number
  /** How many sessions follow each other; 1 unless given. */
  readonly sessions?: number
  /** The `file_id.type`; null leaves it unset. */
  readonly type?: keyof typeof fileTypes | number | null
  /** False leaves out the message that recorders write when they close a ride. */
  readonly withActivityMessage?: boolean
  readonly withSessions?: boolean
  readonly littleEndian?: boolean
  readonly recordEveryS?: number
  readonly serial?: number
  readonly headerSize?: 12 | 14
}

/** Metres a built ride covers each second. */
export const builtSpeedMps = 8.5

/** A real FIT file: the same spec always gives the same bytes, another start or serial gives others. */
export function buildFit(spec: FitSpec): Uint8Array {
  const writer = new FitWriter(spec.littleEndian ?? true)
  const start = fitSeconds(spec.startTime)
  const type = spec.type === undefined ? 'activity' : spec.type
  writer.message(0, [
    [0, 'enum', typeof type === 'string' ? fileTypes[type] : type],
    [1, 'uint16', spec.manufacturer ?? 260],
    [2, 'uint16', spec.product ?? 3],
    [3, 'uint32z', spec.serial ?? 1234],
    [4, 'uint32', start],
  ])
  if (type === 'activity' || type === null) writeRide(writer, spec, start)
  else if (type === 'workout') writeWorkout(writer)
  return writer.finish(spec.headerSize)
}

function writeRide(writer: FitWriter, spec: FitSpec, start: number): void {
  const durationS = spec.durationS ?? 60
  const sessions = spec.sessions ?? 1
  writer.message(23, [
    [253, 'uint32', start],
    [0, 'uint8', 0],
    [2, 'uint16', spec.manufacturer ?? 260],
    [3, 'uint32z', spec.serial ?? 1234],
    [4, 'uint16', spec.product ?? 3],
  ])
  for (let session = 0; session < sessions; session++) {
    const from = start + session * durationS
    writer.message(21, [
      [253, 'uint32', from],
      [0, 'enum', 0],
      [1, 'enum', 0],
    ])
    for (let second = 0; second <= durationS; second += spec.recordEveryS ?? 1)
      writeRecord(writer, from, second, session * durationS, spec.serial ?? 1234)
    writeSummary(writer, spec, from, durationS, session)
  }
  if (spec.withActivityMessage === false) return
  writer.message(34, [
    [253, 'uint32', start + sessions * durationS],
    [0, 'uint32', sessions * durationS * 1000],
    [1, 'uint16', sessions],
    [2, 'enum', sessions > 1 ? 1 : 0],
    [3, 'enum', 26],
    [4, 'enum', 1],
  ])
}

function writeRecord(writer: FitWriter, from: number, second: number, before: number, seed: number): void {
  const metres = (before + second) * builtSpeedMps
  writer.message(20, [
    [253, 'uint32', from + second],
    [0, 'sint32', semicircles(47.37 + metres / 111_320)],
    [1, 'sint32', semicircles(8.54)],
    [2, 'uint16', (420 + 500) * 5],
    [5, 'uint32', Math.round(metres * 100)],
    [6, 'uint16', builtSpeedMps * 1000],
    [7, 'uint16', 180 + ((second * 7 + seed) % 60)],
    [3, 'uint8', 130 + ((second + seed) % 20)],
    [4, 'uint8', 85 + (second % 10)],
  ])
}

function writeSummary(
  writer: FitWriter,
  spec: FitSpec,
  from: number,
  durationS: number,
  session: number,
): void {
  const metresTimes100 = Math.round(durationS * builtSpeedMps * 100)
  const sport = sportNumbers[spec.sport ?? 'cycling']
  const subSport = subSportNumbers[spec.subSport ?? 'virtual_activity']
  writer.message(19, [
    [253, 'uint32', from + durationS],
    [2, 'uint32', from],
    [7, 'uint32', durationS * 1000],
    [8, 'uint32', durationS * 1000],
    [9, 'uint32', metresTimes100],
    [25, 'enum', sport],
  ])
  if (spec.withSessions === false) return
  writer.message(18, [
    [253, 'uint32', from + durationS],
    [2, 'uint32', from],
    [7, 'uint32', durationS * 1000],
    [8, 'uint32', durationS * 1000],
    [9, 'uint32', metresTimes100],
    [5, 'enum', sport],
    [6, 'enum', subSport],
    [25, 'uint16', session],
    [26, 'uint16', 1],
  ])
}

function writeWorkout(writer: FitWriter): void {
  writer.message(26, [
    [4, 'enum', 2],
    [6, 'uint16', 1],
  ])
  writer.message(27, [
    [254, 'uint16', 0],
    [1, 'enum', 0],
    [2, 'uint32', 600_000],
    [3, 'enum', 4],
    [4, 'uint32', 3],
  ])
}

function semicircles(degrees: number): number {
  return Math.round((degrees * 2 ** 31) / 180)
}

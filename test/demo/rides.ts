import { createHash } from 'node:crypto'
import type { ActivityState } from '../../shared/states.ts'
import type { ReasonCode } from '../../shared/reasons.ts'
import { gzipBytes, zipBytes } from '../helpers/archive-builder.ts'
import { buildFit } from '../helpers/fit-builder.ts'
import { buildGpx } from '../helpers/gpx-builder.ts'
import { buildTcx } from '../helpers/tcx-builder.ts'

/** One ride as the service should have it: the bytes it gets, under which name, and what it makes of them. */
export interface DemoRide {
  readonly sha256: string
  readonly fileName: string
  readonly type: string
  readonly startMs: number
  readonly durationS: number
}

/** One file of the demo and what should become of it. */
export interface DemoFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** How long ago it was last written. */
  readonly ageMs: number
  /** What it is, in the rider's words. */
  readonly what: string
  readonly state: ActivityState
  readonly reasonCode: ReasonCode
  /** The rides in it that go up; none where nothing is sent. */
  readonly rides: readonly DemoRide[]
  /** Names of the files that hold the same ride. */
  readonly sameAs: readonly string[]
}

export interface DemoFiles {
  /** There before the folder is added. */
  readonly before: DemoFile
  /** Dropped in afterwards, together with the others. */
  readonly original: DemoFile
  readonly others: readonly DemoFile[]
  /** A ride that goes on: half of it, and the same file when it is whole. */
  readonly unfinished: DemoFile
  readonly finished: DemoFile
  /** The original once a copy of it under another name lies beside it, and that copy. */
  readonly copied: DemoFile
  readonly copy: DemoFile
}

const hourMs = 3_600_000
const minuteMs = 60_000

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** `2026-11-20-18-04-11`, local: the names that trainers give. */
function stamp(ms: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const at = new Date(ms)
  const parts = [at.getMonth() + 1, at.getDate(), at.getHours(), at.getMinutes(), at.getSeconds()]
  return [at.getFullYear(), ...parts.map(two)].join('-')
}

/** Encodes a rider's last days before `nowMs`, freshly: another start in every run, so other bytes too. */
export function makeFiles(nowMs: number): DemoFiles {
  // Whole seconds: FIT knows nothing finer.
  const ago = (hours: number): number => Math.floor((nowMs - hours * hourMs) / 1000) * 1000
  const ride = (
    bytes: Uint8Array,
    fileName: string,
    type: string,
    startMs: number,
    minutes: number,
  ): DemoRide => ({ sha256: sha256Of(bytes), fileName, type, startMs, durationS: minutes * 60 })
  const at = (ms: number, minutes: number) => ({ startTime: new Date(ms), durationS: minutes * 60 })
  const sent = { state: 'uploaded', reasonCode: 'sent', sameAs: [] } as const
  const unsent = { rides: [], sameAs: [] } as const

  // Last written when the ride ended.
  const ageMs = (startMs: number, minutes: number): number => nowMs - startMs - minutes * minuteMs

  const virtualAt = ago(28.2)
  const virtual = buildFit(at(virtualAt, 45))
  const virtualName = `${stamp(virtualAt)}.fit`
  const virtualRide = ride(virtual, virtualName, 'VirtualRide', virtualAt, 45)
  const runAt = ago(51.4)
  const run = buildFit({ ...at(runAt, 32), sport: 'running', subSport: 'generic', manufacturer: 1 })
  const roadAt = ago(77.9)
  const road = buildTcx({ ...at(roadAt, 75), recordEveryS: 5 })
  const hikeAt = ago(100.6)
  const hike = buildGpx({ ...at(hikeAt, 110), recordEveryS: 10, sport: 'hiking' })
  const rowAt = ago(124.3)
  const row = buildFit({ ...at(rowAt, 20), sport: 'rowing', subSport: 'generic', serial: 77 })
  const gravelAt = ago(148.8)
  const gravel = buildFit({ ...at(gravelAt, 64), subSport: 'gravel_cycling', manufacturer: 1, serial: 530 })
  const brokenAt = ago(21)
  const broken = buildFit({ ...at(brokenAt, 50), serial: 13 })
  const oldAt = ago(24 * 40)
  const nowAt = ago(0.6)
  const whole = buildFit({ ...at(nowAt, 36), serial: 21 })
  const running = { name: `${stamp(nowAt)}.fit`, ageMs: 0, sameAs: [] }

  const original: DemoFile = {
    ...{ name: virtualName, bytes: virtual, ageMs: ageMs(virtualAt, 45), what: 'virtual ride, FIT' },
    ...{ ...sent, rides: [virtualRide] },
  }
  const copyName = `Copy of ${virtualName}`

  return {
    before: {
      ...{ name: 'last-month.fit', bytes: buildFit(at(oldAt, 40)), ageMs: ageMs(oldAt, 40) },
      ...{ what: 'a ride from long before Musette', ...unsent },
      ...{ state: 'tooOld', reasonCode: 'before-baseline' },
    },
    original,
    others: [
      {
        ...{ name: 'evening-run.fit.gz', bytes: gzipBytes(run), ageMs: ageMs(runAt, 32) },
        ...{ what: 'run, packed FIT', ...sent, rides: [ride(run, 'evening-run.fit', 'Run', runAt, 32)] },
      },
      {
        ...{ name: 'lake-loop.tcx', bytes: road, ageMs: ageMs(roadAt, 75) },
        ...{ what: 'road ride, TCX', ...sent, rides: [ride(road, 'lake-loop.tcx', 'Ride', roadAt, 75)] },
      },
      {
        ...{ name: 'ridge-walk.gpx', bytes: hike, ageMs: ageMs(hikeAt, 110) },
        ...{ what: 'hike, GPX', ...sent, rides: [ride(hike, 'ridge-walk.gpx', 'Hike', hikeAt, 110)] },
      },
      {
        name: 'export.zip',
        bytes: zipBytes([
          { name: 'rowing.fit', bytes: row },
          { name: 'rides/gravel.fit', bytes: gravel },
        ]),
        ageMs: 90 * minuteMs,
        what: 'two activities in a zip',
        ...sent,
        rides: [
          ride(row, 'rowing.fit', 'Rowing', rowAt, 20),
          ride(gravel, 'gravel.fit', 'GravelRide', gravelAt, 64),
        ],
      },
      {
        ...{ name: 'intervals-6x5.fit', bytes: buildFit({ startTime: new Date(ago(3)), type: 'workout' }) },
        ...{ ageMs: 3 * hourMs, what: 'planned workout, FIT', ...unsent },
        ...{ state: 'notActivity', reasonCode: 'not-activity' },
      },
      {
        ...{ name: `${stamp(brokenAt)}.fit`, bytes: broken.slice(0, Math.floor(broken.length * 0.7)) },
        ...{ ageMs: ageMs(brokenAt, 50), what: 'a ride whose bike computer crashed', ...unsent },
        ...{ state: 'held', reasonCode: 'damaged' },
      },
    ],
    unfinished: {
      ...{ ...running, bytes: whole.slice(0, Math.floor(whole.length / 2)), rides: [] },
      ...{ what: 'a ride still going on', state: 'waiting', reasonCode: 'unfinished' },
    },
    finished: {
      ...{ ...running, bytes: whole, what: 'the same file, now a whole ride' },
      ...{ state: 'uploaded', reasonCode: 'found-after-lost-reply' },
      rides: [ride(whole, running.name, 'VirtualRide', nowAt, 36)],
    },
    copied: { ...original, sameAs: [copyName] },
    copy: {
      ...original,
      name: copyName,
      what: 'the virtual ride again, byte for byte',
      sameAs: [virtualName],
    },
  }
}

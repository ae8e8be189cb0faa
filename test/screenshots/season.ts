import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipBytes, zipBytes } from '../helpers/archive-builder.ts'
import { buildFit, type FitSubSport } from '../helpers/fit-builder.ts'
import { buildGpx } from '../helpers/gpx-builder.ts'
import { buildTcx } from '../helpers/tcx-builder.ts'

/** A file to put into a folder. */
export interface PictureFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** When it was last written. */
  readonly atMs: number
}

/** A ride, which is also a file. */
export interface PictureRide extends PictureFile {
  readonly startMs: number
  readonly durationS: number
}

const minuteMs = 60_000
const dayMs = 86_400_000
const weeks = 9
const zwift = { maker: 260, product: 3 } as const
const edge = { maker: 1, product: 3121 } as const

interface Recorder {
  readonly maker: number
  readonly product: number
}

/** Writes it as old as it should be. */
export function putPictureFile(folder: string, { name, bytes, atMs }: PictureFile): void {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  utimesSync(path, new Date(atMs), new Date(atMs))
}

function fitRide(recorder: Recorder, startMs: number, minutes: number, subSport: FitSubSport): PictureRide {
  const durationS = minutes * 60
  const startTime = new Date(startMs)
  const bytes = buildFit({
    ...{ startTime, durationS, subSport, recordEveryS: 10 },
    ...{ manufacturer: recorder.maker, product: recorder.product, serial: 3_900_000 },
  })
  return { name: `${stamp(startMs)}.fit`, bytes, atMs: startMs + durationS * 1000, startMs, durationS }
}

/** `2026-05-12-17-31-04`, by the clock on the wall in the pictures' zone. */
function stamp(atMs: number): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Berlin',
    ...({ dateStyle: 'short', timeStyle: 'medium' } as const),
  })
    .format(atMs)
    .replace(/[ :]/g, '-')
}

/** Two evenings a week on the trainer; the last one has just ended. */
export function zwiftRides(nowMs: number): readonly PictureRide[] {
  return Array.from({ length: weeks * 2 }, (_, place) => {
    const daysAgo = Math.floor(place / 2) * 7 + (place % 2) * 5
    const minutes = 46 + ((place * 11) % 29)
    const startMs = nowMs - daysAgo * dayMs - (minutes + 13) * minuteMs + ((place * 17) % 60) * 1000
    return fitRide(zwift, startMs, minutes, 'virtual_activity')
  })
}

const outdoors: readonly FitSubSport[] = ['road', 'gravel_cycling', 'road', 'road', 'mountain']

/** Long weekends on the road. */
export function edgeRides(nowMs: number): readonly PictureRide[] {
  return Array.from({ length: weeks * 2 }, (_, place) => {
    const daysAgo = Math.floor(place / 2) * 7 + (place % 2) + 2
    const minutes = 78 + ((place * 37) % 124)
    const startMs = nowMs - daysAgo * dayMs - (9 * 60 + 20 - (place % 4) * 17) * minuteMs + place * 3000
    return fitRide(edge, startMs, minutes, outdoors[place % outdoors.length] ?? 'road')
  })
}

/** What a browser has brought: a zip, a packed ride, and one ride under two names. */
export function downloads(nowMs: number): readonly PictureFile[] {
  const atMs = nowMs - 20 * 60 * minuteMs
  const spec = (daysAgo: number, hours: number) => ({
    startTime: new Date(nowMs - daysAgo * dayMs - 8 * 60 * minuteMs),
    ...{ durationS: hours * 3600, recordEveryS: 30, serial: 7 + daysAgo },
  })
  const club = buildTcx(spec(6, 2))
  const lake = gzipBytes(buildTcx(spec(13, 1)))
  const camp = zipBytes([
    { name: 'day-1-coast.gpx', bytes: buildGpx(spec(24, 3)) },
    { name: 'day-2-pass.gpx', bytes: buildGpx(spec(23, 4)) },
  ])
  return [
    { name: 'club-ride.tcx', bytes: club, atMs },
    { name: 'club-ride (1).tcx', bytes: club, atMs: atMs + 4 * minuteMs },
    { name: 'lake-loop.tcx.gz', bytes: lake, atMs },
    { name: 'training-camp.zip', bytes: camp, atMs },
    { name: 'course-to-the-lake.fit', bytes: buildFit({ ...spec(2, 1), type: 'course' }), atMs },
  ]
}

/** A ride whose device lost power before its end. */
export function damagedRide(nowMs: number): PictureFile {
  const whole = fitRide(edge, nowMs - 5 * dayMs - 40 * minuteMs, 92, 'road')
  return { ...whole, bytes: whole.bytes.subarray(0, Math.floor(whole.bytes.length * 0.7)) }
}

/** A ride that is still being ridden. */
export function unfinishedRide(nowMs: number): PictureFile {
  const whole = fitRide(zwift, nowMs - 9 * minuteMs, 60, 'virtual_activity')
  const bytes = whole.bytes.subarray(0, Math.floor(whole.bytes.length / 6))
  return { name: 'inProgressActivity.fit', bytes, atMs: nowMs - minuteMs }
}

/** A ride that the service will not take. */
export function refusedRide(nowMs: number): PictureFile {
  const startTime = new Date(nowMs - 3 * dayMs)
  const bytes = buildTcx({ startTime, durationS: 2400, recordEveryS: 30, serial: 99 })
  return { name: 'spin-class.tcx', bytes, atMs: nowMs - 3 * dayMs + 3_000_000 }
}

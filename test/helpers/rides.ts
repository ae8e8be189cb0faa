import { createHash } from 'node:crypto'
import { buildFit } from './fit-builder.ts'
import { buildTcx } from './tcx-builder.ts'

/** A ride of a minute that starts at this ISO instant; another serial gives other bytes. */
export function fitRide(startTime = '2026-11-21T08:00:00Z', serial = 1): Uint8Array {
  return buildFit({ startTime, serial, recordEveryS: 20 })
}

export function tcxRide(startTime = '2026-11-21T08:00:00Z', durationS = 60): Uint8Array {
  return buildTcx({ startTime, durationS, recordEveryS: 20 })
}

/** What a recorder has on the disk while it still writes. */
export function unfinished(ride: Uint8Array): Uint8Array {
  return ride.subarray(0, Math.floor(ride.length / 2))
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

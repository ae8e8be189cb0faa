import { createHash } from 'node:crypto'
import { memorySource } from '../../electron/formats/byte-source.ts'
import { proveRecording } from '../../electron/formats/prove.ts'
import { buildFit } from '../helpers/fit-builder.ts'
import { buildGpx } from '../helpers/gpx-builder.ts'
import { medianMs, printRow } from './measure.ts'

/** Proving a four-hour ride, against hashing the same bytes. */
export async function benchProof(): Promise<void> {
  const ride = { startTime: '2026-11-20T06:31:00Z', durationS: 4 * 3600, recordEveryS: 1 }
  const files = { 'ride.fit': buildFit(ride), 'ride.gpx': buildGpx(ride) }
  for (const [name, bytes] of Object.entries(files)) {
    const oursMs = await medianMs(9, async () => {
      const proof = await proveRecording(memorySource(bytes), name)
      if (proof.kind !== 'activity') throw new Error(`${name} is no activity`)
    })
    const baselineMs = await medianMs(9, async () => {
      createHash('sha256').update(bytes).digest()
      return Promise.resolve()
    })
    printRow({
      name: `prove ${name}, ${(bytes.length / 1e6).toFixed(1)} MB`,
      oursMs,
      baseline: 'SHA-256 of it',
      baselineMs,
    })
  }
}

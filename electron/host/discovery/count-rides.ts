import { AppError } from '../../../shared/app-error.ts'
import { glimpseRides, type GlimpsedRide } from '../../formats/glance.ts'
import { leftOut, scanFolder, type Candidate } from '../../sync/activities/scan-folder.ts'
import type { EngineParts } from '../../sync/engine-parts.ts'
import type { Disk } from '../../sync/ports/disk.ts'
import { passedOver } from './expand-pattern.ts'
import { inTime } from './in-time.ts'

/** Devices are slow: after this no more files are listed, or looked into. */
const longestScanMs = 3_000
const longestGlancesMs = 2_500
const glancesAtOnce = 8

export interface RideCount {
  readonly rides: number
  readonly newestAt: string | null
}

/**
 * How many files look like rides, and when the newest of them began. Looks into the newest files first; those it has no
 * time for are taken at their names' word. Opens files for reading only.
 */
export async function countRides(
  { disk, clock }: Pick<EngineParts, 'disk' | 'clock'>,
  folder: string,
  trainerFolders: readonly string[],
  signal: AbortSignal,
): Promise<RideCount> {
  const scan = await inTime(clock, longestScanMs, signal, null, inner =>
    passedOver(scanFolder(disk, folder, leftOut(disk, trainerFolders), inner), null),
  )
  if (scan === null) return { rides: 0, newestAt: null }
  const queue = scan.candidates.toSorted((a, b) => b.stat.mtimeMs - a.stat.mtimeMs)
  const deadline = clock.monotonic() + longestGlancesMs
  let rides = 0
  let newestMs = Number.NEGATIVE_INFINITY
  const work = async (): Promise<void> => {
    while (clock.monotonic() < deadline) {
      signal.throwIfAborted()
      const next = queue.shift()
      if (next === undefined) return
      const glimpsed = await glimpse(disk, next)
      if (glimpsed.length > 0) rides += 1
      for (const { startTime } of glimpsed) {
        newestMs = Math.max(newestMs, startTime === null ? next.stat.mtimeMs : Date.parse(startTime))
      }
    }
  }
  await Promise.all(Array.from({ length: glancesAtOnce }, work))
  const isDate = Math.abs(newestMs) < 8.64e15
  return { rides: rides + queue.length, newestAt: isDate ? new Date(newestMs).toISOString() : null }
}

async function glimpse(disk: Disk, { path }: Candidate): Promise<readonly GlimpsedRide[]> {
  try {
    const file = await disk.openRead(path)
    try {
      return await glimpseRides(file)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof AppError) return []
    throw error
  }
}

import { join } from 'node:path'
import type { FoundFolder } from '../../../shared/window-data.ts'
import { liesIn } from '../../sync/activities/folder-rules.ts'
import type { EngineParts } from '../../sync/engine-parts.ts'
import { realTrainerFolders } from '../../sync/folders/real-trainer-folders.ts'
import { countRides } from './count-rides.ts'
import { expandPath, expandPattern, passedOver } from './expand-pattern.ts'
import { findGarmin } from './garmin-volumes.ts'
import { inTime } from './in-time.ts'
import { knownFolders, type KnownFolder } from './known-folders.ts'
import type { Places } from './places.ts'

/** A share that does not answer must not keep the others waiting. */
const longestVolumeMs = 1_500
const longestLookMs = 12_000

type Looker = Pick<EngineParts, 'disk' | 'settings' | 'clock'>

/** Something found, before it is known whether Musette has it already. */
type Find = Omit<FoundFolder, 'id' | 'isAdded'>

/**
 * Looks for the folders of known programs and devices. Opens files for reading only, writes nothing, and passes over
 * whatever cannot be read or takes too long.
 */
export async function discoverFolders(
  parts: Looker,
  places: Places,
  signal: AbortSignal,
): Promise<readonly FoundFolder[]> {
  const volumes = await volumesThatAnswer(parts, places, signal)
  const here: Places = { ...places, bases: { ...places.bases, volume: volumes } }
  const trainerFolders = await inTime(parts.clock, longestVolumeMs, signal, [], () =>
    realTrainerFolders(parts),
  )
  const finds = await Promise.all([
    ...knownFolders.map(known =>
      inTime(parts.clock, longestLookMs, signal, [], inner =>
        look(parts, here, known, trainerFolders, inner),
      ),
    ),
    ...volumes.map(volume =>
      inTime(parts.clock, longestLookMs, signal, [], inner =>
        lookAtVolume(parts, volume, trainerFolders, inner),
      ),
    ),
  ])
  const found = await withAdded(parts, finds.flat(), signal)
  // Sorting keeps the order of the table within each.
  return found.toSorted((a, b) => place(a) - place(b))
}

function place(folder: FoundFolder): number {
  return (folder.kind === 'source' ? 0 : 2) + (folder.isSure ? 0 : 1)
}

async function look(
  parts: Looker,
  places: Places,
  known: KnownFolder,
  trainerFolders: readonly string[],
  signal: AbortSignal,
): Promise<readonly Find[]> {
  const { disk } = parts
  const finds: Find[] = []
  for (const pattern of known.patterns[places.platform] ?? []) {
    for (const folder of await expandPattern(disk, places, pattern, signal)) {
      const base = { kind: known.kind, app: known.app, folder, format: known.format }
      if (known.kind === 'trainer') {
        finds.push({ ...base, isSure: await isMarked(parts, known, folder), rides: 0, newestAt: null })
        continue
      }
      const count = await countRides(parts, folder, trainerFolders, signal)
      // A place known by hearsay is worth nothing without a ride in it.
      if (known.sure !== 'yes' && count.rides === 0) continue
      finds.push({ ...base, ...count, isSure: known.sure !== 'never' })
    }
  }
  return finds
}

async function isMarked(parts: Looker, { sure }: KnownFolder, folder: string): Promise<boolean> {
  if (typeof sure === 'string') return sure === 'yes'
  return (await passedOver(parts.disk.stat(join(folder, sure.file)), null))?.kind === 'file'
}

async function lookAtVolume(
  parts: Looker,
  volume: string,
  trainerFolders: readonly string[],
  signal: AbortSignal,
): Promise<readonly Find[]> {
  const garmin = await findGarmin(parts.disk, volume)
  if (garmin === null) return []
  const finds: Find[] = []
  const base = { app: garmin.name, isSure: true }
  if (garmin.activities !== null) {
    const count = await countRides(parts, garmin.activities, trainerFolders, signal)
    finds.push({ ...base, ...count, kind: 'source', folder: garmin.activities, format: null })
  }
  if (garmin.newFiles !== null) {
    const none = { rides: 0, newestAt: null }
    finds.push({ ...base, ...none, kind: 'trainer', folder: garmin.newFiles, format: 'fit' })
  }
  return finds
}

/** One after the other: each that hangs takes a thread of the disk's with it. */
async function volumesThatAnswer(
  { disk, clock }: Looker,
  places: Places,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const volumes: string[] = []
  for (const pattern of places.bases.volume) {
    volumes.push(
      ...(await inTime(clock, longestVolumeMs, signal, [], inner => expandPath(disk, pattern, inner))),
    )
  }
  return [...new Set(volumes)]
}

/** Names each and says whether Musette has it; two ways to one folder are one. */
async function withAdded(
  parts: Looker,
  finds: readonly Find[],
  signal: AbortSignal,
): Promise<readonly FoundFolder[]> {
  // One of Musette's own may lie on a share that does not answer.
  const real = (folder: string): Promise<string> =>
    inTime(
      parts.clock,
      longestVolumeMs,
      signal,
      folder,
      async () => (await passedOver(parts.disk.realPath(folder), null)) ?? folder,
    )
  const { sources, trainers } = parts.settings.current()
  const takenSources = await Promise.all(sources.map(source => real(source.folder)))
  const takenTrainers = await Promise.all(
    trainers.map(async trainer => `${trainer.format} ${await real(trainer.folder)}`),
  )
  const byPlace = new Map<string, FoundFolder>()
  for (const find of finds) {
    const path = await real(find.folder)
    const isAdded =
      find.kind === 'source'
        ? takenSources.some(taken => liesIn(path, taken))
        : takenTrainers.includes(`${find.format ?? ''} ${path}`)
    const key = `${find.kind} ${path}`
    if (!byPlace.has(key)) byPlace.set(key, { ...find, id: `${find.app} ${find.folder}`, isAdded })
  }
  return [...byPlace.values()]
}

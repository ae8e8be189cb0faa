import { join } from 'node:path'
import type { Disk } from '../../sync/ports/disk.ts'
import { isFolder, passedOver } from './expand-pattern.ts'
import { readGarminDevice } from './garmin-device.ts'

/** Real ones are some 40 kB. */
const longestXml = 2 * 1024 * 1024

/** A Garmin that is plugged in: its name and its folders, null where it has none. */
export interface GarminVolume {
  readonly name: string
  readonly activities: string | null
  readonly newFiles: string | null
}

/** The Garmin on a volume; null when there is none. The device says itself where its rides are. */
export async function findGarmin(disk: Disk, volume: string): Promise<GarminVolume | null> {
  const folder = await inAnyCase(disk, volume, 'garmin')
  const file = folder === null ? null : await inAnyCase(disk, folder, 'garmindevice.xml')
  if (folder === null || file === null) return null
  const device = readGarminDevice(await readStart(disk, file))
  const first = async (paths: readonly string[]): Promise<string | null> => {
    for (const path of paths) {
      const found = await below(disk, volume, path)
      if (found !== null) return found
    }
    return null
  }
  const name = device.name ?? 'device'
  return {
    name: /^garmin\b/i.test(name) ? name : `Garmin ${name}`,
    activities: await first([...device.activities, 'Garmin/Activities', 'Garmin/Activity']),
    newFiles: await first([...device.newFiles, 'Garmin/NewFiles']),
  }
}

async function readStart(disk: Disk, path: string): Promise<Uint8Array> {
  const file = await passedOver(disk.openRead(path), null)
  if (file === null) return new Uint8Array(0)
  try {
    return await passedOver(file.read(0, longestXml), new Uint8Array(0))
  } finally {
    await file.close()
  }
}

/** The folder a device means, whatever the case; null for one that is not there, or would lead off the volume. */
async function below(disk: Disk, volume: string, path: string): Promise<string | null> {
  const parts = path.split(/[\\/]/).filter(part => part !== '')
  if (parts.length === 0 || parts.some(part => part === '.' || part === '..' || part.includes(':')))
    return null
  let folder = volume
  for (const part of parts) {
    const next = await inAnyCase(disk, folder, part.toLowerCase())
    if (next === null) return null
    folder = next
  }
  return (await isFolder(disk, folder)) ? folder : null
}

async function inAnyCase(disk: Disk, folder: string, lowerName: string): Promise<string | null> {
  const entries = await passedOver(disk.list(folder), [])
  // A link on a card may lead anywhere.
  const entry = entries.find(({ name, kind }) => name.toLowerCase() === lowerName && kind !== 'link')
  return entry === undefined ? null : join(folder, entry.name)
}

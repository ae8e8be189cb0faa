import { basename } from 'node:path'
import { readSettings, settingsFile } from '../../electron/adapters/settings-file.ts'
import type { Disk } from '../../electron/sync/ports/disk.ts'
import type { SettingsStore } from '../../electron/sync/ports/settings-store.ts'
import type { SimDisk } from './disk/sim-disk.ts'

/**
 * Opens the settings as the host does, with the real reader and writer over the simulated disk: what is damaged is put
 * aside, what was left half written goes, and a home without a file gets one.
 */
export async function openSettings(home: string, simDisk: SimDisk, disk: Disk): Promise<SettingsStore> {
  const path = `${home}/settings.json`
  const exists = (file: string): boolean => simDisk.file(file) !== null
  const text = (file: string): string => new TextDecoder().decode(simDisk.file(file)?.bytes)
  const { settings, isFromLastGood } = readSettings(path, { exists, text })
  if (isFromLastGood && exists(path)) await disk.rename(path, `${path}.damaged`)
  for (const { name } of await disk.list(home))
    if (name.startsWith(basename(path)) && name.endsWith('.tmp')) await disk.remove(`${home}/${name}`)
  const store = settingsFile(path, settings, disk)
  if (!exists(path)) await store.update(fresh => fresh)
  return store
}

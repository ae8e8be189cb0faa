import { existsSync } from 'node:fs'
import type { Trouble } from '../../shared/reports.ts'
import { keepDamagedSettings, readSettings, settingsFile, sweepSettings } from '../adapters/settings-file.ts'
import type { SettingsStore } from '../sync/ports/settings-store.ts'
import type { HomeFolders } from './home.ts'
import { openLedgerToWrite, type OpenedLedger, type SetAside } from './open-ledger.ts'

/** What a home keeps about itself, open. */
export interface HomeFiles extends OpenedLedger {
  readonly settings: SettingsStore
  /** What people should know of it: damage that was put right. */
  readonly troubles: readonly Trouble[]
}

/**
 * Opens settings and ledger to write. What is damaged is kept as it was, beside what takes its place. The caller holds the
 * home's lock. Throws `settings-damaged`, `settings-newer`, and what opening the ledger throws.
 */
export async function openHomeFiles(folders: HomeFolders, nowMs: number): Promise<HomeFiles> {
  const read = readSettings(folders.settings)
  const troubles: Trouble[] = []
  if (read.isFromLastGood) {
    const aside = keepDamagedSettings(folders.settings, nowMs)
    const kept = aside === null ? '' : ` The damaged file is kept as ${aside}.`
    const message = `The settings were lost or damaged; their last good copy is used.${kept}`
    troubles.push({ code: 'settings-restored', message, file: folders.settings })
  }
  sweepSettings(folders.settings)
  const settings = settingsFile(folders.settings, read.settings)
  // The home's random id must be on the disk before a keychain entry is named after it.
  if (!existsSync(folders.settings)) await settings.update(fresh => fresh)
  const { homeId, account, sources } = read.settings
  // Settings that know nothing yet cannot say whose a ledger is: it is what is left of this home.
  const isNew = account === null && sources.length === 0
  const opened = openLedgerToWrite(folders.ledger, nowMs, isNew ? null : homeId)
  const { meta } = opened.ledger
  if (meta.read('home-id') !== homeId) meta.write('home-id', homeId)
  return { ...opened, settings, troubles }
}

/** What people are told after a rebuild. */
export function rebuiltTrouble(setAside: SetAside | null): Trouble {
  const what =
    setAside === null ? 'The ledger was lost and' : `The ledger could not be used (${setAside.why}) and`
  const where = setAside === null ? '' : ` The old one is kept as ${setAside.path}.`
  const message = `${what} has been rebuilt from the archive and the folders.${where}`
  return { code: 'ledger-rebuilt', message, file: setAside?.path ?? null }
}

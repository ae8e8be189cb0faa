import type { Settings } from '../../../shared/settings.ts'

/** The settings, held in memory and written whole. */
export interface SettingsStore {
  current(): Settings
  /** Writes what `change` makes of the current settings; on return they are on the disk. */
  update(change: (settings: Settings) => Settings): Promise<Settings>
}

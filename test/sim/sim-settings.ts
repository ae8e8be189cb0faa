import { newSettings, parseSettings, type Settings } from '../../shared/settings.ts'
import { AppError } from '../../shared/app-error.ts'
import type { SettingsStore } from '../../electron/sync/ports/settings-store.ts'
import type { SimProcess } from './process.ts'
import type { SimRandom } from './random.ts'

/** The settings file: written beside, renamed, its folder flushed. In between a power cut leaves the old or the new. */
export class SimSettings {
  #safe: string
  #renamed: string
  isFull = false

  constructor() {
    // Rides of a few kB on a disk of its own: no reserve is needed.
    const fresh: Settings = { ...newSettings('simulated'), keepFree: { bytes: 1_000_000_000, percent: 0 } }
    this.#safe = JSON.stringify(fresh)
    this.#renamed = this.#safe
  }

  /** As they are on the disk. */
  get current(): Settings {
    return parseSettings(this.#renamed)
  }

  afterPowerCut(random: SimRandom): void {
    if (random.chance(0.5)) this.#renamed = this.#safe
    this.#safe = this.#renamed
  }

  portOf(process: SimProcess): SettingsStore {
    let settings = this.current
    let writing: Promise<unknown> = Promise.resolve()
    const write = async (change: (before: Settings) => Settings): Promise<Settings> => {
      const changed = change(settings)
      const content = JSON.stringify(changed)
      await process.change('settings write', 0, () => {
        if (this.isFull) throw new AppError('disk-full', 'no space left on device', 'retry')
      })
      await process.change('settings rename', 0, () => {
        this.#renamed = content
      })
      await process.change('settings flush', 0, () => {
        this.#safe = this.#renamed
      })
      settings = parseSettings(content)
      return settings
    }
    return {
      current: () => settings,
      update: change => {
        const next = writing.then(() => write(change))
        writing = next.catch(() => undefined)
        return next
      },
    }
  }
}

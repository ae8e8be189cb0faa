import type { FolderWatcher } from '../../electron/sync/ports/folder-watcher.ts'
import type { SimProcess } from './process.ts'
import type { SimRandom } from './random.ts'
import type { Scheduler } from './scheduler.ts'

/** How a system tells of changes: each of these is a chance in 0..1. */
export interface HintWeather {
  readonly lost: number
  readonly doubled: number
  readonly late: number
}

/** Tells of changes as real watchers do: mostly at once, at times twice, late, or not at all. */
export class SimWatcher {
  readonly #scheduler: Scheduler
  readonly #random: SimRandom
  readonly #weather: HintWeather
  readonly #watches = new Set<{
    readonly folder: string
    readonly process: SimProcess
    readonly hint: () => void
  }>()

  constructor(scheduler: Scheduler, random: SimRandom, weather: HintWeather) {
    this.#scheduler = scheduler
    this.#random = random
    this.#weather = weather
  }

  /** Something changed at this path. */
  tell(path: string): void {
    for (const watch of this.#watches) {
      if (!watch.process.isAlive) this.#watches.delete(watch)
      else if (path.startsWith(`${watch.folder}/`)) this.#tellOne(watch)
    }
  }

  portOf(process: SimProcess): FolderWatcher {
    return {
      watch: (folder, onHint) => {
        const watch = { folder, process, hint: onHint }
        this.#watches.add(watch)
        return { close: () => Promise.resolve(void this.#watches.delete(watch)) }
      },
    }
  }

  #tellOne(watch: { readonly process: SimProcess; readonly hint: () => void }): void {
    const { lost, doubled, late } = this.#weather
    if (this.#random.chance(lost)) return
    const times = this.#random.chance(doubled) ? 2 : 1
    for (let time = 0; time < times; time += 1) {
      const delayMs = this.#random.chance(late) ? this.#random.int(1000, 90_000) : this.#random.int(0, 60)
      void this.#scheduler.task('hint', delayMs, watch.process).then(() => watch.hint())
    }
  }
}

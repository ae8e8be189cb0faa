import { AppError } from '../../shared/app-error.ts'
import type { Source } from '../../shared/settings.ts'
import type { EngineParts } from './engine-parts.ts'

interface Watch {
  readonly folder: string
  readonly isPolled: boolean
  close(): Promise<void>
}

/** Keeps a watch on each source's folder while it is there; removable and network folders are polled instead. */
export class SourceWatches {
  readonly #parts: Pick<EngineParts, 'watcher' | 'mounts' | 'disk' | 'healths' | 'log'>
  readonly #onHint: (sourceId: string) => void
  readonly #watches = new Map<string, Watch>()

  constructor(
    parts: Pick<EngineParts, 'watcher' | 'mounts' | 'disk' | 'healths' | 'log'>,
    onHint: (sourceId: string) => void,
  ) {
    this.#parts = parts
    this.#onHint = onHint
  }

  /** True when nothing will tell of changes there, or when the folder was missing: it is looked at on a timer. */
  isPolled(sourceId: string): boolean {
    const health = this.#parts.healths.get(sourceId)?.kind
    return health === 'missing' || health === 'unreadable' || (this.#watches.get(sourceId)?.isPolled ?? true)
  }

  /** Starts and ends watches so that exactly these sources are followed. */
  async follow(sources: readonly Source[]): Promise<void> {
    for (const [id, watch] of this.#watches) {
      const isWanted = sources.some(source => source.id === id && source.folder === watch.folder)
      const isThere = this.#parts.healths.get(id)?.kind !== 'missing'
      if (isWanted && isThere) continue
      this.#watches.delete(id)
      await watch.close()
    }
    for (const source of sources) {
      if (this.#watches.has(source.id)) continue
      const watch = await this.#start(source)
      if (watch === null) continue
      this.#watches.set(source.id, watch)
      // What arrived between the last scan and this watch was told to nobody.
      this.#onHint(source.id)
    }
  }

  async closeAll(): Promise<void> {
    const watches = [...this.#watches.values()]
    this.#watches.clear()
    await Promise.all(watches.map(watch => watch.close()))
  }

  async #start(source: Source): Promise<Watch | null> {
    try {
      const real = await this.#parts.disk.realPath(source.folder)
      if (real === null) return null
      const place = await this.#parts.mounts.placeOf(real)
      if (place !== 'local') {
        return { folder: source.folder, isPolled: true, close: () => Promise.resolve() }
      }
      const watch = this.#parts.watcher.watch(real, () => this.#onHint(source.id))
      return { folder: source.folder, isPolled: false, close: () => watch.close() }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      this.#parts.log('warn', 'a folder could not be watched', { folder: source.folder, code: error.code })
      return null
    }
  }
}

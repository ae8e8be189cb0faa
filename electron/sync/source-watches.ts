import { AppError } from '../../shared/app-error.ts'
import type { Source } from '../../shared/settings.ts'
import type { EngineParts } from './engine-parts.ts'

interface Watch {
  readonly folder: string
  readonly isPolled: boolean
  /** False once it may tell nothing more: the folder went away, or is another than when it began. */
  isAlive(): Promise<boolean>
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
      const isAlive = isWanted && isThere && (await watch.isAlive())
      if (isAlive) continue
      this.#watches.delete(id)
      await watch.close()
      if (isWanted) this.#onHint(id)
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

  async #watch({ id, folder }: Source, real: string): Promise<Watch> {
    const { disk, watcher } = this.#parts
    const identity = async (): Promise<string | null> => {
      const root = await disk.realPath(folder)
      return root === null ? null : ((await disk.stat(root))?.identity ?? null)
    }
    const atStart = await identity()
    let isLost = false
    const watch = watcher.watch(
      real,
      () => this.#onHint(id),
      () => (isLost = true),
    )
    const isAlive = async (): Promise<boolean> => {
      if (isLost) return false
      try {
        return (await identity()) === atStart
      } catch (error) {
        // What can't be looked at now says nothing of the watch.
        if (error instanceof AppError) return true
        throw error
      }
    }
    return { folder, isPolled: false, isAlive, close: () => watch.close() }
  }

  async #start(source: Source): Promise<Watch | null> {
    try {
      const real = await this.#parts.disk.realPath(source.folder)
      if (real === null) return null
      const place = await this.#parts.mounts.placeOf(real)
      if (place !== 'local') {
        const nothing = { isAlive: () => Promise.resolve(true), close: () => Promise.resolve() }
        return { folder: source.folder, isPolled: true, ...nothing }
      }
      return await this.#watch(source, real)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      this.#parts.log('warn', 'a folder could not be watched', { folder: source.folder, code: error.code })
      return null
    }
  }
}

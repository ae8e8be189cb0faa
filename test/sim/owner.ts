import { AppError } from '../../shared/app-error.ts'
import { addSource, changeSource } from '../../electron/sync/folders/manage-sources.ts'
import { addTrainer } from '../../electron/sync/folders/manage-trainers.ts'
import type { Computer } from './computer.ts'
import type { RunningMusette } from './musette.ts'

/** When a folder was told to Musette, in ms since the start of the run. */
export interface ToldFolder {
  readonly backfill: 'none' | 'all'
  /** The first try. */
  readonly fromMs: number
  /** It was in the settings; null while no try has come so far. */
  doneMs: number | null
  /** It was away at some time in between: what lay there was not seen, and is new when it comes back. */
  wasAway: boolean
  /** It was a source before: what becomes of its earlier rides depends on how far they had come. */
  readonly isAgain: boolean
}

/** Whose computer it is: adds the folders, and again where that was cut short. */
export class Owner {
  readonly #computer: Computer
  readonly told = new Map<string, ToldFolder>()
  /** Folders that were removed, and are not to be added before their time. */
  readonly #away = new Set<string>()

  constructor(computer: Computer) {
    this.#computer = computer
    computer.ownerBook.isAdded = folder => (this.told.get(folder)?.doneMs ?? null) !== null
  }

  /** Adds what is not there yet. Never settles when Musette is killed meanwhile. */
  async addFolders(musette: RunningMusette): Promise<void> {
    const { plan, ownerBook, scheduler } = this.#computer
    for (const { folder, backfill, sameRide } of plan.sources) {
      if (this.#away.has(folder)) continue
      await this.#untilDone(musette, folder, backfill, () => this.#addSource(musette, folder, backfill))
      const source = musette.parts.settings.current().sources.find(one => one.folder === folder)
      if (source !== undefined && source.sameRide !== sameRide)
        await this.#untilDone(musette, null, backfill, () =>
          changeSource(musette.parts, source.id, { sameRide }),
        )
      if (!ownerBook.policySince.has(folder)) ownerBook.policySince.set(folder, scheduler.steadyMs)
    }
    if (plan.trainer === null) return
    const { folder, format } = plan.trainer
    const wanted = { folder, format, days: 7, sports: null, name: null }
    await this.#untilDone(musette, folder, 'none', () => addTrainer(musette.parts, wanted))
  }

  /** The folder is about to be removed; it will come back with this backfill. */
  forget(folder: string, backfill: 'none' | 'all'): void {
    this.#away.add(folder)
    const { steadyMs } = this.#computer.scheduler
    this.#computer.book.disturb()
    this.told.set(folder, { backfill, fromMs: steadyMs, doneMs: null, wasAway: true, isAgain: true })
  }

  async addAgain(musette: RunningMusette, folder: string): Promise<void> {
    const told = this.told.get(folder)
    if (told === undefined || told.doneMs !== null) return
    if (!musette.parts.settings.current().sources.some(one => one.folder === folder))
      await this.#addSource(musette, folder, told.backfill)
    told.doneMs = this.#computer.scheduler.steadyMs
    this.#computer.book.disturb()
    this.#away.delete(folder)
  }

  async addCopy(musette: RunningMusette, folder: string): Promise<void> {
    if (!musette.parts.settings.current().sources.some(one => one.folder === folder))
      await this.#addSource(musette, folder, 'none')
  }

  async #addSource({ parts }: RunningMusette, folder: string, kind: 'none' | 'all'): Promise<void> {
    const wanted = { folder, backfill: { kind }, name: null }
    await parts.foldersTurn.take(() => addSource(parts, wanted, new AbortController().signal))
  }

  async #untilDone(
    musette: RunningMusette,
    folder: string | null,
    backfill: 'none' | 'all',
    work: () => Promise<unknown>,
  ): Promise<void> {
    const { scheduler, disk } = this.#computer
    for (;;) {
      if (folder !== null && this.#away.has(folder)) return
      const { sources, trainers } = musette.parts.settings.current()
      const told = (folder === null ? undefined : this.told.get(folder)) ?? {
        ...{ fromMs: scheduler.steadyMs, doneMs: null },
        ...{ wasAway: false, isAgain: false, backfill },
      }
      if (folder !== null) this.told.set(folder, told)
      if ([...sources, ...trainers].some(one => one.folder === folder)) {
        told.doneMs ??= scheduler.steadyMs
        return
      }
      if (folder !== null) told.wasAway ||= disk.absences.has(folder)
      try {
        await work()
        if (folder === null) return
        told.wasAway ||= disk.absences.has(folder)
        musette.wake()
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        // The folder is away, or the disk is full: a person tries again.
        await scheduler.task('the owner waits', 60_000, musette.process)
      }
    }
  }
}

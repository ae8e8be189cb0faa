import type { TrainerFormat } from '../../shared/settings.ts'
import type { AppView } from './app-view.svelte.ts'
import { FolderDrafts, folderName, type FolderDraft } from './folder-drafts.svelte.ts'

export interface TrainerDraft extends FolderDraft {
  readonly format: TrainerFormat
  readonly days: number
}

export interface AddedTrainer {
  readonly name: string
  readonly days: number
}

/** How many days a new trainer folder gets unless somebody says otherwise. */
const usualDays = 7

/** The trainer folders somebody is about to add, each with the format its program reads. */
export class TrainerDrafts extends FolderDrafts<TrainerDraft, AddedTrainer> {
  readonly #view: Pick<AppView, 'request'>

  constructor(view: Pick<AppView, 'request'>) {
    super()
    this.#view = view
  }

  /** Those that nothing is known against. */
  get good(): readonly TrainerDraft[] {
    return this.all.filter(draft => draft.trouble === null)
  }

  /**
   * Chooses a folder, once more where it could not be added. `format` is what its program reads; null leaves it to the
   * user, beginning with what most programs read.
   */
  choose(folder: string, name: string | null, format: TrainerFormat | null): void {
    const known = this.of(folder)
    const fresh = { folder, name, format: format ?? 'zwo', days: usualDays }
    this.put({ ...(known ?? fresh), trouble: null })
  }

  /** Changes what it gets; what was wrong with it may be right now. */
  refine(folder: string, change: Partial<Pick<TrainerDraft, 'format' | 'days'>>): void {
    this.change(folder, { ...change, trouble: null })
  }

  /** Adds them; what could not be added keeps its place, with the reason. True when all of them were added. */
  add(): Promise<boolean> {
    return this.addAll(
      this.good,
      ({ folder, name, format, days }) =>
        this.#view.request('addTrainer', { folder, name, format, days, sports: null }),
      ({ folder, name, days }) => ({ name: name ?? folderName(folder), days }),
    )
  }
}

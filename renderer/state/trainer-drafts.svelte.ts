import type { TrainerFormat } from '../../shared/settings.ts'
import type { AppView } from './app-view.svelte.ts'
import { folderName, type Adding } from './source-drafts.svelte.ts'

/** How many days a new trainer folder gets unless somebody says otherwise. */
const usualDays = 7

/** The trainer folders somebody is about to add, each with the format its program reads. */
export class TrainerDrafts {
  readonly #view: Pick<AppView, 'request'>
  #drafts = $state.raw<readonly TrainerDraft[]>([])
  #adding = $state.raw<Adding | null>(null)
  #added = $state.raw<readonly AddedTrainer[]>([])

  constructor(view: Pick<AppView, 'request'>) {
    this.#view = view
  }

  get all(): readonly TrainerDraft[] {
    return this.#drafts
  }

  /** Null while none are being added. */
  get adding(): Adding | null {
    return this.#adding
  }

  /** Those that were added, in order. */
  get added(): readonly AddedTrainer[] {
    return this.#added
  }

  /** Those that nothing is known against. */
  get good(): readonly TrainerDraft[] {
    return this.#drafts.filter(draft => draft.trouble === null)
  }

  of(folder: string): TrainerDraft | null {
    return this.#drafts.find(draft => draft.folder === folder) ?? null
  }

  /**
   * Chooses a folder, once more where it could not be added. `format` is what its program reads; null leaves it to the
   * user, beginning with what most programs read.
   */
  choose(folder: string, name: string | null, format: TrainerFormat | null): void {
    if (this.of(folder) !== null) {
      this.#change(folder, { trouble: null })
      return
    }
    const draft = { folder, name, format: format ?? 'zwo', days: usualDays, trouble: null }
    this.#drafts = [...this.#drafts, draft]
  }

  drop(folder: string): void {
    this.#drafts = this.#drafts.filter(draft => draft.folder !== folder)
  }

  change(folder: string, change: Partial<Pick<TrainerDraft, 'format' | 'days'>>): void {
    this.#change(folder, { ...change, trouble: null })
  }

  /** Adds them; what could not be added keeps its place, with the reason. True when all of them were added. */
  async add(): Promise<boolean> {
    const wanted = this.good
    let isAll = true
    for (const [done, { folder, name, format, days }] of wanted.entries()) {
      this.#adding = { done, total: wanted.length }
      const result = await this.#view.request('addTrainer', { folder, name, format, days, sports: null })
      if (result.kind === 'ok') {
        this.#added = [...this.#added, { name: name ?? folderName(folder), days }]
        this.drop(folder)
      } else {
        isAll = false
        this.#change(folder, { trouble: result.error.message })
      }
    }
    this.#adding = null
    return isAll
  }

  #change(folder: string, change: Partial<TrainerDraft>): void {
    this.#drafts = this.#drafts.map(draft => (draft.folder === folder ? { ...draft, ...change } : draft))
  }
}

export interface TrainerDraft {
  readonly folder: string
  /** Null leaves it to the folder's own name. */
  readonly name: string | null
  readonly format: TrainerFormat
  readonly days: number
  /** Why it could not be added, in words. */
  readonly trouble: string | null
}

export interface AddedTrainer {
  readonly name: string
  readonly days: number
}

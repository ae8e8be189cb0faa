import type { FolderPreview, WantedSource } from '../../shared/window-data.ts'
import type { AppView } from './app-view.svelte.ts'

/** A folder somebody is about to add, and what adding it would mean. */
export interface SourceDraft {
  readonly folder: string
  /** As it will be called; null leaves it to the folder's own name. */
  readonly name: string | null
  /** Null while it is being looked at. */
  readonly preview: FolderPreview | null
  /** Why it can't be looked at or added, in words. */
  readonly trouble: string | null
}

export type Backfill = WantedSource['backfill']

export interface AddedSource {
  readonly name: string
  readonly backfill: Backfill
}

/** How far adding several folders has come. */
export interface Adding {
  readonly done: number
  readonly total: number
}

/** Why a folder can't be added, in words; null when nothing is known against it. */
export function wrongWith(draft: SourceDraft): string | null {
  return draft.trouble ?? draft.preview?.refusal ?? null
}

/** How many of a folder's rides a choice would send; null while, or where, that is not known. */
export function ridesOf(preview: FolderPreview | null, backfill: Backfill): number | null {
  if (backfill.kind === 'none') return 0
  if (preview === null) return null
  const rides =
    backfill.kind === 'all'
      ? preview.rides
      : (preview.within.find(span => span.days === backfill.days)?.rides ?? null)
  // Nothing seen of a folder that was not seen whole says nothing.
  return rides === 0 && preview.isPartial ? null : rides
}

/** The folders chosen and not added yet. Each is previewed as soon as it is chosen. */
export class SourceDrafts {
  readonly #view: Pick<AppView, 'request'>
  #drafts = $state.raw<readonly SourceDraft[]>([])
  #adding = $state.raw<Adding | null>(null)
  #added = $state.raw<readonly AddedSource[]>([])

  constructor(view: Pick<AppView, 'request'>) {
    this.#view = view
  }

  get all(): readonly SourceDraft[] {
    return this.#drafts
  }

  /** Null while none are being added. */
  get adding(): Adding | null {
    return this.#adding
  }

  /** Those that were added, in order. */
  get added(): readonly AddedSource[] {
    return this.#added
  }

  /** Those that can be added. */
  get good(): readonly SourceDraft[] {
    return this.#drafts.filter(draft => wrongWith(draft) === null)
  }

  of(folder: string): SourceDraft | null {
    return this.#drafts.find(draft => draft.folder === folder) ?? null
  }

  /** Chosen, and nothing known against it. */
  has(folder: string): boolean {
    return this.good.some(draft => draft.folder === folder)
  }

  /** Chooses a folder, or looks at it again where something was wrong with it. */
  async choose(folder: string, name: string | null): Promise<void> {
    const known = this.of(folder)
    if (known !== null && wrongWith(known) === null) return
    const draft = { folder, name: known?.name ?? name, preview: null, trouble: null }
    this.#drafts =
      known === null
        ? [...this.#drafts, draft]
        : this.#drafts.map(each => (each.folder === folder ? draft : each))
    const result = await this.#view.request('previewFolder', folder)
    if (result.kind === 'ok') this.#change(folder, { preview: result.value })
    else this.#change(folder, { trouble: result.error.message })
  }

  drop(folder: string): void {
    this.#drafts = this.#drafts.filter(draft => draft.folder !== folder)
  }

  rename(folder: string, name: string): void {
    this.#change(folder, { name: name.trim() === '' ? null : name.trim() })
  }

  /** How many rides all of them together would send; null while one is not known. */
  rides(backfill: Backfill): number | null {
    const each = this.good.map(draft => ridesOf(draft.preview, backfill))
    return each.includes(null) ? null : each.reduce<number>((sum, rides) => sum + (rides ?? 0), 0)
  }

  /** True when some number is only the least there is. */
  get isPartial(): boolean {
    return this.good.some(draft => draft.preview?.isPartial === true)
  }

  /** True while some folder's rides are still being counted. */
  get isCounting(): boolean {
    return this.good.some(draft => draft.preview === null)
  }

  /** Adds what can be added; what could not keeps its place, with the reason. True when all of it was added. */
  async add(backfill: Backfill): Promise<boolean> {
    const wanted = this.good
    let isAll = true
    for (const [done, { folder }] of wanted.entries()) {
      this.#adding = { done, total: wanted.length }
      const name = this.of(folder)?.name ?? null
      const result = await this.#view.request('addSource', { folder, name, backfill })
      if (result.kind === 'ok') {
        this.#added = [...this.#added, { name: name ?? folderName(folder), backfill }]
        this.drop(folder)
      } else {
        isAll = false
        this.#change(folder, { trouble: result.error.message })
      }
    }
    this.#adding = null
    return isAll
  }

  #change(folder: string, change: Partial<SourceDraft>): void {
    this.#drafts = this.#drafts.map(draft => (draft.folder === folder ? { ...draft, ...change } : draft))
  }
}

/** What a folder is called where nobody gave it a name. */
export function folderName(folder: string): string {
  return folder.split(/[/\\]/).findLast(part => part !== '') ?? folder
}

import type { FolderPreview, WantedSource } from '../../shared/window-data.ts'
import type { AppView } from './app-view.svelte.ts'
import { FolderDrafts, folderName, type FolderDraft } from './folder-drafts.svelte.ts'

/** A folder somebody is about to add, and what adding it would mean. */
export interface SourceDraft extends FolderDraft {
  /** Null while it is being looked at. */
  readonly preview: FolderPreview | null
}

export type Backfill = WantedSource['backfill']

export interface AddedSource {
  readonly name: string
  readonly backfill: Backfill
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
export class SourceDrafts extends FolderDrafts<SourceDraft, AddedSource> {
  readonly #view: Pick<AppView, 'request'>

  constructor(view: Pick<AppView, 'request'>) {
    super()
    this.#view = view
  }

  /** Those that can be added. */
  get good(): readonly SourceDraft[] {
    return this.all.filter(draft => wrongWith(draft) === null)
  }

  /** Chosen, and nothing known against it. */
  has(folder: string): boolean {
    return this.good.some(draft => draft.folder === folder)
  }

  /** Chooses a folder, or looks at it again where something was wrong with it. */
  async choose(folder: string, name: string | null): Promise<void> {
    const known = this.of(folder)
    if (known !== null && wrongWith(known) === null) return
    this.put({ folder, name: known?.name ?? name, preview: null, trouble: null })
    const result = await this.#view.request('previewFolder', folder)
    if (result.kind === 'ok') this.change(folder, { preview: result.value })
    else this.change(folder, { trouble: result.error.message })
  }

  rename(folder: string, name: string): void {
    this.change(folder, { name: name.trim() === '' ? null : name.trim() })
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
  add(backfill: Backfill): Promise<boolean> {
    return this.addAll(
      this.good,
      ({ folder, name }) => this.#view.request('addSource', { folder, name, backfill }),
      ({ folder, name }) => ({ name: name ?? folderName(folder), backfill }),
    )
  }
}

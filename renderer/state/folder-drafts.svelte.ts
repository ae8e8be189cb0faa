import type { Result } from '../../shared/ipc-contract.ts'

/** A folder somebody is about to add. */
export interface FolderDraft {
  readonly folder: string
  /** As it will be called; null leaves it to the folder's own name. */
  readonly name: string | null
  /** Why it can't be looked at or added, in words. */
  readonly trouble: string | null
}

/** How far adding several folders has come. */
export interface Adding {
  readonly done: number
  readonly total: number
}

/** The folders chosen and not added yet, and what became of those that were. */
export class FolderDrafts<Draft extends FolderDraft, Added> {
  #drafts = $state.raw<readonly Draft[]>([])
  #adding = $state.raw<Adding | null>(null)
  #added = $state.raw<readonly Added[]>([])

  get all(): readonly Draft[] {
    return this.#drafts
  }

  /** Null while none are being added. */
  get adding(): Adding | null {
    return this.#adding
  }

  /** Those that were added, in order. */
  get added(): readonly Added[] {
    return this.#added
  }

  of(folder: string): Draft | null {
    return this.#drafts.find(draft => draft.folder === folder) ?? null
  }

  /** Adds a draft, or puts it in the place of the one of its folder. */
  protected put(draft: Draft): void {
    const isKnown = this.of(draft.folder) !== null
    this.#drafts = isKnown
      ? this.#drafts.map(each => (each.folder === draft.folder ? draft : each))
      : [...this.#drafts, draft]
  }

  drop(folder: string): void {
    this.#drafts = this.#drafts.filter(draft => draft.folder !== folder)
  }

  /** Changes the draft of a folder; nothing where there is none any more. */
  protected change(folder: string, change: Partial<Draft>): void {
    this.#drafts = this.#drafts.map(draft => (draft.folder === folder ? { ...draft, ...change } : draft))
  }

  /** Adds one after the other; what could not be added keeps its place, with the reason. True when all of it was added. */
  protected async addAll(
    wanted: readonly Draft[],
    add: (draft: Draft) => Promise<Result<unknown>>,
    addedOf: (draft: Draft) => Added,
  ): Promise<boolean> {
    let isAll = true
    for (const [done, chosen] of wanted.entries()) {
      this.#adding = { done, total: wanted.length }
      // Its name may have been changed while the one before was added.
      const draft = this.of(chosen.folder) ?? chosen
      const result = await add(draft)
      if (result.kind === 'ok') {
        this.#added = [...this.#added, addedOf(draft)]
        this.drop(draft.folder)
      } else {
        isAll = false
        this.put({ ...draft, trouble: result.error.message })
      }
    }
    this.#adding = null
    return isAll
  }
}

/** What a folder is called where nobody gave it a name. */
export function folderName(folder: string): string {
  return folder.split(/[/\\]/).findLast(part => part !== '') ?? folder
}

/* eslint-disable svelte/prefer-svelte-reactivity -- the sets are replaced whole, never changed */
import type { FileSelection } from '../../shared/window-data.ts'
import type { FilesView } from './files-view.svelte.ts'

/** The contract takes no more ids at once; beyond it only everything that matches can be meant. */
export const mostPicked = 10_000

/** Which files are ticked: some, one by one, or everything that matches. */
export class FilesSelection {
  readonly #files: FilesView
  #ids = $state.raw<ReadonlySet<number>>(new Set())
  #isAll = $state(false)
  #isTooMany = $state(false)
  /** What was ticked before Shift began to extend it, and from which row on. */
  #base: ReadonlySet<number> = new Set()
  #anchor: number | null = null
  #turn = 0

  constructor(files: FilesView) {
    this.#files = files
    files.onMove(move => {
      if (move.kind === 'replaced') this.clear()
      else if (this.#anchor !== null) this.#anchor += move.rows
    })
  }

  get count(): number {
    return this.#isAll ? (this.#files.total ?? 0) : this.#ids.size
  }

  get isAll(): boolean {
    return this.#isAll
  }

  /** True after more was asked for than can be picked one by one. */
  get isTooMany(): boolean {
    return this.#isTooMany
  }

  has(fileId: number): boolean {
    return this.#isAll || this.#ids.has(fileId)
  }

  async toggle(index: number): Promise<void> {
    const row = this.#files.rowAt(index)
    if (row === null) return
    if (this.#isAll && !(await this.#pickAll())) return
    const ids = new Set(this.#ids)
    if (!ids.delete(row.fileId)) ids.add(row.fileId)
    this.#set(ids)
    this.#base = ids
    this.#anchor = index
  }

  /** Ticks everything from the row that was ticked last to this one, instead of what Shift ticked before. */
  async extendTo(index: number, from: number): Promise<void> {
    if (this.#isAll) return
    this.#anchor ??= from
    const anchor = this.#anchor
    const first = Math.min(anchor, index)
    const last = Math.max(anchor, index)
    const room = mostPicked - this.#base.size
    if (last - first + 1 > room) {
      this.#isTooMany = true
      return
    }
    const turn = ++this.#turn
    const ids = await this.#files.idsBetween(first, last)
    if (ids === null || turn !== this.#turn) return
    this.#set(new Set([...this.#base, ...ids]))
  }

  selectAll(): void {
    this.clear()
    this.#isAll = true
  }

  clear(): void {
    this.#set(new Set())
    this.#base = new Set()
    this.#isAll = false
    this.#anchor = null
  }

  /** For the host. */
  get chosen(): FileSelection {
    return this.#isAll
      ? { kind: 'matching', filter: this.#files.filter }
      : { kind: 'ids', ids: [...this.#ids] }
  }

  /** Turns "everything" into a list of ids, so that one can be left out. */
  async #pickAll(): Promise<boolean> {
    const total = this.#files.total ?? 0
    if (total > mostPicked) {
      this.#isTooMany = true
      return false
    }
    const turn = ++this.#turn
    const ids = await this.#files.idsBetween(0, total - 1)
    if (ids === null || turn !== this.#turn) return false
    this.#isAll = false
    this.#set(new Set(ids))
    return true
  }

  #set(ids: ReadonlySet<number>): void {
    this.#turn++
    this.#ids = ids
    this.#isTooMany = false
  }
}

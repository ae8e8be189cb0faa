import type { FileRowView } from '../../shared/window-data.ts'

/** The row the keyboard is on. It stays with its file when the list moves under it. */
export class FilesCursor {
  #index = $state(0)
  #fileId: number | null = null

  get index(): number {
    return this.#index
  }

  put(index: number, row: FileRowView | null): void {
    this.#index = Math.max(0, index)
    this.#fileId = row?.fileId ?? null
  }

  /** New rows came for a part of the list: goes where its file went, or stays at its place. */
  follow(rows: readonly FileRowView[], offset: number, total: number): void {
    if (this.#fileId === null) {
      this.#fileId = rows[this.#index - offset]?.fileId ?? null
    } else {
      const found = rows.findIndex(row => row.fileId === this.#fileId)
      if (found >= 0) this.#index = offset + found
      else if (this.#index - offset in rows) this.#fileId = rows[this.#index - offset]?.fileId ?? null
    }
    if (this.#index >= total) this.put(Math.max(0, total - 1), null)
  }
}

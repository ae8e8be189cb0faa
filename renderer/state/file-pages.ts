import type { FileRowView } from '../../shared/window-data.ts'

/** Rows of one page; requests are for whole pages. */
export const rowsPerPage = 100
const mostPagesKept = 60

interface Page {
  readonly rows: readonly FileRowView[]
  readonly revision: number
}

/** The pages of a list that are known, each as it was at some revision. Never changed: `with` answers another. */
export class FilePages {
  readonly #pages: ReadonlyMap<number, Page>

  constructor(pages: ReadonlyMap<number, Page> = new Map()) {
    this.#pages = pages
  }

  /** Null while it is not known. */
  rowAt(index: number): FileRowView | null {
    return this.#pages.get(pageOf(index))?.rows[index % rowsPerPage] ?? null
  }

  has(page: number): boolean {
    return this.#pages.has(page)
  }

  isFresh(page: number, revision: number): boolean {
    const known = this.#pages.get(page)
    return known !== undefined && known.revision >= revision
  }

  /** With these rows from a page on. Pages beyond the end, and those farthest from where one looks, are forgotten. */
  with(
    first: number,
    last: number,
    rows: readonly FileRowView[],
    at: { readonly revision: number; readonly total: number; readonly here: number },
  ): FilePages {
    const pages = new Map(this.#pages)
    for (const page of range(first, last)) {
      const start = (page - first) * rowsPerPage
      pages.set(page, { rows: rows.slice(start, start + rowsPerPage), revision: at.revision })
    }
    const near = [...pages]
      .filter(([page]) => page === 0 || page * rowsPerPage < at.total)
      .sort(([a], [b]) => Math.abs(a - pageOf(at.here)) - Math.abs(b - pageOf(at.here)))
    return new FilePages(new Map(near.slice(0, mostPagesKept)))
  }
}

export function pageOf(index: number): number {
  return Math.floor(index / rowsPerPage)
}

export function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step)
}

/* eslint-disable svelte/prefer-svelte-reactivity -- what is shown is replaced whole; flights and listeners are not shown */
import type { RequestError } from '../../shared/ipc-contract.ts'
import type { FileFilter, FileRowView } from '../../shared/window-data.ts'
import type { AppView } from './app-view.svelte.ts'
import { FilePages, pageOf, range, rowsPerPage } from './file-pages.ts'
import { FilesCursor } from './files-cursor.svelte.ts'

export const noFilter: FileFilter = {
  text: '',
  states: [],
  sourceId: null,
  sport: null,
  from: null,
  to: null,
}

/** The contract's most is 500 rows a request. */
const mostPagesAsked = 5
const mostFlights = 2
/** Rows beyond the edge that are fetched before they are seen. */
const rowsAhead = 20
const searchWaitMs = 200

interface Flight {
  readonly first: number
  readonly last: number
  readonly revision: number
}

/** How the list moved under the reader: another list altogether, or the same rows further down or up. */
export type ListMove = { readonly kind: 'replaced' } | { readonly kind: 'shifted'; readonly rows: number }

/**
 * The list of all files, as much of it as was looked at. Pages are asked for where somebody looks, and again when
 * something changed; what is shown stays until its better is there.
 */
export class FilesView {
  readonly cursor = new FilesCursor()
  readonly #host: Pick<AppView, 'request'>
  readonly #movers = new Set<(move: ListMove) => void>()
  #filter = $state.raw<FileFilter>(noFilter)
  /** The filter of the rows that are shown; null before the first. */
  #shown = $state.raw<FileFilter | null>(null)
  #pages = $state.raw(new FilePages())
  #total = $state<number | null>(null)
  #sports = $state.raw<readonly string[]>([])
  #failure = $state.raw<RequestError | null>(null)
  #flights = new Set<Flight>()
  #revision = 0
  #shownRevision = 0
  #wanted = { first: 0, last: 0 }
  #search: { readonly text: string; readonly timer: ReturnType<typeof setTimeout> } | null = null

  constructor(host: Pick<AppView, 'request'>) {
    this.#host = host
  }

  get filter(): FileFilter {
    return this.#filter
  }

  /** True while the rows of another filter are still shown, or none yet. */
  get isReplacing(): boolean {
    return this.#shown !== this.#filter
  }

  /** How many files match; null until the first answer. */
  get total(): number | null {
    return this.#total
  }

  get sports(): readonly string[] {
    return this.#sports
  }

  get failure(): RequestError | null {
    return this.#failure
  }

  /** Null while it is not known yet. */
  rowAt(index: number): FileRowView | null {
    return this.#pages.rowAt(index)
  }

  /** Answers a function that stops listening. */
  onMove(mover: (move: ListMove) => void): () => void {
    this.#movers.add(mover)
    return () => {
      this.#movers.delete(mover)
    }
  }

  /** The host says that rows may have changed. */
  follow(revision: number): void {
    if (revision === this.#revision) return
    this.#revision = revision
    this.#failure = null
    this.#fill()
  }

  /** Somebody looks at these rows, both inclusive. */
  want(first: number, last: number): void {
    this.#wanted = { first, last }
    this.#fill()
  }

  change(some: Partial<FileFilter>): void {
    // What was typed a moment ago counts too.
    const typed = this.#search === null ? {} : { text: this.#search.text }
    this.#stopSearch()
    this.#filter = { ...this.#filter, ...typed, ...some }
    this.#flights = new Set()
    this.#failure = null
    this.#fill()
  }

  /** As `change`, once the typing pauses. */
  search(text: string): void {
    this.#stopSearch()
    this.#search = { text, timer: setTimeout(() => this.change({ text }), searchWaitMs) }
  }

  retry(): void {
    this.#failure = null
    this.#fill()
  }

  stop(): void {
    this.#stopSearch()
    this.#flights = new Set()
  }

  /** The ids of these rows, both inclusive, known or not; null when they could not be had, or the list became another. */
  async idsBetween(first: number, last: number): Promise<readonly number[] | null> {
    const filter = this.#filter
    const ids: number[] = []
    let index = first
    while (index <= last) {
      const row = this.rowAt(index)
      if (row !== null) {
        ids.push(row.fileId)
        index++
        continue
      }
      const limit = Math.min(last - index + 1, rowsPerPage * mostPagesAsked)
      const result = await this.#host.request('listFiles', { ...filter, offset: index, limit })
      if (this.#filter !== filter) return null
      if (result.kind === 'failed') {
        this.#failure = result.error
        return null
      }
      if (result.value.rows.length === 0) break
      ids.push(...result.value.rows.map(each => each.fileId))
      index += result.value.rows.length
    }
    return ids
  }

  #stopSearch(): void {
    if (this.#search !== null) clearTimeout(this.#search.timer)
    this.#search = null
  }

  /** Asks for what is looked at and missing or out of date, a few requests at a time. */
  #fill(): void {
    if (this.#failure !== null || this.#flights.size >= mostFlights) return
    if (this.isReplacing) {
      if (this.#flights.size === 0) void this.#load(0, 0)
      return
    }
    const lastPage = Math.max(0, Math.ceil((this.#total ?? 0) / rowsPerPage) - 1)
    const within = (index: number): number => Math.min(lastPage, Math.max(0, pageOf(index)))
    const from = within(this.#wanted.first - rowsAhead)
    const to = Math.min(within(this.#wanted.last + rowsAhead), from + mostPagesAsked - 1)
    const needed = range(from, to).filter(page => this.#isNeeded(page))
    const [first] = needed
    const last = needed.at(-1)
    if (first === undefined || last === undefined) return
    // A refresh takes its neighbours along: the rows may have moved there.
    const isRefresh = needed.some(page => this.#pages.has(page))
    if (isRefresh) void this.#load(Math.max(0, from - 1), Math.min(to + 1, from + mostPagesAsked - 2))
    else void this.#load(first, last)
  }

  #isNeeded(page: number): boolean {
    if (this.#pages.isFresh(page, this.#revision)) return false
    return ![...this.#flights].some(flight => flight.first <= page && page <= flight.last)
  }

  async #load(first: number, last: number): Promise<void> {
    const filter = this.#filter
    const flight: Flight = { first, last, revision: this.#revision }
    const flights = this.#flights
    flights.add(flight)
    const limit = (last - first + 1) * rowsPerPage
    const result = await this.#host.request('listFiles', { ...filter, offset: first * rowsPerPage, limit })
    flights.delete(flight)
    // Another filter, or a page that is gone: nobody waits for this any more.
    if (flights !== this.#flights) return
    if (result.kind === 'failed') {
      this.#failure = result.error
      return
    }
    // An answer older than what is shown would turn the list back.
    if (flight.revision >= this.#shownRevision || this.isReplacing) {
      const { rows, total, sports } = result.value
      this.#sports = sports
      this.#take(flight, rows, total)
    }
    this.#fill()
  }

  #take(flight: Flight, rows: readonly FileRowView[], total: number): void {
    const isReplaced = this.isReplacing
    const offset = flight.first * rowsPerPage
    const top = isReplaced ? null : this.rowAt(this.#wanted.first)
    const known = isReplaced ? new FilePages() : this.#pages
    const at = { revision: flight.revision, total, here: this.#wanted.first }
    this.#pages = known.with(flight.first, flight.last, rows, at)
    this.#total = total
    this.#shown = this.#filter
    this.#shownRevision = flight.revision
    if (isReplaced) {
      this.#wanted = { first: 0, last: 0 }
      this.cursor.put(0, rows[0] ?? null)
      this.#tell({ kind: 'replaced' })
      return
    }
    this.cursor.follow(rows, offset, total)
    const now = top === null ? -1 : rows.findIndex(row => row.fileId === top.fileId)
    const moved = offset + now - this.#wanted.first
    if (now >= 0 && moved !== 0) this.#tell({ kind: 'shifted', rows: moved })
  }

  #tell(move: ListMove): void {
    for (const mover of this.#movers) mover(move)
  }
}

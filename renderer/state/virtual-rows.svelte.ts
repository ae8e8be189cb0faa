import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualItem,
  type VirtualizerOptions,
} from '@tanstack/virtual-core'

export interface RowsShape {
  readonly count: number
  /** Every row is this high, in pixels. */
  readonly rowHeight: number
  /** A row that stays in the page wherever it is: the one with the keyboard. */
  readonly kept: number
}

type Options = VirtualizerOptions<HTMLElement, HTMLElement>

/** The rows of a long list that are worth being in the page. */
export class VirtualRows {
  #element: HTMLElement | null = null
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>
  #shape: RowsShape = { count: 0, rowHeight: 1, kept: 0 }
  #items = $state.raw<readonly VirtualItem[]>([])
  #height = $state(0)
  readonly #onLook: (first: number, last: number) => void

  /** `onLook` hears which rows are in sight. */
  constructor(onLook: (first: number, last: number) => void) {
    this.#onLook = onLook
    this.#virtualizer = new Virtualizer(this.#options())
  }

  get items(): readonly VirtualItem[] {
    return this.#items
  }

  /** Of all rows together, so that the scrollbar tells the truth. */
  get height(): number {
    return this.#height
  }

  /** Begins with this scrolling element; answers a function that ends it. */
  attach(element: HTMLElement): () => void {
    this.#element = element
    this.#virtualizer._willUpdate()
    this.#read()
    const unmount = this.#virtualizer._didMount()
    return () => {
      unmount()
      this.#element = null
    }
  }

  reshape(shape: RowsShape): void {
    const isOtherHeight = shape.rowHeight !== this.#shape.rowHeight
    const first = this.#virtualizer.range?.startIndex ?? 0
    this.#shape = shape
    this.#virtualizer.setOptions(this.#options())
    if (isOtherHeight) {
      this.#virtualizer.measure()
      if (first > 0) this.scrollTo(first * shape.rowHeight)
    }
    this.#virtualizer._willUpdate()
    this.#read()
  }

  /** The least scrolling that brings the row into sight. */
  reveal(index: number): void {
    this.#virtualizer.scrollToIndex(index, { align: 'auto' })
  }

  scrollTo(top: number): void {
    this.#virtualizer.scrollToOffset(top)
  }

  /** The same rows went so many rows further down: goes with them, unless the top is shown. */
  shift(rows: number): void {
    const top = this.#element?.scrollTop ?? 0
    if (top > 0) this.scrollTo(Math.max(0, top + rows * this.#shape.rowHeight))
  }

  /** How many rows are in sight at once. */
  get span(): number {
    return Math.max(1, Math.floor((this.#element?.clientHeight ?? 0) / this.#shape.rowHeight))
  }

  #options(): Options {
    const { count, rowHeight, kept } = this.#shape
    return {
      count,
      estimateSize: () => rowHeight,
      overscan: 6,
      getScrollElement: () => this.#element,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.#read(),
      rangeExtractor: range => {
        const shown = defaultRangeExtractor(range)
        return kept >= count || shown.includes(kept) ? shown : [...shown, kept].sort((a, b) => a - b)
      },
    }
  }

  #read(): void {
    const { range } = this.#virtualizer
    this.#items = this.#virtualizer.getVirtualItems()
    this.#height = this.#virtualizer.getTotalSize()
    if (range !== null && this.#shape.count > 0) this.#onLook(range.startIndex, range.endIndex)
  }
}

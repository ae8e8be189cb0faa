import type { Fault } from './target.ts'

/** Inputs for one target, to be tried in order. */
export interface CageRequest {
  readonly target: string
  readonly inputs: readonly Uint8Array[]
  /** True to try each twice and to wait for what it leaves behind. */
  readonly isThorough: boolean
}

/** What became of one input. */
export type Outcome =
  { readonly kind: 'fine'; readonly reachesNew: boolean } | { readonly kind: 'failed'; readonly fault: Fault }

/** Characters of code within functions of the files under test: how many there are, how many ran. */
export interface Reach {
  readonly known: number
  readonly reached: number
}

export interface CageReply {
  readonly outcomes: readonly Outcome[]
  /** Null where coverage is not measured. */
  readonly reach: Reach | null
}

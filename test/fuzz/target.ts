import type { SimRandom } from '../sim/random.ts'

/** Makes another input from `input` and at times from `other`, which is one more that is known. */
export type Mutate = (random: SimRandom, input: Uint8Array, other: Uint8Array) => Uint8Array

/** One reader under test: how its inputs are made, and what it must hold to. */
export interface FuzzTarget {
  readonly name: string
  /** The files under test, from the project's root, a folder ending in a slash: their coverage is what counts. */
  readonly files: readonly string[]
  /** Valid inputs to start from. The same on each call. */
  readonly seeds: () => readonly Uint8Array[]
  readonly mutate: Mutate
  /**
   * Reads the input, checks the answer, and gives what is to be the same for the same bytes. Whatever it throws, or
   * rejects with, is a finding: the errors that the reader declares end here.
   */
  readonly run: (input: Uint8Array) => unknown
}

/** An answer outside what the reader promises. */
export class WrongShape extends Error {
  override readonly name = 'WrongShape'
}

/** States a promise of the reader. */
export function must(holds: boolean, promise: string): asserts holds {
  if (!holds) throw new WrongShape(promise)
}

/** Why an input is a finding. */
export interface Fault {
  /** `stray`: nobody caught it, and the process ended. `unsteady`: the same bytes twice gave two answers. */
  readonly kind: 'throw' | 'stray' | 'shape' | 'unsteady' | 'hang' | 'memory'
  /** One line that is the same for the same fault. */
  readonly what: string
  readonly detail: string
}

/** Are these one fault? Numbers in messages do not tell two apart. */
export function isSameFault(one: Fault, other: Fault): boolean {
  return one.kind === other.kind && one.what === other.what
}

/** Inputs longer than this are cut: a fault in a large file nearly always has a small one. */
export const mostInputBytes = 48 * 1024
/** So much processor time may one input take. */
export const mostCpuMs = 1000
/** So much may memory grow while one input is read. */
export const mostMemoryBytes = 256 * 1024 * 1024

import type { SimRandom } from '../random.ts'
import type { RecorderAct, RecorderStep } from '../recorder.ts'

/** Gathers a plan's steps in order. Each method answers the index of the step it added last. */
export class StepList {
  readonly #steps: RecorderStep[] = []

  get steps(): readonly RecorderStep[] {
    return this.#steps
  }

  /** Index of the last step; -1 before the first. */
  get last(): number {
    return this.#steps.length - 1
  }

  add(afterMs: number, act: RecorderAct): number {
    return this.#steps.push({ afterMs: Math.max(0, Math.round(afterMs)), act }) - 1
  }

  write(afterMs: number, path: string, at: number, bytes: Uint8Array): number {
    return this.add(afterMs, { kind: 'write', path, at, bytes })
  }

  truncate(afterMs: number, path: string, size: number): number {
    return this.add(afterMs, { kind: 'truncate', path, size })
  }

  rename(afterMs: number, from: string, to: string): number {
    return this.add(afterMs, { kind: 'rename', from, to })
  }

  remove(afterMs: number, path: string): number {
    return this.add(afterMs, { kind: 'remove', path })
  }

  ageMtime(afterMs: number, path: string, byMs: number): number {
    return this.add(afterMs, { kind: 'ageMtime', path, byMs: Math.round(byMs) })
  }

  /** Writes each piece behind the one before, a gap before each. */
  writePieces(path: string, pieces: readonly Uint8Array[], gapMs: () => number, from = 0): number {
    let at = from
    for (const piece of pieces) {
      this.write(gapMs(), path, at, piece)
      at += piece.length
    }
    return this.last
  }
}

/** So many bytes at the end come in one go, so that it is the last piece that makes a file whole. */
const lastPieceBytes = 8

/** The bytes cut at `count - 1` places that the seed picks; fewer when there are too few bytes. No piece is empty. */
export function cutUp(random: SimRandom, bytes: Uint8Array, count: number): readonly Uint8Array[] {
  const places = new Set<number>()
  const lastPlace = bytes.length - lastPieceBytes
  for (let n = 1; n < count && lastPlace > 0; n++) places.add(random.int(1, lastPlace))
  const ends = [...places, bytes.length].toSorted((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end))
}

/** A span of time of which short and long are equally likely at every scale. */
export function spanMs(random: SimRandom, leastMs: number, mostMs: number): number {
  return Math.round(leastMs * (mostMs / leastMs) ** random.next())
}

import type { SimRandom } from '../../sim/random.ts'

type Change =
  | { readonly kind: 'write'; readonly at: number; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly at: number; readonly size: number }

/** What becomes of bytes that were written and not flushed. */
export type BytesFate = 'kept' | 'lost' | 'zeros' | 'first part' | 'some' | 'torn'

export const bytesFates: readonly BytesFate[] = ['kept', 'lost', 'zeros', 'first part', 'some', 'torn']

const sectorBytes = 512

/** One file's bytes: those that are safe, and what was done to them since. */
export class FileBytes {
  #safe: Uint8Array
  #since: Change[] = []

  constructor(safe: Uint8Array) {
    this.#safe = safe
  }

  write(at: number, offset: number, bytes: Uint8Array): void {
    this.#since.push({ kind: 'write', at, offset, bytes })
  }

  truncate(at: number, size: number): void {
    this.#since.push({ kind: 'truncate', at, size })
  }

  /** What was done before that moment is safe from now on. */
  flush(at: number): void {
    const done = this.#since.filter(change => change.at < at)
    this.#since = this.#since.filter(change => change.at >= at)
    this.#safe = applied(this.#safe, done)
  }

  get isSafe(): boolean {
    return this.#since.length === 0
  }

  /** As the file could be found after a power cut now. */
  after(fate: BytesFate, random: SimRandom): Uint8Array {
    const since = this.#since
    switch (fate) {
      case 'kept':
        return applied(this.#safe, since)
      case 'lost':
        return this.#safe
      case 'zeros':
        return applied(
          this.#safe,
          since.map(change => (change.kind === 'truncate' ? change : zerosFor(change, this.#safe))),
        )
      case 'first part':
        return applied(this.#safe, cutLast(since.slice(0, random.int(0, since.length)), random))
      case 'some':
        return applied(
          this.#safe,
          since.filter(() => random.chance(0.5)),
        )
      case 'torn':
        return applied(
          this.#safe,
          since.flatMap(change => (change.kind === 'truncate' ? change : sectorsOf(change, random))),
        )
    }
  }
}

function applied(bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  let size = bytes.length
  let most = size
  for (const change of changes) {
    size = change.kind === 'truncate' ? change.size : Math.max(size, change.offset + change.bytes.length)
    most = Math.max(most, size)
  }
  const whole = new Uint8Array(most)
  whole.set(bytes)
  let end = bytes.length
  for (const change of changes) {
    if (change.kind === 'write') {
      whole.set(change.bytes, change.offset)
      end = Math.max(end, change.offset + change.bytes.length)
    } else {
      // What grows again after a cut grows by zeros.
      if (change.size < end) whole.fill(0, change.size, end)
      end = change.size
    }
  }
  return whole.subarray(0, end)
}

/** The file has its new length, and where nothing was before, nothing but zeros. What was overwritten is as it was. */
function zerosFor(write: Change & { readonly kind: 'write' }, safe: Uint8Array): Change {
  const bytes = new Uint8Array(write.bytes.length)
  bytes.set(safe.subarray(write.offset, write.offset + bytes.length))
  return { ...write, bytes }
}

/** The last write reached the disk in part. */
function cutLast(changes: readonly Change[], random: SimRandom): readonly Change[] {
  const last = changes.at(-1)
  if (last?.kind !== 'write') return changes
  const sectors = Math.ceil(last.bytes.length / sectorBytes)
  const kept = last.bytes.subarray(0, random.int(0, sectors) * sectorBytes)
  return [...changes.slice(0, -1), { ...last, bytes: kept }]
}

/** The sectors of a write, each of which has reached the disk or not. */
function sectorsOf(write: Change & { readonly kind: 'write' }, random: SimRandom): readonly Change[] {
  const sectors: Change[] = []
  for (let from = 0; from < write.bytes.length; from += sectorBytes) {
    if (random.chance(0.3)) continue
    const bytes = write.bytes.subarray(from, from + sectorBytes)
    sectors.push({ ...write, offset: write.offset + from, bytes })
  }
  return sectors
}

import type { SimRandom } from '../../sim/random.ts'
import { join } from '../../helpers/fit-writer.ts'

/** Numbers at which readers count wrongly. */
const edges = [0, 1, 2, 3, 7, 8, 12, 14, 15, 16, 22, 31, 32, 63, 64, 127, 128, 129, 253, 254, 255] as const
const wideEdges = [
  0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xfffe, 0xffff, 0x10000, 0xffffff, 0x0fffffff, 0x10000000,
  0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
] as const

/** A whole number that readers may trip over, of up to 32 bits. */
export function oddNumber(random: SimRandom): number {
  return random.chance(0.3) ? random.int(0, 0xffffffff) : random.pick(wideEdges)
}

/** A byte that readers may trip over. */
export function oddByte(random: SimRandom): number {
  return random.chance(0.4) ? random.int(0, 255) : random.pick(edges)
}

/** The bytes with `count` of them at `at` put out, and others put in. */
export function spliced(bytes: Uint8Array, at: number, count: number, insert: Uint8Array): Uint8Array {
  return join([bytes.subarray(0, at), insert, bytes.subarray(at + count)])
}

/** Writes a number of 1, 2 or 4 bytes, as far as there is room. */
export function poked(
  bytes: Uint8Array,
  at: number,
  size: number,
  value: number,
  little: boolean,
): Uint8Array {
  const out = bytes.slice()
  for (let index = 0; index < size; index++) {
    const shift = 8 * (little ? index : size - 1 - index)
    if (at + index < out.length) out[at + index] = Math.floor(value / 2 ** shift) & 0xff
  }
  return out
}

/** Changes bytes with no regard to what they mean. */
export function havoc(random: SimRandom, input: Uint8Array, other: Uint8Array): Uint8Array {
  if (input.length === 0) return other.length > 0 ? other.slice() : Uint8Array.of(oddByte(random))
  const at = random.int(0, input.length - 1)
  const length = random.int(1, Math.min(input.length - at, random.chance(0.2) ? input.length : 16))
  switch (random.int(0, 10)) {
    case 0:
      return input.with(at, (input[at] ?? 0) ^ (1 << random.int(0, 7)))
    case 1:
      return input.with(at, oddByte(random))
    case 2:
      return poked(input, at, random.pick([2, 4]), oddNumber(random), random.chance(0.7))
    case 3:
      return spliced(input, at, length, new Uint8Array(0))
    case 4: {
      const times = random.int(1, random.chance(0.1) ? 200 : 4)
      const piece = input.subarray(at, at + length)
      return spliced(input, at, 0, join(Array.from({ length: times }, () => piece)))
    }
    case 5:
      return spliced(
        input,
        at,
        0,
        Uint8Array.from({ length: random.int(1, 8) }, () => oddByte(random)),
      )
    case 6:
      return input.slice(0, at)
    case 7:
      return input.slice().fill(random.pick([0, 0, 0xff, 0x20]), at, at + length)
    case 8: {
      const from = random.int(0, Math.max(0, other.length - 1))
      return spliced(input, at, length, other.subarray(from, from + random.int(1, 512)))
    }
    case 9:
      return join([input.subarray(0, at), other.subarray(random.int(0, Math.max(0, other.length - 1)))])
    default:
      return join([input, random.chance(0.5) ? other : new Uint8Array(random.int(1, 4096))])
  }
}

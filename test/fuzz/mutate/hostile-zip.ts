import { crc32 } from 'node:zlib'
import { deflateSync } from 'fflate'
import { join } from '../../helpers/fit-writer.ts'
import type { SimRandom } from '../../sim/random.ts'
import type { Mutate } from '../target.ts'
import { oddByte, oddNumber } from './bytes.ts'
import { oddText } from './hostile-texts.ts'

/** A zip whose directory fits, of entries with odd names, packings, flags, extra fields, sizes and comments. */
export function hostileZip(random: SimRandom, inner: Mutate, contents: readonly Uint8Array[]): Uint8Array {
  const locals: Uint8Array[] = []
  const central: Uint8Array[] = []
  let offset = 0
  let previous = 0
  const count = random.pick([0, 1, 1, 2, 3, 40])
  for (let index = 0; index < count; index++) {
    const base = random.pick(contents)
    const content = count > 3 ? base.subarray(0, 200) : inner(random, base, base).subarray(0, 4096)
    const method = random.pick([0, 8, 8, 8, 9, 12, 99])
    const data = method === 8 ? deflateSync(content) : content
    const name = nameBytes(random, index)
    const flags = random.pick([0, 0, 0, 0x0800, 0x0008, 0x0001, 0x2041])
    const extra = extraField(random, content.length, data.length, offset)
    const lies = random.chance(0.1)
    const sizes = [
      lies ? oddNumber(random) : crc32(content),
      data.length,
      lies ? oddNumber(random) : content.length,
    ]
    const isWide = extra.length > 0 && random.chance(0.7)
    const shownSizes = isWide ? [sizes[0] ?? 0, 0xffffffff, 0xffffffff] : sizes
    const local = join([
      record(0x04034b50, [20, flags, method, 0, 0], shownSizes, [name.length, 0]),
      name,
      data,
    ])
    // Entries may share one place, or stand on one another.
    const place = random.chance(0.1) ? previous : offset
    const tail = record(0, [], [isWide ? 0xffffffff : place])
    central.push(
      join([
        record(0x02014b50, [0x031e, 20, flags, method, 0, 0], shownSizes, [
          name.length,
          extra.length,
          0,
          0,
          0,
        ]),
        Uint8Array.of(0, 0, 0, 0),
        tail.subarray(4),
        name,
        extra,
      ]),
    )
    locals.push(local)
    previous = offset
    offset += local.length
  }
  const directory = join(central)
  const comment = random.chance(0.2) ? new TextEncoder().encode(oddText(random)) : new Uint8Array(0)
  const [entries, at, size] = random.chance(0.15)
    ? [0xffff, 0xffffffff, 0xffffffff]
    : [count, offset, directory.length]
  return join([
    ...locals,
    directory,
    ...(random.chance(0.2) ? zip64End(random, count, offset, directory.length) : []),
    endRecord([entries, entries], [size, at], comment.length),
    comment,
  ])
}

function nameBytes(random: SimRandom, index: number): Uint8Array {
  if (random.chance(0.5))
    return new TextEncoder().encode(
      `ride${index}${random.pick(['.fit', '.tcx', '.gpx', '.fit.gz', '.zip', '/', '.txt'])}`,
    )
  if (random.chance(0.1)) return Uint8Array.of(0xff, 0xfe, 0x2f, oddByte(random))
  return new TextEncoder().encode(`${oddText(random)}${random.pick(['', '.fit', '/x.fit'])}`.slice(0, 1000))
}

function extraField(random: SimRandom, bytes: number, packedBytes: number, at: number): Uint8Array {
  if (random.chance(0.6)) return new Uint8Array(0)
  const body = new Uint8Array(random.pick([0, 8, 16, 24, 28]))
  const view = new DataView(body.buffer)
  for (const [index, value] of [bytes, packedBytes, at].entries()) {
    if (index * 8 + 8 > body.length) break
    view.setUint32(index * 8, random.chance(0.8) ? value : oddNumber(random), true)
    if (random.chance(0.1)) view.setUint32(index * 8 + 4, oddNumber(random), true)
  }
  const id = random.pick([0x0001, 0x0001, 0x7075, 0x9901])
  const size = random.chance(0.9) ? body.length : oddByte(random)
  return join([Uint8Array.of(id & 0xff, id >> 8, size, 0), body])
}

function zip64End(random: SimRandom, count: number, at: number, size: number): readonly Uint8Array[] {
  const end = new Uint8Array(56)
  const view = new DataView(end.buffer)
  view.setUint32(0, 0x06064b50, true)
  view.setUint32(4, 44, true)
  for (const [place, value] of [
    [24, count],
    [32, count],
    [40, size],
    [48, at],
  ] as const) {
    view.setUint32(place, random.chance(0.85) ? value : oddNumber(random), true)
  }
  const locator = new Uint8Array(20)
  const locatorView = new DataView(locator.buffer)
  locatorView.setUint32(0, 0x07064b50, true)
  locatorView.setUint32(8, random.chance(0.85) ? at + size : oddNumber(random), true)
  locatorView.setUint32(16, 1, true)
  return [end, locator]
}

function endRecord(counts: readonly number[], places: readonly number[], comment: number): Uint8Array {
  return record(0x06054b50, [0, 0, ...counts], places, [comment])
}

/** A mark, then numbers of two bytes, of four, and of two. */
function record(
  mark: number,
  words: readonly number[],
  doubles: readonly number[],
  last: readonly number[] = [],
): Uint8Array {
  const bytes = new Uint8Array(4 + words.length * 2 + doubles.length * 4 + last.length * 2)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, mark, true)
  let at = 4
  for (const [size, values] of [
    [2, words],
    [4, doubles],
    [2, last],
  ] as const)
    for (const value of values) {
      if (size === 2) view.setUint16(at, value & 0xffff, true)
      else view.setUint32(at, value >>> 0, true)
      at += size
    }
  return bytes
}

import { gunzipSync } from 'node:zlib'
import { gzipSync } from 'fflate'
import { join } from '../../helpers/fit-writer.ts'
import type { SimRandom } from '../../sim/random.ts'
import { havoc, oddByte, oddNumber, poked } from './bytes.ts'
import { oddText } from './hostile-texts.ts'
import { hostileZip } from './hostile-zip.ts'
import type { Mutate } from '../target.ts'

/** Changes a gzip: its content (by the content's own rules), its header, its members, its trailer. */
export function mutateGzip(inner: Mutate): Mutate {
  return (random, input, other) => {
    switch (random.int(0, 5)) {
      case 0:
        return havoc(random, input, other)
      case 1:
        return join([input, random.chance(0.7) ? other : new Uint8Array(random.int(1, 600))])
      case 2:
        return poked(input, input.length - random.pick([8, 4]), 4, oddNumber(random), true)
      case 3:
        return withHeaderFields(random, input)
      default: {
        const [content, donor] = [unpacked(input), unpacked(other)]
        if (content === null) return havoc(random, input, other)
        return packed(random, inner(random, content, donor ?? content))
      }
    }
  }
}

function unpacked(bytes: Uint8Array): Uint8Array | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: 2 ** 20 })
  } catch {
    return null
  }
}

function packed(random: SimRandom, content: Uint8Array): Uint8Array {
  const repeated = random.chance(0.05) ? join([content, new Uint8Array(random.int(1, 2 ** 20))]) : content
  // Not Node's own: its packed bytes are not always the same for the same content.
  return gzipSync(repeated, { level: random.pick([0, 1, 9]), mtime: 0 })
}

function withHeaderFields(random: SimRandom, gzip: Uint8Array): Uint8Array {
  const flags = random.pick([1, 2, 4, 8, 16, 0x1c, 0xe0, 0xff])
  const extra = Uint8Array.from({ length: random.int(0, 12) }, () => oddByte(random))
  const fields = [
    ...(flags & 4 ? [Uint8Array.of(random.chance(0.8) ? extra.length : 0xff, 0), extra] : []),
    ...(flags & 8 ? [new TextEncoder().encode(`${oddText(random)}\0`)] : []),
    ...(flags & 16 ? [new TextEncoder().encode('note\0')] : []),
    ...(flags & 2 ? [Uint8Array.of(oddByte(random), oddByte(random))] : []),
  ]
  return join([gzip.subarray(0, 3), Uint8Array.of(flags), gzip.subarray(4, 10), ...fields, gzip.subarray(10)])
}

/** Where the numbers stand in each of a zip's records, with their sizes. */
const zipFields: readonly {
  readonly mark: number
  readonly fields: readonly (readonly [number, number])[]
}[] = [
  {
    mark: 0x04034b50,
    fields: [
      [4, 2],
      [6, 2],
      [8, 2],
      [14, 4],
      [18, 4],
      [22, 4],
      [26, 2],
      [28, 2],
    ],
  },
  {
    mark: 0x02014b50,
    fields: [
      [4, 2],
      [6, 2],
      [8, 2],
      [10, 2],
      [16, 4],
      [20, 4],
      [24, 4],
      [28, 2],
      [30, 2],
      [32, 2],
      [34, 2],
      [38, 4],
      [42, 4],
    ],
  },
  {
    mark: 0x06054b50,
    fields: [
      [4, 2],
      [6, 2],
      [8, 2],
      [10, 2],
      [12, 4],
      [16, 4],
      [20, 2],
    ],
  },
  {
    mark: 0x06064b50,
    fields: [
      [4, 4],
      [24, 4],
      [28, 4],
      [32, 4],
      [40, 4],
      [44, 4],
      [48, 4],
      [52, 4],
    ],
  },
  {
    mark: 0x07064b50,
    fields: [
      [4, 4],
      [8, 4],
      [12, 4],
      [16, 4],
    ],
  },
]

/** Changes a zip: a number in one of its records, or the whole of it for one with hostile entries. */
export function mutateZip(inner: Mutate): Mutate {
  return (random, input, other) => {
    switch (random.int(0, 7)) {
      case 0:
        return havoc(random, input, other)
      case 1:
        return join([input, random.chance(0.5) ? other : new Uint8Array(random.int(1, 70_000))])
      case 2:
      case 3:
        return hostileZip(random, inner, [input, other])
      default:
        return oddField(random, input)
    }
  }
}

function oddField(random: SimRandom, zip: Uint8Array): Uint8Array {
  const places = recordsIn(zip)
  if (places.length === 0) return havoc(random, zip, zip)
  const { at, fields } = random.pick(places)
  const [offset, size] = random.pick(fields)
  const near = random.chance(0.3)
  const view = new DataView(zip.buffer, zip.byteOffset, zip.length)
  const now = at + offset + 4 <= zip.length ? view.getUint32(at + offset, true) : 0
  return poked(zip, at + offset, size, near ? now + random.pick([-1, 1, 4]) : oddNumber(random), true)
}

interface Place {
  readonly at: number
  readonly fields: readonly (readonly [number, number])[]
}

function recordsIn(zip: Uint8Array): readonly Place[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.length)
  const places: Place[] = []
  for (let at = 0; at + 4 <= zip.length; at++) {
    if (zip[at] !== 0x50 || zip[at + 1] !== 0x4b) continue
    const known = zipFields.find(({ mark }) => mark === view.getUint32(at, true))
    if (known !== undefined) places.push({ at, fields: known.fields })
  }
  return places
}

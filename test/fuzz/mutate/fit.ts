import { join, slowFitCrc } from '../../helpers/fit-writer.ts'
import type { SimRandom } from '../../sim/random.ts'
import { havoc, oddByte, oddNumber, poked } from './bytes.ts'

/** One record of a FIT part, as bytes that can be changed on their own. */
type FitRecord = Uint8Array

interface FitPart {
  /** Up to the records; its sizes and checksums are written anew. */
  readonly header: Uint8Array
  readonly records: readonly FitRecord[]
}

/** Changes a FIT by its parts, records, definitions and fields; sizes and checksums are mostly made to fit again. */
export function mutateFit(random: SimRandom, input: Uint8Array, other: Uint8Array): Uint8Array {
  if (random.chance(0.15)) return havoc(random, input, other)
  const parts = partsOf(input)
  const others = partsOf(other)
  const first = parts[0]
  if (first === undefined) return havoc(random, input, other)
  const at = random.int(0, parts.length - 1)
  const part = parts[at] ?? first
  switch (random.int(0, 9)) {
    case 0:
      return seal(random, [...parts, ...others.slice(0, random.int(1, 3))])
    case 1:
      return seal(random, [...parts, part])
    case 2:
      return seal(random, parts.with(at, { ...part, header: oddHeader(random, part.header) }))
    case 3:
      return join([
        seal(random, parts),
        random.chance(0.5) ? new Uint8Array(random.int(1, 64)) : other.subarray(0, random.int(1, 40)),
      ])
    case 4: {
      const records = [...part.records, ...(others[0]?.records ?? []).slice(random.int(0, 8))]
      return seal(random, parts.with(at, { ...part, records }))
    }
    default:
      return seal(random, parts.with(at, { ...part, records: changed(random, part.records) }))
  }
}

function changed(random: SimRandom, records: readonly FitRecord[]): readonly FitRecord[] {
  const at = random.int(0, Math.max(0, records.length - 1))
  const record = records[at]
  if (record === undefined) return [oddDefinition(random)]
  const to = random.int(0, records.length)
  switch (random.int(0, 9)) {
    case 0:
      return records.toSpliced(at, random.int(1, 4))
    case 1:
      return records.toSpliced(to, 0, ...Array.from({ length: random.int(1, 20) }, () => record))
    case 2:
      return records.toSpliced(at, 1).toSpliced(to, 0, record)
    case 3: {
      const made = oddDefinition(random)
      const size = sizeBy(made) ?? 0
      const local = (made[0] ?? 0) & 0x0f
      const data = Uint8Array.from({ length: 1 + Math.min(size, 2000) }, (_, place) =>
        place === 0 ? local : oddByte(random),
      )
      return records.toSpliced(to, 0, made, ...(random.chance(0.8) ? [data] : []))
    }
    case 4:
      // The same record behind a header that carries a compressed time.
      return isDefinition(record)
        ? records.with(at, record.with(0, (record[0] ?? 0) ^ 0x20))
        : records.with(at, record.with(0, 0x80 | (((record[0] ?? 0) & 3) << 5) | random.int(0, 31)))
    case 5:
      return records.with(at, havoc(random, record, records[to] ?? record))
    case 6:
      return records.slice(0, at)
    default:
      return records.with(at, isDefinition(record) ? oddField(random, record) : oddValue(random, record))
  }
}

/** A definition with one field, its sum of fields, its byte order or its message changed. */
function oddField(random: SimRandom, definition: FitRecord): FitRecord {
  const fields = definition[5] ?? 0
  const at = 6 + 3 * random.int(0, Math.max(0, fields - 1))
  switch (random.int(0, 6)) {
    case 0:
      return poked(definition, 3, 2, random.pick([0, 12, 18, 20, 34, 206, 207, 0xffff]), definition[2] !== 1)
    case 1:
      return poked(definition, 2, 1, oddByte(random), true)
    case 2:
      return poked(definition, 5, 1, oddByte(random), true)
    case 3:
      return poked(definition, at, 1, random.pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 253, 254]), true)
    case 4:
      return poked(definition, at + 1, 1, oddByte(random), true)
    case 5:
      return poked(
        definition,
        at + 2,
        1,
        random.pick([
          0, 1, 2, 0x83, 0x84, 0x85, 0x86, 7, 0x88, 0x89, 0x0a, 0x8b, 0x8c, 0x0d, 0x8e, 0x8f, 0x90, 0xff,
        ]),
        true,
      )
    default: {
      const developer = Uint8Array.from({ length: random.int(0, 3) * 3 }, () => oddByte(random))
      const flagged = definition.with(0, (definition[0] ?? 0) | 0x20)
      return join([
        flagged,
        Uint8Array.of(random.chance(0.8) ? developer.length / 3 : oddByte(random)),
        developer,
      ])
    }
  }
}

function oddDefinition(random: SimRandom): FitRecord {
  const fields = Array.from({ length: random.int(0, 5) }, () => [
    random.pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 253]),
    random.chance(0.6) ? random.pick([1, 2, 4]) : oddByte(random),
    random.pick([0, 1, 2, 0x83, 0x84, 0x85, 0x86, 7, 0x88, 0x0a, 0x8b, 0x8c, 0x8f, oddByte(random)]),
  ])
  const big = random.chance(0.3) ? 1 : 0
  const message = random.pick([0, 12, 18, 20, 20, 23, 34, 206])
  const number = big === 1 ? [message >> 8, message & 0xff] : [message & 0xff, message >> 8]
  return Uint8Array.of(0x40 | random.int(0, 15), 0, big, ...number, fields.length, ...fields.flat())
}

function oddValue(random: SimRandom, data: FitRecord): FitRecord {
  const at = random.int(1, Math.max(1, data.length - 1))
  if (random.chance(0.1)) return data.slice().fill(random.pick([0, 0xff]), 1)
  return poked(data, at, random.pick([1, 2, 4]), oddNumber(random), random.chance(0.8))
}

function oddHeader(random: SimRandom, header: Uint8Array): Uint8Array {
  if (random.chance(0.3)) {
    const size = random.pick([12, 13, 14, 15, 20, 255])
    const other = new Uint8Array(size)
    other.set(header.subarray(0, size))
    other[0] = size
    return other
  }
  return poked(header, random.int(0, 11), 1, oddByte(random), true)
}

/** Header, records and checksum of each part; now and then one of the sizes or checksums is wrong. */
function seal(random: SimRandom, parts: readonly FitPart[]): Uint8Array {
  return join(
    parts.map(({ header, records }) => {
      const body = join(records)
      const head = header.slice()
      const view = new DataView(head.buffer)
      if (head.length >= 12) {
        const lie = random.chance(0.08) ? random.pick([-3, -2, -1, 1, 2, 40]) : 0
        const size = random.chance(0.04) ? oddNumber(random) : body.length + lie
        view.setUint32(4, size >>> 0, true)
      }
      if (head.length >= 14) {
        const checksum = random.chance(0.06)
          ? oddNumber(random)
          : random.chance(0.1)
            ? 0
            : slowFitCrc(head.subarray(0, 12))
        view.setUint16(12, checksum & 0xffff, true)
      }
      const whole = join([head, body])
      const crc = random.chance(0.08) ? oddNumber(random) : slowFitCrc(whole)
      return join([whole, Uint8Array.of(crc & 0xff, (crc >> 8) & 0xff)])
    }),
  )
}

function isDefinition(record: FitRecord): boolean {
  return ((record[0] ?? 0) & 0xc0) === 0x40
}

/** The payload that a definition asks for; null for half a definition. */
function sizeBy(definition: FitRecord): number | null {
  const fields = definition[5]
  if (fields === undefined) return null
  const developerAt = 6 + fields * 3
  let size = 0
  for (let at = 6; at < developerAt; at += 3) size += definition[at + 1] ?? 0
  for (let at = developerAt + 1; at < definition.length; at += 3) size += definition[at + 1] ?? 0
  return size
}

/** Takes a file apart as far as it can be read; what cannot be is one last record. */
function partsOf(bytes: Uint8Array): readonly FitPart[] {
  const parts: FitPart[] = []
  for (let at = 0; at < bytes.length;) {
    const headerSize = bytes[at] ?? 0
    if (headerSize < 12 || at + headerSize > bytes.length) break
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, headerSize)
    const start = at + headerSize
    const end = Math.min(start + view.getUint32(4, true), bytes.length)
    parts.push({ header: bytes.slice(at, start), records: recordsOf(bytes.subarray(start, end)) })
    at = end + 2
  }
  return parts
}

function recordsOf(body: Uint8Array): readonly FitRecord[] {
  const sizes = new Map<number, number>()
  const records: FitRecord[] = []
  let at = 0
  while (at < body.length) {
    const head = body[at] ?? 0
    const local = (head & 0x80) !== 0 ? (head >> 5) & 3 : head & 0x0f
    let length: number
    if ((head & 0xc0) === 0x40) {
      length = 6 + (body[at + 5] ?? 0) * 3
      if ((head & 0x20) !== 0) length += 1 + (body[at + length] ?? 0) * 3
      sizes.set(local, sizeBy(body.subarray(at, at + length)) ?? 0)
    } else {
      const size = sizes.get(local)
      length = size === undefined ? body.length : 1 + size
    }
    records.push(body.slice(at, at + length))
    at += length
  }
  return records
}

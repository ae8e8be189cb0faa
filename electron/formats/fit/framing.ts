import { fitCrc } from './crc.ts'
import { hasFitSignature, readFitHeader, smallestHeaderBytes } from './header.ts'
import type { FitHeader } from './header.ts'
import { numberOf } from './message.ts'
import type { FitDefinition, FitField, FitMessage } from './message.ts'

/** How one part of a (chained) FIT file ended. */
export interface FitPartEnd {
  readonly header: FitHeader
  /** `broken`: a record that no definition explains. `cut`: the last record crosses the part's end. */
  readonly records: 'whole' | 'broken' | 'cut'
  /** `missing`: the bytes ended before the checksum did. */
  readonly checksum: 'good' | 'bad' | 'missing'
}

/** Who is told what the framing finds, in order. */
export interface FitListener {
  part(): void
  message(message: FitMessage): void
  partEnd(end: FitPartEnd): void
}

/** What follows the last part. Null when nothing does. */
export interface FitTrailer {
  readonly bytes: number
  /** True when so few bytes follow that they may be the start of another header. */
  readonly mayBeHeader: boolean
}

const timestampField = 253
const definitionHeadBytes = 6

type State = 'header' | 'records' | 'rest' | 'checksum' | 'trailer'

/**
 * Reads FIT's framing from bytes pushed in pieces: headers, definitions, data messages, checksums and chained parts.
 * It keeps at most one unfinished message (under 131 kB) and sixteen definitions, and never throws for any content.
 */
export class FitFraming {
  readonly #listener: FitListener
  #state: State = 'header'
  #pending: Uint8Array = new Uint8Array(0)
  #at = 0
  #header: FitHeader | null = null
  #left = 0
  #crc = 0
  #records: FitPartEnd['records'] = 'whole'
  #definitions: (FitDefinition | undefined)[] = []
  #lastTimestamp: number | null = null
  #trailingBytes = 0
  #blankTail = 0

  constructor(listener: FitListener) {
    this.#listener = listener
  }

  /** How many of the bytes seen so far are zeros at the very end. */
  get blankTail(): number {
    return this.#blankTail
  }

  push(chunk: Uint8Array): void {
    this.#countBlankTail(chunk)
    this.#pending = this.#at < this.#pending.length ? joined(this.#pending.subarray(this.#at), chunk) : chunk
    this.#at = 0
    while (this.#at < this.#pending.length && this.#step());
    // A copy, since the source may use its chunk again.
    this.#pending = this.#pending.slice(this.#at)
    this.#at = 0
  }

  /** Call once after the last byte. */
  finish(): FitTrailer | null {
    if (this.#state !== 'header' && this.#state !== 'trailer') {
      this.#endPart('missing')
      return null
    }
    if (this.#state === 'trailer') return { bytes: this.#trailingBytes, mayBeHeader: false }
    return this.#pending.length === 0 ? null : { bytes: this.#pending.length, mayBeHeader: true }
  }

  /** One step; false when it needs more bytes. */
  #step(): boolean {
    switch (this.#state) {
      case 'header':
        return this.#readHeader()
      case 'records':
        return this.#readRecord()
      case 'rest':
        return this.#skipRest()
      case 'checksum':
        return this.#readChecksum()
      case 'trailer':
        this.#trailingBytes += this.#available()
        this.#at = this.#pending.length
        return false
    }
  }

  #readHeader(): boolean {
    const size = this.#pending[this.#at] ?? 0
    if (size < smallestHeaderBytes) return this.#enterTrailer()
    if (this.#available() < smallestHeaderBytes) return false
    if (!hasFitSignature(this.#pending, this.#at)) return this.#enterTrailer()
    if (this.#available() < size) return false
    const header = readFitHeader(this.#pending, this.#at)
    if (header === null) return this.#enterTrailer()
    this.#header = header
    this.#crc = 0
    this.#consume(size)
    this.#left = header.dataSize ?? Number.POSITIVE_INFINITY
    this.#records = 'whole'
    this.#definitions = []
    this.#lastTimestamp = null
    this.#state = 'records'
    this.#listener.part()
    return true
  }

  #enterTrailer(): boolean {
    this.#state = 'trailer'
    return true
  }

  #readRecord(): boolean {
    if (this.#left === 0) return this.#to('checksum')
    const head = this.#pending[this.#at] ?? 0
    if ((head & 0xc0) === 0x40) return this.#readDefinition((head & 0x20) !== 0, head & 0x0f)
    const compressed = (head & 0x80) !== 0
    const definition = this.#definitions[compressed ? (head >> 5) & 0x03 : head & 0x0f]
    if (definition === undefined) return this.#breakRecords('broken')
    const length = 1 + definition.size
    if (length > this.#left) return this.#breakRecords('cut')
    if (this.#available() < length) return false
    const payload = new DataView(
      this.#pending.buffer,
      this.#pending.byteOffset + this.#at + 1,
      definition.size,
    )
    const timestamp = this.#timestampOf(definition, payload, compressed ? head & 0x1f : null)
    this.#listener.message({ definition, payload, timestamp })
    this.#consume(length)
    return true
  }

  /** FIT's rule for compressed headers: five bits that replace the last timestamp's low five, rolling over every 32 s. */
  #timestampOf(definition: FitDefinition, payload: DataView, offset: number | null): number | null {
    const own = numberOf(definition, payload, timestampField)
    const last = this.#lastTimestamp
    if (own !== null) this.#lastTimestamp = own
    else if (offset === null) return null
    else if (last !== null) this.#lastTimestamp = last + ((offset - (last % 32) + 32) % 32)
    return own ?? this.#lastTimestamp
  }

  #readDefinition(withDeveloperFields: boolean, local: number): boolean {
    const view = this.#pending
    const start = this.#at
    if (definitionHeadBytes > this.#left) return this.#breakRecords('cut')
    if (this.#available() < definitionHeadBytes) return false
    const fieldCount = view[start + 5] ?? 0
    let length = definitionHeadBytes + fieldCount * 3
    if (withDeveloperFields) {
      if (length + 1 > this.#left) return this.#breakRecords('cut')
      if (this.#available() < length + 1) return false
      length += 1 + (view[start + length] ?? 0) * 3
    }
    if (length > this.#left) return this.#breakRecords('cut')
    if (this.#available() < length) return false
    const littleEndian = view[start + 2] !== 1
    const low = view[start + (littleEndian ? 3 : 4)] ?? 0
    const high = view[start + (littleEndian ? 4 : 3)] ?? 0
    const fields: FitField[] = []
    let size = 0
    const lastField = start + definitionHeadBytes + fieldCount * 3
    for (let at = start + definitionHeadBytes; at < lastField; at += 3) {
      const field = {
        number: view[at] ?? 0,
        offset: size,
        size: view[at + 1] ?? 0,
        baseType: view[at + 2] ?? 0,
      }
      fields.push(field)
      size += field.size
    }
    for (let at = lastField + 1; at < start + length; at += 3) size += view[at + 1] ?? 0
    this.#definitions[local] = { message: low | (high << 8), littleEndian, fields, size }
    this.#consume(length)
    return true
  }

  #breakRecords(how: 'broken' | 'cut'): boolean {
    this.#records = how
    return this.#to('rest')
  }

  /** After a record that makes no sense only the checksum of the rest is of use. */
  #skipRest(): boolean {
    this.#consume(Math.min(this.#left, this.#available()))
    return this.#left === 0 ? this.#to('checksum') : false
  }

  #readChecksum(): boolean {
    if (this.#available() < 2) return false
    const stored = (this.#pending[this.#at] ?? 0) | ((this.#pending[this.#at + 1] ?? 0) << 8)
    this.#at += 2
    this.#endPart(stored === this.#crc ? 'good' : 'bad')
    return this.#to('header')
  }

  #endPart(checksum: FitPartEnd['checksum']): void {
    const header = this.#header
    this.#header = null
    if (header !== null) this.#listener.partEnd({ header, records: this.#records, checksum })
  }

  #to(state: State): boolean {
    this.#state = state
    return true
  }

  #available(): number {
    return this.#pending.length - this.#at
  }

  #consume(length: number): void {
    // An unfinished part has no checksum to compare with.
    if (this.#header?.dataSize !== null)
      this.#crc = fitCrc(this.#crc, this.#pending, this.#at, this.#at + length)
    this.#at += length
    this.#left -= length
  }

  #countBlankTail(chunk: Uint8Array): void {
    let at = chunk.length
    while (at > 0 && chunk[at - 1] === 0) at--
    this.#blankTail = at === 0 ? this.#blankTail + chunk.length : chunk.length - at
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

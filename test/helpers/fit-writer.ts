/** The FIT base types the builders write, with their code in a definition and their size in bytes. */
const baseTypes = {
  enum: { code: 0x00, size: 1, unset: 0xff },
  uint8: { code: 0x02, size: 1, unset: 0xff },
  sint32: { code: 0x85, size: 4, unset: 0x7fffffff },
  uint16: { code: 0x84, size: 2, unset: 0xffff },
  uint32: { code: 0x86, size: 4, unset: 0xffffffff },
  uint32z: { code: 0x8c, size: 4, unset: 0 },
} as const

/** One field of a message: its number in the profile, its type, its unscaled value (null writes "not set"). */
export type FitWriterField = readonly [number: number, type: keyof typeof baseTypes, value: number | null]

/** The checksum of the FIT protocol, bit by bit: slow, plain, and not the reader's own. */
export function slowFitCrc(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1
  }
  return crc
}

/** FIT seconds (from 1989-12-31T00:00:00Z) of an ISO time or a Date. */
export function fitSeconds(time: string | Date): number {
  return Math.round((new Date(time).getTime() - Date.UTC(1989, 11, 31)) / 1000)
}

/** Writes one FIT part, message by message; a definition goes before the first message of each shape. */
export class FitWriter {
  readonly #littleEndian: boolean
  readonly #chunks: Uint8Array[] = []
  readonly #shapes: string[] = []

  constructor(littleEndian = true) {
    this.#littleEndian = littleEndian
  }

  message(globalNumber: number, fields: readonly FitWriterField[]): void {
    const shape = JSON.stringify([globalNumber, fields.map(([number, type]) => [number, type])])
    let local = this.#shapes.indexOf(shape)
    if (local === -1) {
      local = this.#shapes.push(shape) - 1
      if (local > 15) throw new Error('a FIT part has no more than 16 message shapes here')
      this.#chunks.push(this.#definition(local, globalNumber, fields))
    }
    const size = fields.reduce((sum, [, type]) => sum + baseTypes[type].size, 0)
    const bytes = new Uint8Array(1 + size)
    const view = new DataView(bytes.buffer)
    bytes[0] = local
    let at = 1
    for (const [, type, value] of fields) {
      const base = baseTypes[type]
      const number = value ?? base.unset
      if (base.size === 1) view.setUint8(at, number)
      else if (base.size === 2) view.setUint16(at, number, this.#littleEndian)
      else view.setUint32(at, number >>> 0, this.#littleEndian)
      at += base.size
    }
    this.#chunks.push(bytes)
  }

  /** Bytes put between the messages as they are. */
  raw(bytes: Uint8Array): void {
    this.#chunks.push(bytes)
  }

  /** The part: header with its checksum (14 bytes) or without (12), messages, checksum. */
  finish(headerSize: 12 | 14 = 14): Uint8Array {
    return sealFit(join(this.#chunks), headerSize)
  }

  #definition(local: number, globalNumber: number, fields: readonly FitWriterField[]): Uint8Array {
    const bytes = new Uint8Array(6 + fields.length * 3)
    const view = new DataView(bytes.buffer)
    view.setUint8(0, 0x40 | local)
    view.setUint8(2, this.#littleEndian ? 0 : 1)
    view.setUint16(3, globalNumber, this.#littleEndian)
    view.setUint8(5, fields.length)
    fields.forEach(([number, type], index) => {
      bytes.set([number, baseTypes[type].size, baseTypes[type].code], 6 + index * 3)
    })
    return bytes
  }
}

/** Puts a header before and a checksum behind the bytes of FIT records. */
export function sealFit(records: Uint8Array, headerSize: 12 | 14 = 14): Uint8Array {
  const bytes = new Uint8Array(headerSize + records.length + 2)
  const view = new DataView(bytes.buffer)
  bytes.set([headerSize, 0x20])
  view.setUint16(2, 2160, true)
  view.setUint32(4, records.length, true)
  bytes.set([0x2e, 0x46, 0x49, 0x54], 8)
  if (headerSize === 14) view.setUint16(12, slowFitCrc(bytes.subarray(0, 12)), true)
  bytes.set(records, headerSize)
  view.setUint16(bytes.length - 2, slowFitCrc(bytes.subarray(0, bytes.length - 2)), true)
  return bytes
}

/** All bytes one after the other; two complete FIT parts joined make a chained file. */
export function join(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

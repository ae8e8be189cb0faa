import { constants, crc32, deflateRawSync } from 'node:zlib'

/** One entry of a zip, spelled out: what is written need not be what it says. */
export interface RawEntry {
  readonly name: string | Uint8Array
  /** As it lies in the file. */
  readonly packed: Uint8Array
  readonly isStored?: boolean
  readonly crc?: number
  /** What the archive says it unpacks to. */
  readonly size: number
  /** Another entry's place in the list, whose bytes this one shares. */
  readonly sharesWith?: number
}

/** A file as a zip holds it, packed and told truly. */
export function honestEntry(name: string | Uint8Array, bytes: Uint8Array): RawEntry {
  return { name, packed: deflateRawSync(bytes), size: bytes.length, crc: crc32(bytes) }
}

/** A zip of these entries. `claimedEntries` is what its end says; with `isZip64` that end is the long one. */
export function rawZip(
  entries: readonly RawEntry[],
  options: { readonly claimedEntries?: number; readonly isZip64?: boolean } = {},
): Uint8Array {
  const local: Buffer[] = []
  const central: Buffer[] = []
  const starts: number[] = []
  let at = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const shared = entry.sharesWith === undefined ? undefined : starts[entry.sharesWith]
    starts.push(shared ?? at)
    if (shared === undefined) {
      const header = Buffer.alloc(30)
      header.writeUInt32LE(0x04034b50, 0)
      header.writeUInt16LE(20, 4)
      writeFacts(header, 8, entry, name)
      local.push(header, name, Buffer.from(entry.packed))
      at += header.length + name.length + entry.packed.length
    }
    const listed = Buffer.alloc(46)
    listed.writeUInt32LE(0x02014b50, 0)
    listed.writeUInt16LE(20, 4)
    listed.writeUInt16LE(20, 6)
    writeFacts(listed, 10, entry, name)
    listed.writeUInt32LE(shared ?? starts.at(-1) ?? 0, 42)
    central.push(listed, name)
  }
  const list = Buffer.concat(central)
  const count = options.claimedEntries ?? entries.length
  return Buffer.concat([...local, list, ...ends(at, list.length, count, options.isZip64 ?? false)])
}

function writeFacts(header: Buffer, at: number, entry: RawEntry, name: Buffer): void {
  header.writeUInt16LE(entry.isStored === true ? 0 : 8, at)
  header.writeUInt32LE(entry.crc ?? 0, at + 6)
  header.writeUInt32LE(entry.packed.length, at + 10)
  header.writeUInt32LE(Math.min(entry.size, 0xffff_fffe), at + 14)
  header.writeUInt16LE(name.length, at + 18)
}

function ends(start: number, length: number, count: number, isZip64: boolean): readonly Buffer[] {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, 0xffff), 8)
  end.writeUInt16LE(Math.min(count, 0xffff), 10)
  end.writeUInt32LE(length, 12)
  end.writeUInt32LE(start, 16)
  if (!isZip64) return [end]
  const long = Buffer.alloc(56)
  long.writeUInt32LE(0x06064b50, 0)
  long.writeBigUInt64LE(44n, 4)
  long.writeUInt16LE(45, 12)
  long.writeUInt16LE(45, 14)
  long.writeBigUInt64LE(BigInt(count), 24)
  long.writeBigUInt64LE(BigInt(count), 32)
  long.writeBigUInt64LE(BigInt(length), 40)
  long.writeBigUInt64LE(BigInt(start), 48)
  const where = Buffer.alloc(20)
  where.writeUInt32LE(0x07064b50, 0)
  where.writeBigUInt64LE(BigInt(start + length), 8)
  where.writeUInt32LE(1, 16)
  return [long, where, end]
}

const pieceBytes = 1_048_576

/** Packed bytes that unpack to so many MiB of zeros, a thousandth of that long: no one has to make the zeros. */
export function packedZeros(mebibytes: number): Uint8Array {
  const piece = deflateRawSync(Buffer.alloc(pieceBytes), { finishFlush: constants.Z_FULL_FLUSH })
  const end = deflateRawSync(Buffer.alloc(0))
  return Buffer.concat([...Array.from({ length: mebibytes }, () => piece), end])
}

/** The same as a gzip file. Its checksum is wrong; nobody should get that far. */
export function gzippedZeros(mebibytes: number): Uint8Array {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE((mebibytes * pieceBytes) % 2 ** 32, 4)
  return Buffer.concat([header, packedZeros(mebibytes), trailer])
}

import { crc32, inflateRawSync } from 'node:zlib'

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string
  readonly content: Buffer
}

const maxEntries = 2000

/**
 * The files of a zip by its central directory, unpacked to at most `maxBytes` in all. Null when it is no zip,
 * is damaged or holds too much. Entry names are data: nothing here takes them for paths.
 */
export function readZip(bytes: Buffer, maxBytes: number): readonly ZipEntry[] | null {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > bytes.length) return null
  const count = bytes.readUInt16LE(end + 10)
  if (count > maxEntries) return null
  let at = bytes.readUInt32LE(end + 16)
  let left = maxBytes
  const entries: ZipEntry[] = []
  for (let index = 0; index < count; index++) {
    const read = readEntry(bytes, at, left)
    if (read === null) return null
    left -= read.entry.content.length
    // A name that ends in a slash is a folder.
    if (!read.entry.name.endsWith('/')) entries.push(read.entry)
    at = read.next
  }
  return entries
}

function readEntry(bytes: Buffer, at: number, maxBytes: number): { entry: ZipEntry; next: number } | null {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return null
  const method = bytes.readUInt16LE(at + 10)
  const packed = bytes.readUInt32LE(at + 20)
  const size = bytes.readUInt32LE(at + 24)
  const nameLength = bytes.readUInt16LE(at + 28)
  const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  const local = bytes.readUInt32LE(at + 42)
  if (size > maxBytes || next > bytes.length || local + 30 > bytes.length) return null
  const name = bytes.subarray(at + 46, at + 46 + nameLength).toString('utf8')
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const content = inflate(bytes.subarray(start, start + packed), method, size)
  if (content?.length !== size || crc32(content) !== bytes.readUInt32LE(at + 16)) return null
  return { entry: { name, content }, next }
}

function inflate(packed: Buffer, method: number, size: number): Buffer | null {
  if (method === 0) return packed
  if (method !== 8) return null
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) })
  } catch {
    return null
  }
}

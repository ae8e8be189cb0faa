import type { ByteSource } from './byte-source.ts'

const endRecordBytes = 22
const longestCommentBytes = 0xffff

/**
 * Where a zip ends: behind its last record and that record's comment, in bytes from the start. Bytes that follow (a
 * padded download) belong to no archive. Null when there is no such record, so the archive is cut off.
 */
export async function findZipEnd(source: ByteSource): Promise<number | null> {
  const from = Math.max(0, source.size - endRecordBytes - longestCommentBytes)
  const tail = await source.read(from, source.size - from)
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length)
  for (let at = tail.length - endRecordBytes; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue // "PK", 5, 6
    const end = at + endRecordBytes + view.getUint16(at + 20, true)
    if (end <= tail.length) return from + end
  }
  return null
}

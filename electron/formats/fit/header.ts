import { fitCrc } from './crc.ts'

/** The smallest header that carries the signature; today's writers use 12 or 14 bytes. */
export const smallestHeaderBytes = 12

/** Data sizes that mean "not written yet": recorders put them there until they close the file. */
const unsetDataSizes: readonly number[] = [0, 0xffffffff]

/** The header of one FIT part. Sizes in bytes. */
export interface FitHeader {
  readonly headerSize: number
  /** What the records take, as far as the header says; null while the recorder has not written it. */
  readonly dataSize: number | null
  /** False only for a checksum that is there (not zero) and wrong. */
  readonly checksumGood: boolean
}

/** Whether `.FIT` stands where a header has it: 8 bytes after its start. */
export function hasFitSignature(bytes: Uint8Array, at = 0): boolean {
  return (
    bytes[at + 8] === 0x2e && bytes[at + 9] === 0x46 && bytes[at + 10] === 0x49 && bytes[at + 11] === 0x54
  )
}

/**
 * The header at `at`, or null when there is none. The bytes must reach to the header's own size (its first byte).
 * Protocol and profile versions are not judged: recorders write odd ones into sound files.
 */
export function readFitHeader(bytes: Uint8Array, at = 0): FitHeader | null {
  const headerSize = bytes[at] ?? 0
  if (headerSize < smallestHeaderBytes || at + headerSize > bytes.length || !hasFitSignature(bytes, at))
    return null
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, headerSize)
  const dataSize = view.getUint32(4, true)
  const checksum = headerSize >= 14 ? view.getUint16(12, true) : 0
  return {
    headerSize,
    dataSize: unsetDataSizes.includes(dataSize) ? null : dataSize,
    checksumGood: checksum === 0 || checksum === fitCrc(0, bytes, at, at + 12),
  }
}

import { gzipSync, zipSync } from 'fflate'

/** One file to put in a zip. */
export interface ZipInput {
  readonly name: string
  readonly bytes: Uint8Array
}

// A fixed moment, so that the same input always gives the same bytes.
const packedAt = new Date(2026, 0, 1)

/** The bytes as one gzip member. */
export function gzipBytes(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { mtime: packedAt })
}

/** A zip of the given files, in their order. A name that ends in a slash makes a folder. */
export function zipBytes(entries: readonly ZipInput[]): Uint8Array {
  return zipSync(Object.fromEntries(entries.map(({ name, bytes }) => [name, bytes])), { mtime: packedAt })
}

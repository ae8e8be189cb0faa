/** Bytes that can be read in any place and from start to end. Sizes and offsets are in bytes. */
export interface ByteSource {
  readonly size: number
  /** Up to `length` bytes from `at`; fewer only at the end. */
  read(at: number, length: number): Promise<Uint8Array>
  /** All bytes, in order, in chunks. */
  stream(): AsyncIterable<Uint8Array>
}

/** A ByteSource over bytes in memory. */
export function memorySource(bytes: Uint8Array, chunkBytes = 65_536): ByteSource {
  return {
    size: bytes.length,
    read: (at, length) => Promise.resolve(bytes.subarray(at, at + length)),
    // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
    stream: async function* () {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
    },
  }
}

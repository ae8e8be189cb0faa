import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib'

/** A reply's bytes, unpacked, or the reason why they cannot be had. */
export type ReplyContent =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'unreadable'; readonly why: string; readonly cause: unknown }

type Unpack = (bytes: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>

const unpackGzip: Unpack = promisify(gunzip)
const unpackBrotli: Unpack = promisify(brotliDecompress)
const unpackZlib: Unpack = promisify(inflate)
const unpackRaw: Unpack = promisify(inflateRaw)

/** What we can unpack, for the Accept-Encoding header. */
export const acceptedEncodings = 'gzip, deflate, br'

/** Reads a body to its end and unpacks it; neither form may be larger than `capBytes`. Never throws. */
export async function readReplyBody(
  body: AsyncIterable<Uint8Array>,
  encoding: string | null,
  capBytes: number,
): Promise<ReplyContent> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > capBytes) return unreadable('the reply is too large', null)
      chunks.push(chunk)
    }
  } catch (cause) {
    return unreadable('the reply was cut off', cause)
  }
  const packed = Buffer.concat(chunks)
  const unpack = unpackerOf(encoding, packed)
  if (unpack === 'none') return { kind: 'read', bytes: packed }
  if (unpack === 'unknown') return unreadable('the reply is packed in an unknown way', null)
  try {
    return { kind: 'read', bytes: await unpack(packed, { maxOutputLength: capBytes }) }
  } catch (cause) {
    return unreadable('the reply cannot be unpacked', cause)
  }
}

function unpackerOf(encoding: string | null, packed: Uint8Array): Unpack | 'none' | 'unknown' {
  switch (encoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return 'none'
    case 'gzip':
    case 'x-gzip':
      return unpackGzip
    case 'br':
      return unpackBrotli
    case 'deflate':
      // The standard means zlib's format, but some servers send the bare stream: the first byte tells them apart.
      return ((packed[0] ?? 0) & 0x0f) === 8 ? unpackZlib : unpackRaw
    default:
      return 'unknown'
  }
}

function unreadable(why: string, cause: unknown): ReplyContent {
  return { kind: 'unreadable', why, cause }
}

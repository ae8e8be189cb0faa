import { Readable } from 'node:stream'
import type { Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { ByteSource } from './byte-source.ts'
import { FormatError } from './proof.ts'

/** No file is unpacked beyond this many bytes: rides are far smaller, bombs are larger. */
export const outputCapBytes = 256 * 1024 * 1024

/**
 * The unpacked bytes of a gzip file with all its members. CRC and length of each member are checked as it ends, so only
 * a stream read to its end is proved. Throws FormatError `cut-off`, `bad-checksum`, `bad-archive` or `too-large`;
 * the source's own I/O errors pass through.
 */
export async function* gunzip(source: ByteSource, maxBytes = outputCapBytes): AsyncIterable<Uint8Array> {
  if (source.size === 0) throw new FormatError('cut-off', 'the gzip file is empty')
  let unpacked = 0
  for await (const chunk of unpack(source.stream(), createGunzip())) {
    unpacked += chunk.length
    if (unpacked > maxBytes) throw new FormatError('too-large', 'it unpacks to far more than any ride')
    yield chunk
  }
}

/**
 * Runs packed bytes through one of zlib's streams. Its errors become FormatErrors, the input's own errors are thrown as
 * they are, and leaving the loop early ends both streams.
 */
export async function* unpack(
  packed: AsyncIterable<Uint8Array>,
  unpacker: Transform,
): AsyncIterable<Uint8Array> {
  let inputError: unknown = null
  const input = Readable.from(packed)
  input.on('error', error => {
    inputError = error
    unpacker.destroy(error)
  })
  try {
    for await (const chunk of input.pipe(unpacker)) yield bytesOf(chunk)
  } catch (error) {
    throw inputError === null || error !== inputError ? asFormatError(error) : error
  } finally {
    input.destroy()
    unpacker.destroy()
  }
}

function bytesOf(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk
  throw new TypeError('an unpacker gives bytes')
}

/** zlib names its errors by code and, for checks that fail, only by message. */
function asFormatError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const options = { cause: error }
  if (error.code === 'Z_BUF_ERROR')
    return new FormatError('cut-off', 'the packed bytes end too early', options)
  if (error.code !== 'Z_DATA_ERROR' && error.code !== 'Z_NEED_DICT') return error
  return /incorrect (?:data|length) check/.test(error.message)
    ? new FormatError('bad-checksum', 'the checksum does not fit the unpacked content', options)
    : new FormatError('bad-archive', 'the packed bytes make no sense', options)
}

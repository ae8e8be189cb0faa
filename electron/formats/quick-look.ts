import type { ByteSource } from './byte-source.ts'
import { readFitHeader } from './fit/header.ts'
import type { FaultCode } from './proof.ts'
import { sniff } from './sniff.ts'
import { findZipEnd } from './zip-end.ts'

const headBytes = 512
const smallestGzip = 18

/**
 * The cheap look at a source file before it is copied: reads its head and, for a zip, its tail. A fault means that no
 * proof can succeed as the file is now; null means it is worth a proof. The source's own I/O errors pass through.
 */
export async function quickLook(source: ByteSource): Promise<FaultCode | null> {
  if (source.size === 0) return 'empty'
  const head = await source.read(0, headBytes)
  switch (sniff(head)) {
    case 'empty':
      return 'empty'
    case 'zeros':
      return 'all-zero'
    case 'fit':
      return lookAtFit(head, source.size)
    case 'gzip':
      // No more than that: zeros at its end may be a trailer not yet written, or padding behind a whole one.
      return source.size < smallestGzip ? 'cut-off' : null
    case 'zip':
      return (await findZipEnd(source)) === null ? 'cut-off' : null
    case 'unknown':
      return hasBlankHeader(head) ? 'header-unfinished' : null
    case 'xml':
      return null
  }
}

/** A recorder that writes its header last leaves zeros in its place. `head` is the start of the file. */
export function hasBlankHeader(head: Uint8Array): boolean {
  return head.length >= 12 && head.subarray(0, 12).every(byte => byte === 0)
}

function lookAtFit(head: Uint8Array, size: number): FaultCode | null {
  const header = readFitHeader(head)
  if (header === null) return (head[0] ?? 0) > size ? 'cut-off' : null
  if (header.dataSize === null) return 'header-unfinished'
  return header.headerSize + header.dataSize + 2 > size ? 'cut-off' : null
}

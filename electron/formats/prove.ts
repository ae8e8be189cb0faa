import type { ByteSource } from './byte-source.ts'
import { smallestHeaderBytes } from './fit/header.ts'
import { proveFit } from './fit/prove-fit.ts'
import type { FaultCode, Proof, RecordingFormat } from './proof.ts'
import { hasBlankHeader } from './quick-look.ts'
import { isBlank, markBytes, sniff, sniffBytes } from './sniff.ts'
import { proveXml } from './xml/prove-xml.ts'

/**
 * Says what one file is that is not an archive: a whole ride, something else, not finished, or damaged. Content wins over
 * the name, which only helps with files too short to tell. Reads the source once from start to end with little memory
 * and never throws for any content; only the source's own I/O errors pass through.
 */
export async function proveRecording(source: ByteSource, fileName: string): Promise<Proof> {
  const head = await source.read(0, sniffBytes)
  switch (sniff(head)) {
    case 'fit':
      return proveFit(source)
    case 'xml':
      return asNamed(await proveXml(source), fileName)
    case 'empty':
      return incomplete(fileName, 'empty', 'the file is empty')
    case 'zeros':
      return incomplete(fileName, 'all-zero', 'the file holds nothing but zeros so far')
    case 'gzip':
    case 'zip':
      return {
        kind: 'notActivity',
        format: null,
        content: 'other',
        detail: 'an archive inside another is not opened',
      }
    case 'unknown':
      return proveUnknown(head, fileName)
  }
}

/** A web page or a table saved under a FIT's name is a broken download, not another kind of recording. */
function asNamed(proof: Proof, fileName: string): Proof {
  return proof.kind === 'notActivity' && proof.format === null && formatByName(fileName) === 'fit'
    ? {
        kind: 'damaged',
        format: null,
        code: 'unknown-format',
        detail: 'it is not a FIT file',
        readable: null,
      }
    : proof
}

function proveUnknown(head: Uint8Array, fileName: string): Proof {
  if (hasBlankHeader(head))
    return incomplete(fileName, 'header-unfinished', 'its beginning is not written yet')
  if (mayBecomeKnown(head)) return incomplete(fileName, 'cut-off', 'there is too little of it to tell')
  return {
    kind: 'damaged',
    format: null,
    code: 'unknown-format',
    detail: 'it is neither FIT, TCX nor GPX',
    readable: null,
  }
}

/** Whether so little is there that a FIT header or an XML element may still follow. */
function mayBecomeKnown(head: Uint8Array): boolean {
  if (head.length < 4) return true // not even an archive's mark, or half a byte order mark
  if (head.length < smallestHeaderBytes) {
    const signature = head.subarray(8)
    const isSize = head[0] === 12 || head[0] === 14
    if (isSize && signature.every((byte, index) => byte === '.FIT'.charCodeAt(index))) return true
  }
  const text = head.subarray(markBytes(head))
  return text.every(byte => isBlank(byte) || byte === 0)
}

function incomplete(fileName: string, code: FaultCode, detail: string): Proof {
  return { kind: 'incomplete', format: formatByName(fileName), code, detail, readable: null }
}

function formatByName(fileName: string): RecordingFormat | null {
  const ending = /\.(fit|tcx|gpx|dms)$/i.exec(fileName)?.[1]?.toLowerCase()
  if (ending === 'tcx' || ending === 'gpx') return ending
  return ending === undefined ? null : 'fit'
}

import { hasFitSignature } from './fit/header.ts'

/** What the first bytes say a file is. */
export type Sniffed = 'fit' | 'xml' | 'gzip' | 'zip' | 'empty' | 'zeros' | 'unknown'

/** How many bytes `sniff` likes to see: enough to pass over blanks before an XML declaration. */
export const sniffBytes = 4096

/** Tells formats apart by content. `head` is the start of the file; a whole short file is fine too. */
export function sniff(head: Uint8Array): Sniffed {
  if (head.length === 0) return 'empty'
  if (head.every(byte => byte === 0)) return 'zeros'
  if (hasFitSignature(head)) return 'fit'
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  if (isZip(head)) return 'zip'
  return startsLikeXml(head) ? 'xml' : 'unknown'
}

/** `PK` with the mark of a file, of an empty archive's end, or of an archive in pieces. */
function isZip(head: Uint8Array): boolean {
  if (head[0] !== 0x50 || head[1] !== 0x4b) return false
  const mark = ((head[2] ?? 0) << 8) | (head[3] ?? 0)
  return mark === 0x0304 || mark === 0x0506 || mark === 0x0708
}

/**
 * Marks of UTF-8 and UTF-16, blanks and, for UTF-16, the zero halves of its characters may stand before the first
 * angle bracket; an element, a declaration or a comment must follow it.
 */
function startsLikeXml(head: Uint8Array): boolean {
  const zeroAllowed = head[0] === 0xff || head[0] === 0xfe || head[0] === 0 || head[1] === 0
  const isPadding = (byte: number | undefined) =>
    byte !== undefined && (isBlank(byte) || (zeroAllowed && byte === 0))
  let at = markBytes(head)
  while (isPadding(head[at])) at++
  at += markBytes(head.subarray(at)) // a mark behind blanks: the leavings of files glued together
  while (isPadding(head[at])) at++
  if (head[at] !== 0x3c) return false
  at++
  while (zeroAllowed && head[at] === 0) at++
  const next = head[at]
  return (
    next === undefined ||
    next === 0x3f ||
    next === 0x21 ||
    next >= 0x80 ||
    /[a-z_:]/i.test(String.fromCharCode(next))
  )
}

/** Length of a byte order mark: 3 for UTF-8, 2 for UTF-16, 0 for none. */
export function markBytes(bytes: Uint8Array): 0 | 2 | 3 {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 3
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) ? 2 : 0
}

/** XML's white space: blank, tab, line feed, carriage return. */
export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
}

import { TextDecoder } from 'node:util'
import { FormatError } from '../proof.ts'
import { isBlank, markBytes } from '../sniff.ts'

/** So far into a file an XML declaration is looked for: blanks may stand before it. */
const declarationBytes = 4096

/**
 * Turns the bytes of an XML file, pushed in pieces, into text: UTF-8, UTF-16 with or without a byte order mark, or what
 * the declaration names. Throws FormatError `not-well-formed` for an unknown encoding. Bytes that are no text in a known
 * one end the text: what stands before them is still given, and `fault` tells of them from then on.
 */
export class XmlDecoder {
  #start: Uint8Array | null = new Uint8Array(0)
  #decoder: TextDecoder | null = null
  #fault: FormatError | null = null

  /** Why nothing more can be read; null while all is well. */
  get fault(): FormatError | null {
    return this.#fault
  }

  push(bytes: Uint8Array): string {
    if (this.#start === null) return this.#decode(bytes)
    this.#start = Buffer.concat([this.#start, bytes])
    return this.#start.length < declarationBytes ? '' : this.#begin()
  }

  /** What is left. Half a character at the very end is dropped: the file was cut there. */
  finish(): string {
    const text = this.#start === null ? '' : this.#begin()
    try {
      return this.#fault === null ? text + (this.#decoder?.decode() ?? '') : text
    } catch {
      return text
    }
  }

  #begin(): string {
    const start = this.#start ?? new Uint8Array(0)
    this.#start = null
    this.#decoder = decoderFor(encodingOf(start))
    return this.#decode(start)
  }

  #decode(bytes: Uint8Array): string {
    if (this.#fault !== null || this.#decoder === null) return ''
    try {
      return this.#decoder.decode(bytes, { stream: true })
    } catch (error) {
      this.#fault = new FormatError('not-well-formed', 'it holds bytes that are no text', { cause: error })
      return soundStart(bytes, this.#decoder.encoding)
    }
  }
}

/** The text before the first bytes that are none; none of a piece that begins in the middle of a character. */
function soundStart(bytes: Uint8Array, encoding: string): string {
  const text = new TextDecoder(encoding).decode(bytes)
  return text.slice(0, Math.max(0, text.indexOf('\uFFFD')))
}

function decoderFor(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch (error) {
    throw new FormatError('not-well-formed', 'it names an unknown text encoding', { cause: error })
  }
}

/** The encoding by mark, by the place of zero bytes, else by declaration, else UTF-8. */
function encodingOf(start: Uint8Array): string {
  const mark = markBytes(start)
  if (mark === 3) return 'utf-8'
  if (mark === 2) return start[0] === 0xff ? 'utf-16le' : 'utf-16be'
  if (start[0] === 0 && start[1] !== 0) return 'utf-16be'
  if (start[0] !== 0 && start[1] === 0) return 'utf-16le'
  let at = 0
  while (isBlank(start[at] ?? 0)) at++
  const text = new TextDecoder('latin1').decode(start.subarray(at))
  const named = /^<\?xml[^>]*?\sencoding\s*=\s*["']\s*([\w.:-]+)\s*["']/i.exec(text)?.[1] ?? 'utf-8'
  // The declaration itself was read byte by byte: a file converted since, with its old words kept.
  return /^(?:utf-?16|utf-?32|ucs|iso-10646)/i.test(named) ? 'utf-8' : named
}

import { SaxesParser } from 'saxes'
import { FormatError } from '../proof.ts'
import { XmlDecoder } from './decode.ts'

/** No recording nests deeper; a file made to harm may. */
const depthCap = 64

/** So much text may stand between two tags, in characters. More is no ride, and would have to be held in memory. */
const textCap = 16 * 1024 * 1024

/** So many attributes one element may have: each costs memory until the element is handed over. */
const attributeCap = 256

/** Longest text of one element handed over: times, numbers and names are short. */
const keptText = 4096

/** Who is told of elements. Names are local (`ns3:Watts` is `watts`) and in lower case; `above` starts at the root. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>, above: readonly string[]): void
  /** `text` is the element's own text behind its last child, trimmed. */
  close(name: string, text: string, above: readonly string[]): void
}

/**
 * Reads XML from bytes pushed in pieces. Namespaces are not checked, so undeclared prefixes pass; DTDs are skipped, no
 * entity is expanded and an undeclared one reads as empty text. Throws FormatError `not-well-formed`, `too-large`, or,
 * from `finish`, `cut-off` when the root was not closed.
 */
export class XmlReader {
  readonly #decoder = new XmlDecoder()
  readonly #parser = new SaxesParser({ xmlns: false, position: false })
  readonly #above: string[] = []
  #started = false
  #isAtEnd = false
  #text = ''
  #sinceTag = 0
  #attributes = 0

  constructor(listener: XmlListener) {
    this.#parser.ENTITIES = tolerantEntities
    this.#parser.on('error', error => {
      if (this.#isAtEnd) throw new FormatError('cut-off', 'the file ends before its closing element')
      throw new FormatError('not-well-formed', `it is not well-formed XML (${plainWords(error)})`)
    })
    this.#parser.on('attribute', () => {
      if (++this.#attributes > attributeCap)
        throw new FormatError('too-large', 'an element has too many attributes')
    })
    this.#parser.on('opentag', tag => {
      this.#attributes = 0
      if (this.#above.length >= depthCap)
        throw new FormatError('too-large', 'its elements are nested too deeply')
      const name = localName(tag.name)
      listener.open(name, tag.attributes, this.#above)
      this.#above.push(name)
      this.#text = ''
      this.#sinceTag = 0
    })
    this.#parser.on('closetag', () => {
      const name = this.#above.pop() ?? ''
      listener.close(name, this.#text.trim(), this.#above)
      this.#text = ''
      this.#sinceTag = 0
    })
    const addText = (text: string) => {
      if (this.#text.length < keptText) this.#text += text.slice(0, keptText)
    }
    this.#parser.on('text', addText)
    this.#parser.on('cdata', addText)
  }

  push(bytes: Uint8Array): void {
    this.#write(this.#decoder.push(bytes))
    if (this.#decoder.fault !== null) throw this.#decoder.fault
  }

  /** Call once after the last byte. */
  finish(): void {
    this.#write(this.#decoder.finish())
    if (this.#decoder.fault !== null) throw this.#decoder.fault
    this.#isAtEnd = true
    this.#parser.close()
  }

  #write(text: string): void {
    // Blanks and marks before the declaration are an old fault of some writers; what follows is sound.
    const usable = this.#started ? text : text.replace(/^[\s\uFEFF]+/, '')
    if (usable === '') return
    this.#started = true
    this.#sinceTag += usable.length
    this.#parser.write(usable)
    if (this.#sinceTag > textCap) throw new FormatError('too-large', 'it holds too much text in one place')
  }
}

/** Every entity that XML itself does not define reads as empty text, whatever a DTD may say. */
const tolerantEntities = new Proxy<Record<string, string>>(
  { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" },
  {
    get: (known, name) =>
      typeof name !== 'string'
        ? undefined
        : (known[name] ?? (/^[\p{L}_:][\p{L}\p{N}\-._:]*$/u.test(name) ? '' : undefined)),
  },
)

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}

/** The parser's words without the file's own: a message must not carry content. */
function plainWords(error: Error): string {
  return error.message.replace(/[:.].*$/s, '')
}

import { FormatError } from '../proof.ts'
import { XmlReader } from '../xml/reader.ts'

/** One XML element. Names of elements and attributes are lower case: programs differ in it (`FreeRide`, `Freeride`). */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Its own text behind its last child, trimmed. */
  readonly text: string
}

interface OpenElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
}

const maxElements = 50_000

/** Reads a whole small document into a tree. Throws FormatError as XmlReader does, and `empty`. */
export function readXml(bytes: Uint8Array): XmlElement {
  if (bytes.length === 0) throw new FormatError('empty', 'the file is empty')
  const top: OpenElement = { name: '', attributes: new Map(), children: [] }
  const open: OpenElement[] = [top]
  let elements = 0
  const reader = new XmlReader({
    open: (name, attributes) => {
      elements += 1
      if (elements > maxElements) throw new FormatError('too-large', 'there are too many elements')
      const lowered = Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value] as const)
      open.push({ name, attributes: new Map(lowered), children: [] })
    },
    close: (_name, text) => {
      const closed = open.pop()
      if (closed !== undefined) open.at(-1)?.children.push({ ...closed, text })
    },
  })
  reader.push(bytes)
  reader.finish()
  const root = top.children[0]
  if (root === undefined) throw new FormatError('not-well-formed', 'there is no element')
  return root
}

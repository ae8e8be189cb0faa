/** One tag as it comes: its name without prefix, its raw attributes, and the text up to the next tag. */
export interface Tag {
  readonly name: string
  readonly kind: 'open' | 'close' | 'empty'
  readonly attributes: string
  readonly text: string
}

/** Bytes to text: UTF-8 or, by its byte order mark, UTF-16. */
export function decodeText(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex')
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

/** Walks over the tags of a document from start to end, in linear time. Comments, CDATA and DTDs are passed over. */
export function* tagsOf(text: string): Generator<Tag> {
  let at = text.indexOf('<')
  while (at >= 0) {
    const special = [['<!--', '-->'] as const, ['<![CDATA[', ']]>'] as const].find(([start]) =>
      text.startsWith(start, at),
    )
    const end = text.indexOf(special?.[1] ?? '>', at)
    if (end < 0) return
    if (special === undefined && text[at + 1] !== '!' && text[at + 1] !== '?') {
      const next = text.indexOf('<', end)
      yield tagFrom(text.slice(at + 1, end), text.slice(end + 1, next < 0 ? undefined : next))
    }
    at = text.indexOf('<', end)
  }
}

function tagFrom(inner: string, text: string): Tag {
  const kind = inner.startsWith('/') ? 'close' : inner.endsWith('/') ? 'empty' : 'open'
  const bare = inner.replace(/^\/|\/$/g, '')
  const space = bare.search(/\s/)
  const name = (space < 0 ? bare : bare.slice(0, space)).replace(/^[^:]*:/, '')
  return { name, kind, attributes: space < 0 ? '' : bare.slice(space), text: text.trim() }
}

/** An attribute's value, with the five built-in entities resolved; null when it is not there. */
export function attribute(tag: Tag, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag.attributes)
  const value = found?.[1] ?? found?.[2]
  return value === undefined ? null : plainText(value)
}

/** Resolves the five built-in entities. */
export function plainText(text: string): string {
  const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => entities[name] ?? whole)
}

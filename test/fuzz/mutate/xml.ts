import type { SimRandom } from '../../sim/random.ts'
import { havoc } from './bytes.ts'
import { attributes, bombs, elements, encodings, entities, times } from './xml-words.ts'
import { mutateText, oddNumberText, oddText } from './hostile-texts.ts'

/** Changes XML by its tags, attributes, texts, entities and encoding. */
export function mutateXml(random: SimRandom, input: Uint8Array, other: Uint8Array): Uint8Array {
  if (random.chance(0.12)) return havoc(random, input, other)
  if (random.chance(0.05)) return encoded(random, textOf(input))
  const tokens = tokensOf(textOf(input))
  if (tokens.length === 0) return havoc(random, input, other)
  const changed = changedTokens(random, tokens, tokensOf(textOf(other))).join('')
  return new TextEncoder().encode(changed)
}

function textOf(bytes: Uint8Array): string {
  const isWide =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes.length > 1 && bytes[1] === 0 && bytes[0] !== 0)
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes)
}

/** Tags and the texts between them. */
function tokensOf(text: string): readonly string[] {
  return text.match(/<[^<>]*>?|[^<]+/g) ?? []
}

function encoded(random: SimRandom, text: string): Uint8Array {
  const named = random.chance(0.6)
    ? text.replace(/encoding="[^"]*"/, () => `encoding="${random.pick(encodings)}"`)
    : text
  const marked = random.chance(0.5) ? `\uFEFF${named}` : named
  switch (random.int(0, 3)) {
    case 0:
      return new Uint8Array(Buffer.from(marked, 'utf16le'))
    case 1:
      return new Uint8Array(Buffer.from(marked.length % 2 === 0 ? marked : `${marked} `, 'utf16le').swap16())
    case 2:
      return new Uint8Array(Buffer.from(named, 'latin1'))
    default:
      return new TextEncoder().encode(`${random.pick([' ', '\n\n', '\t'])}${marked}`)
  }
}

function changedTokens(
  random: SimRandom,
  tokens: readonly string[],
  others: readonly string[],
): readonly string[] {
  const at = random.int(0, tokens.length - 1)
  const token = tokens[at] ?? ''
  const to = random.int(0, tokens.length)
  const count = random.int(1, random.chance(0.2) ? 40 : 4)
  switch (random.int(0, 10)) {
    case 0:
      return tokens.toSpliced(at, count)
    case 1:
      return tokens.toSpliced(to, 0, ...tokens.slice(at, at + count))
    case 2: {
      const from = random.int(0, Math.max(0, others.length - 1))
      return tokens.toSpliced(to, 0, ...others.slice(from, from + count))
    }
    case 3:
      return tokens.slice(0, at)
    case 4:
      return tokens.toSpliced(to, 0, random.pick(bombs))
    case 5: {
      const name = random.pick(elements)
      const depth = random.pick([1, 1, 2, 63, 64, 65, 400])
      const open = Array.from({ length: depth }, () => `<${name}>`)
      const close = random.chance(0.9) ? Array.from({ length: depth }, () => `</${name}>`) : []
      return tokens.toSpliced(to, 0, ...open, oddTextFor(random), ...close)
    }
    default:
      return tokens.with(at, token.startsWith('<') ? changedTag(random, token) : changedText(random, token))
  }
}

function changedTag(random: SimRandom, tag: string): string {
  switch (random.int(0, 6)) {
    case 0:
      return tag.replace(/[\w:.-]+/, () => random.pick(elements))
    case 1: {
      const many = Array.from({ length: random.pick([1, 1, 3, 300]) }, (_, index) => {
        const name = random.pick(attributes)
        return ` ${name}${index > 5 ? index : ''}="${attributeText(random)}"`
      })
      return tag.replace(/\/?>$/, end => many.join('') + end)
    }
    case 2:
      return tag.replace(/="[^"]*"/, () => `="${attributeText(random)}"`)
    case 3:
      return tag.replace(/\/?>$/, end => (end === '>' ? '/>' : '>'))
    case 4:
      return tag.replace(/\d+(?:\.\d+)?/, () => oddNumberText(random))
    case 5:
      return random.chance(0.5) ? tag.toUpperCase() : tag.toLowerCase()
    default:
      return mutateText(random, tag)
  }
}

function changedText(random: SimRandom, text: string): string {
  if (random.chance(0.5)) return oddTextFor(random)
  return random.chance(0.5) ? mutateText(random, text) : text + random.pick(entities)
}

function oddTextFor(random: SimRandom): string {
  switch (random.int(0, 4)) {
    case 0:
      return random.pick(times)
    case 1:
      return oddNumberText(random)
    case 2:
      return random.pick(entities)
    default:
      return oddText(random)
  }
}

function attributeText(random: SimRandom): string {
  const text = random.chance(0.5) ? oddNumberText(random) : oddTextFor(random)
  return random.chance(0.9) ? text.replaceAll('"', '&quot;').replaceAll('<', '&lt;') : text
}

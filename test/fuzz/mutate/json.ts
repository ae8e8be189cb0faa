import type { SimRandom } from '../../sim/random.ts'
import { mutateText, oddText } from './hostile-texts.ts'
import { havoc } from './bytes.ts'

/**
 * JSON with what JSON has no word for, since messages between threads and windows may carry it: a text that begins
 * with this mark stands for the value it names.
 */
const mark = '\u0001'
const beyondJson = new Map<string, unknown>([
  [`${mark}undefined`, undefined],
  [`${mark}NaN`, Number.NaN],
  [`${mark}Infinity`, Number.POSITIVE_INFINITY],
  [`${mark}-Infinity`, Number.NEGATIVE_INFINITY],
  [`${mark}bigint`, 10n],
  [`${mark}date`, new Date(0)],
  [`${mark}bad date`, new Date(Number.NaN)],
  [`${mark}map`, new Map([['kind', 'none']])],
  [`${mark}bytes`, new Uint8Array(3)],
  // eslint-disable-next-line no-sparse-arrays -- a list with a hole is what is wanted
  [`${mark}holes`, [, 1, ,]],
])

/** The value that an input stands for; undefined for one that is no JSON. */
export function valueOf(input: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(input), revive) as unknown
  } catch (error) {
    // What parses this is the language's own: nothing else than this is expected of it.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined
    throw error
  }
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith(mark) || !beyondJson.has(value)) return value
  // A reviver that answers undefined removes the key; a function is refused by the readers all the same.
  return beyondJson.get(value)
}

/** The input that stands for a value. */
export function inputOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

/** Changes one place of a JSON text: its type, its keys, its size, its nesting. */
export function mutateJson(random: SimRandom, input: Uint8Array, other: Uint8Array): Uint8Array {
  if (random.chance(0.04)) return havoc(random, input, other)
  const value = plainValue(input)
  if (value === undefined) return havoc(random, input, other)
  const donor = plainValue(other)
  return inputOf(changeSomewhere(random, value, donor ?? null))
}

function plainValue(input: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(input)) as unknown
  } catch {
    return undefined
  }
}

function changeSomewhere(random: SimRandom, value: unknown, donor: unknown): unknown {
  // Go down as long as chance allows, so that leaves and branches are both met.
  if (Array.isArray(value) && value.length > 0 && random.chance(0.85)) {
    const items: readonly unknown[] = value
    const at = random.int(0, items.length - 1)
    return items.with(at, changeSomewhere(random, items[at], donor))
  }
  if (isFields(value) && random.chance(0.85)) {
    const entries = Object.entries(value)
    if (entries.length > 0) {
      const at = random.int(0, entries.length - 1)
      const [key = '', inner] = entries[at] ?? []
      return Object.fromEntries(entries.with(at, [key, changeSomewhere(random, inner, donor)]))
    }
  }
  return changedHere(random, value, donor)
}

function changedHere(random: SimRandom, value: unknown, donor: unknown): unknown {
  if (random.chance(0.35)) return oddValue(random, donor)
  if (typeof value === 'string') return mutateText(random, value)
  if (typeof value === 'number') {
    return random.pick([
      0,
      -0,
      -1,
      1,
      0.5,
      value * 1000,
      -value,
      value + 0.1,
      1e15,
      1e308,
      5e-324,
      2 ** 53,
      301,
      10_001,
      172_801,
    ])
  }
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return changedList(random, value, donor)
  return isFields(value) ? changedFields(random, value, donor) : oddValue(random, donor)
}

function changedList(random: SimRandom, list: readonly unknown[], donor: unknown): unknown {
  const at = random.int(0, Math.max(0, list.length - 1))
  switch (random.int(0, 4)) {
    case 0:
      return list.toSpliced(at, 1)
    case 1:
      return list.toSpliced(at, 0, oddValue(random, donor))
    case 2:
      return Array.from({ length: random.pick([2, 21, 101, 501, 1001]) }, () => list[at] ?? null)
    case 3:
      return [list]
    default:
      return list.toReversed()
  }
}

function changedFields(
  random: SimRandom,
  fields: Readonly<Record<string, unknown>>,
  donor: unknown,
): unknown {
  const entries = Object.entries(fields)
  const at = random.int(0, Math.max(0, entries.length - 1))
  const [key = 'kind', inner] = entries[at] ?? []
  switch (random.int(0, 4)) {
    case 0:
      return Object.fromEntries(entries.toSpliced(at, 1))
    case 1:
      return Object.fromEntries([...entries, [oddText(random), oddValue(random, donor)]])
    case 2:
      return Object.fromEntries(entries.toSpliced(at, 1, [mutateText(random, key), inner]))
    case 3:
      return { ...fields, steps: [fields], [key]: fields }
    default:
      return Object.fromEntries(entries.toSpliced(at, 1, [key, oddValue(random, donor)]))
  }
}

function oddValue(random: SimRandom, donor: unknown): unknown {
  switch (random.int(0, 9)) {
    case 0:
      return null
    case 1:
      return random.pick([0, -1, 1, 2, 0.1, 1e15, 1e308, -1e308, 2 ** 53, 2 ** 31, 5e-324, 86_400])
    case 2:
      return random.pick([true, false])
    case 3:
      return random.pick<unknown>([[], {}, [[]], [null], [{}], { kind: 'none' }, { '': '' }])
    case 4:
      return random.pick([...beyondJson.keys()])
    case 5:
      return nested(random.pick([8, 70, 1500]), random.chance(0.5))
    case 6:
      return JSON.parse(
        '{"__proto__":{"kind":"all","isPaused":true},"constructor":{"prototype":{}}}',
      ) as unknown
    case 7:
      return donor
    default:
      return oddText(random)
  }
}

function nested(depth: number, inLists: boolean): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = inLists ? [value] : { steps: [value], reps: 2 }
  return value
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

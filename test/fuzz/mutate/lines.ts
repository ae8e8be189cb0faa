import type { SimRandom } from '../../sim/random.ts'
import { havoc } from './bytes.ts'
import { mutateText, oddNumberText, oddText } from './hostile-texts.ts'

/** Changes a text of lines. `words` are what the format is made of: now and then one is a line, or a part of one. */
export function mutateLines(words: readonly string[]) {
  return (random: SimRandom, input: Uint8Array, other: Uint8Array): Uint8Array => {
    if (random.chance(0.12)) return havoc(random, input, other)
    const lines = new TextDecoder().decode(input).split('\n')
    const others = new TextDecoder().decode(other).split('\n')
    const at = random.int(0, lines.length - 1)
    const line = lines[at] ?? ''
    const to = random.int(0, lines.length)
    return new TextEncoder().encode(
      changed(random, { lines, others, at, line, to }).join(random.chance(0.05) ? '\r' : '\n'),
    )
  }

  interface Spot {
    readonly lines: readonly string[]
    readonly others: readonly string[]
    readonly at: number
    readonly line: string
    readonly to: number
  }

  function changed(random: SimRandom, { lines, others, at, line, to }: Spot): readonly string[] {
    switch (random.int(0, 8)) {
      case 0:
        return lines.toSpliced(at, random.int(1, 3))
      case 1:
        return lines.toSpliced(to, 0, ...Array.from({ length: random.pick([1, 1, 2, 300]) }, () => line))
      case 2:
        return lines.toSpliced(to, 0, random.pick(others))
      case 3:
        return lines.toSpliced(to, 0, random.pick(words))
      case 4:
        return lines.with(at, `${line}${random.pick(words)}`)
      case 5:
        return lines.with(
          at,
          line.replace(/\d+(?:\.\d+)?/, () => oddNumberText(random)),
        )
      case 6:
        return lines.with(
          at,
          line.replace(/\w+/, () => (random.chance(0.5) ? random.pick(words) : oddText(random))),
        )
      default:
        return lines.with(at, mutateText(random, line))
    }
  }
}

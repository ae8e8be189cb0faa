import type { SimRandom } from './random.ts'

export const minuteMs = 60_000

/** Several of something: each count is as likely as the weights say. */
export function count(random: SimRandom, weights: readonly number[]): number {
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [n, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return n
  }
  return 0
}

export function times<T>(n: number, make: (nth: number) => T): readonly T[] {
  return Array.from({ length: n }, (_, at) => make(at))
}

/** For a moment, or for long: both are as likely. */
export function drawSpan(random: SimRandom): number {
  return random.pick([random.int(100, minuteMs), random.int(minuteMs, 40 * minuteMs)])
}

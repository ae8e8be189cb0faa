import type { Random } from '../ports/clock.ts'

const firstMs = 1_000
const longestMs = 300_000

/** Our own wait after the n-th failure in a row (n from 1): 1 s, 2 s, 4 s, ... 5 min, each up to a quarter shorter by chance. */
export function backOffMs(failures: number, random: Random): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1))
  return Math.round(full * (1 - random() / 4))
}

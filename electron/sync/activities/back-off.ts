import type { Random } from '../ports/clock.ts'

const firstMs = 1_000
const longestMs = 300_000
/** Of a ride that somebody in between turns away while all else goes through: each try carries its whole body. */
export const longestBarredMs = 3_600_000

/** Our own wait after the n-th failure in a row (n from 1): 1 s, 2 s, 4 s, ... 5 min, each up to a quarter shorter by chance. */
export function backOffMs(failures: number, random: Random, longest = longestMs): number {
  const full = Math.min(longest, firstMs * 2 ** Math.max(0, failures - 1))
  return Math.round(full * (1 - random() / 4))
}

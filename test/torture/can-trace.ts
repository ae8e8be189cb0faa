import { spawnSync } from 'node:child_process'

/** Why system calls cannot be watched here; null when they can. */
export function whyNotTraced(): string | null {
  if (process.platform !== 'linux') return 'strace needs Linux'
  const words = ['-f', '-qqq', '-o', '/dev/null', '-e', 'trace=none', 'true']
  const probe = spawnSync('strace', words, { timeout: 10_000 })
  return probe.status === 0 ? null : 'strace is not installed, or may not trace here'
}

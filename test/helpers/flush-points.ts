import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const wanted = 'trace=fsync,fdatasync,rename,renameat2,mkdir,unlink'

/** Why the system's calls cannot be watched here; null when they can. */
export function whyNotTraced(): string | null {
  if (process.platform !== 'linux') return 'only Linux has strace'
  const { status } = spawnSync('strace', ['-f', '-y', '-e', wanted, 'true'])
  return status === 0 ? null : 'strace is not installed or not allowed'
}

/**
 * Runs a module in a process of its own, below `root`, and tells in order what it asked the system to make safe and to
 * rename: `make`, `flush`, `rename ... to` and `remove`, with paths from `root`. Its first argument is `root`.
 */
export function flushPoints(script: string, root: string): readonly string[] {
  const out = join(root, 'trace')
  const args = ['-f', '-y', '-e', wanted, '-o', out, process.execPath, '--input-type=module-typescript']
  const done = spawnSync('strace', [...args, '-e', script, root], { encoding: 'utf8', timeout: 60_000 })
  if (done.status !== 0) throw new Error(`the traced process failed: ${done.stderr}`)
  const told = readFileSync(out, 'utf8')
    .split('\n')
    .flatMap(line => tell(line) ?? [])
  return told
    .filter(line => line.includes(root))
    .map(line => line.replaceAll(`${root}/`, '').replaceAll(root, '.'))
}

function tell(line: string): string | null {
  if (/ = -1 [A-Z]/.test(line)) return null
  const plain = line.replaceAll(/\.\d+\.tmp/g, '.tmp').replaceAll(/damaged-[\d-]+T[\d-]+Z/g, 'damaged')
  const flushed = /\bf(?:data)?sync\(\d+<([^>]*)>/.exec(plain)
  if (flushed !== null) return `flush ${flushed[1] ?? ''}`
  const renamed = /\brename(?:at2)?\((?:[^"]*)"([^"]*)",(?:[^"]*)"([^"]*)"/.exec(plain)
  if (renamed !== null) return `rename ${renamed[1] ?? ''} to ${renamed[2] ?? ''}`
  const other = /\b(mkdir|unlink)\("([^"]*)"/.exec(plain)
  return other === null ? null : `${other[1] === 'mkdir' ? 'make' : 'remove'} ${other[2] ?? ''}`
}

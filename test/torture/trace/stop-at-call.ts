import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { World } from '../../e2e/helpers/home.ts'
import { CallReader, descriptorOf, hexOf, bytesOf, type Call } from './read-calls.ts'
import { changingCalls, tellingOptions, tracedEnvironment } from './watched-calls.ts'

/** A call that changed one of our files, or made it safe. */
export interface Met {
  readonly name: string
  readonly path: string
}

export interface StoppedRun {
  /** The calls in their order; the process was killed right after the last one, unless it ended before. */
  readonly met: readonly Met[]
  readonly isKilled: boolean
}

/** Ample for a start under load. */
const guardMs = 120_000
/** A stop may come just after the word to go on: it is said again. */
const sayAgainMs = 25
const setsFile = /O_CREAT|O_TRUNC/

/**
 * Runs a command that is stopped, all of its threads, after each call that could change a disk, and let go on; after the
 * `nth` of those that concern `folders` it is killed with SIGKILL. The order among threads may differ from run to run.
 */
export async function killAfterCall(
  world: World,
  launcher: string,
  words: readonly string[],
  folders: readonly string[],
  nth: number,
): Promise<StoppedRun> {
  const set = changingCalls.join(',')
  const stops = ['-e', `trace=${set}`, '-e', `inject=${set}:signal=SIGSTOP`, '-s', '1', '-o', '|cat >&2']
  const quiet = ['sh', '-c', 'exec "$@" >/dev/null 2>&1', 'sh', process.execPath, launcher, ...words]
  const env = { ...world.env, ...tracedEnvironment }
  const child = spawn('strace', [...tellingOptions, ...stops, ...quiet], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const reader = new CallReader()
  const marks = folders.map(hexOf)
  const met: Met[] = []
  let [pid, isKilled, isHanging] = [0, false, false]
  const signal = (name: 'SIGCONT' | 'SIGKILL'): void => {
    try {
      if (pid > 0) process.kill(pid, name)
    } catch {
      // It has ended.
    }
  }
  const again = setInterval(() => signal(isKilled ? 'SIGKILL' : 'SIGCONT'), sayAgainMs)
  const guard = setTimeout(() => {
    isHanging = true
    isKilled = true
  }, guardMs)
  // Stopped, it would outlive whoever stopped it.
  const end = (): void => signal('SIGKILL')
  process.on('exit', end)
  createInterface({ input: child.stderr }).on('line', line => {
    pid ||= Number(/^\d+/.exec(line)?.[0] ?? 0)
    const call = reader.read(line)
    if (call !== null && !isKilled && concerns(call, marks)) {
      met.push({ name: call.name, path: pathOf(call) })
      isKilled = met.length === nth
    }
    signal(isKilled ? 'SIGKILL' : 'SIGCONT')
  })
  await once(child, 'close')
  clearInterval(again)
  clearTimeout(guard)
  process.off('exit', end)
  if (isHanging) throw new Error(`musette ${words.join(' ')} did not end within ${guardMs} ms`)
  return { met, isKilled }
}

function concerns({ name, args, result }: Call, marks: readonly string[]): boolean {
  if (result === null || result.startsWith('-')) return false
  const isOpening = name === 'open' || name === 'openat'
  if (isOpening && !args.some(argument => setsFile.test(argument))) return false
  return args.some(argument => marks.some(mark => argument.includes(mark)))
}

/** What it concerned, the target of a rename. */
function pathOf({ args }: Call): string {
  const named = args.findLast(argument => argument.startsWith('"\\x2f'))
  if (named !== undefined) return Buffer.from(bytesOf(named)).toString('utf8')
  return descriptorOf(args[0] ?? '').path ?? ''
}

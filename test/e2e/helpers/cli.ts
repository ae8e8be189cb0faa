import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { SyncReport } from '../../../shared/reports.ts'

/** The file that `bin.musette` names. */
export const launcher = resolve('electron/musette.mjs')

/** How long a command may take before it counts as hanging. */
export const hangGuardMs = 75_000

/** How a command ended. */
export interface CliEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  /** The whole environment of the command. */
  readonly env: Readonly<Record<string, string>>
  /** Written to standard input, which is then closed. */
  readonly input?: string
  readonly cwd?: string
  /** The Node to start the launcher with; the one of this run when left out. */
  readonly node?: string
  /** A command that the Node is started under, such as a tracer with its options. */
  readonly under?: readonly string[]
  /** The file to start, where it is not the built `launcher`. */
  readonly launcher?: string
  /** How long it may run before it counts as hanging; `hangGuardMs` unless given. */
  readonly guardMs?: number
}

/** A command that has been started. */
export interface RunningCli {
  readonly pid: number
  readonly ended: Promise<CliEnd>
  kill(signal: NodeJS.Signals): void
  /** What it has said on standard error so far. */
  said(): string
  /** What it has printed on standard output so far. */
  printed(): string
}

const running = new Set<ChildProcess>()

/** Starts `musette` with these words. One that hangs is killed, and its `ended` rejects. */
export function startCli(args: readonly string[], options: CliOptions): RunningCli {
  const start = options.launcher ?? launcher
  const isBuilt = start !== launcher || existsSync(resolve('dist/headless/headless.js'))
  if (!isBuilt) throw new Error('not built: npm run build')
  const words = [...(options.under ?? []), options.node ?? process.execPath, start, ...args]
  const child = spawn(words[0] ?? '', words.slice(1), {
    env: options.env,
    cwd: options.cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  running.add(child)
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  // A command that ends before it has read its input closes the pipe: not our trouble.
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input ?? '')
  return {
    pid: child.pid ?? 0,
    ended: untilEnd(child, args, said, options.guardMs ?? hangGuardMs),
    kill: signal => void child.kill(signal),
    said: () => said.stderr,
    printed: () => said.stdout,
  }
}

async function untilEnd(
  child: ChildProcess,
  args: readonly string[],
  said: { readonly stdout: string; readonly stderr: string },
  guardMs: number,
): Promise<CliEnd> {
  const hung = new AbortController()
  const guard = setTimeout(() => {
    hung.abort()
    child.kill('SIGKILL')
  }, guardMs)
  await once(child, 'close')
  clearTimeout(guard)
  running.delete(child)
  if (hung.signal.aborted) {
    const text = `musette ${args.join(' ')} did not end within ${guardMs} ms`
    throw new Error(`${text}\n${said.stdout}\n${said.stderr}`)
  }
  return { code: child.exitCode, signal: child.signalCode, ...said }
}

/** Runs `musette` to its end. */
export function runCli(args: readonly string[], options: CliOptions): Promise<CliEnd> {
  return startCli(args, options).ended
}

/** Ends what a failed test has left running. */
export async function endStrays(): Promise<void> {
  await Promise.all(
    [...running].map(async child => {
      const over = once(child, 'close')
      child.kill('SIGKILL')
      await over
    }),
  )
}

/** Standard output read as JSON. Throws with all that was said when it is none. */
export function jsonOf(end: CliEnd): unknown {
  try {
    return JSON.parse(end.stdout)
  } catch {
    throw new Error(`no JSON, exit code ${end.code}: ${end.stdout}\n${end.stderr}`)
  }
}

/** A report in which nothing happened; tests add what should have. */
export const quietReport: SyncReport = {
  uploaded: 0,
  alreadyThere: 0,
  waiting: 0,
  held: 0,
  notActivity: 0,
  tooOld: 0,
  rejected: 0,
  retrying: 0,
  ignored: 0,
  queued: 0,
  workoutsWritten: 0,
  workoutsRemoved: 0,
  workoutsUnchanged: 0,
  errors: [],
}

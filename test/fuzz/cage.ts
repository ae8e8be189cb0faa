import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CageReply, CageRequest } from './cage-messages.ts'
import { mostMemoryBytes, type Fault } from './target.ts'

export type CageAnswer =
  | { readonly kind: 'answered'; readonly reply: CageReply }
  /** The process is gone, and with it every answer of this request. */
  | { readonly kind: 'died'; readonly fault: Fault }

export interface CageOptions {
  /** Files whose coverage is wanted; null to measure none. */
  readonly coverageOf: readonly string[] | null
  /** How long one request may stay without an answer. A busy machine is slow: what counts as a hang is processor time. */
  readonly patienceMs: number
}

const pollMs = 50
const startGuardMs = 60_000
/** What Node and the code itself take, besides what one input may. */
const idleHeapMb = 64
const keptWords = 20_000

/** A process that readers are let loose in. It is begun anew after each death. */
export class Cage {
  readonly #options: CageOptions
  #child: ChildProcess | null = null
  #words = ''

  constructor(options: CageOptions) {
    this.#options = options
  }

  async run(request: CageRequest): Promise<CageAnswer> {
    const child = this.#child ?? (await this.#start())
    const before = residentBytes(child)
    let ended: Fault | null = null
    return new Promise(resolve => {
      const startedAt = performance.now()
      const watch = setInterval(() => {
        const grown = (residentBytes(child) ?? 0) - (before ?? 0)
        if (grown > mostMemoryBytes + idleHeapMb * 2 ** 20) ended = memoryFault('it was ended while it grew')
        else if (performance.now() - startedAt > this.#options.patienceMs) ended = hangFault
        if (ended !== null) child.kill('SIGKILL')
      }, pollMs)
      const settle = (answer: CageAnswer): void => {
        clearInterval(watch)
        child.removeAllListeners('message')
        child.removeAllListeners('close')
        resolve(answer)
      }
      child.on('message', (reply: CageReply) => settle({ kind: 'answered', reply }))
      child.on('close', (code, signal) => {
        this.#child = null
        settle({ kind: 'died', fault: ended ?? deathFault(this.#words, code, signal) })
      })
      child.send(request, error => {
        // A process that is gone says so by closing.
        if (error !== null && child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      })
    })
  }

  async close(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child === null) return
    const gone = new Promise(resolve => child.once('close', resolve))
    child.kill('SIGKILL')
    await gone
  }

  #start(): Promise<ChildProcess> {
    this.#words = ''
    const child = fork(
      join(import.meta.dirname, 'cage-worker.ts'),
      [JSON.stringify(this.#options.coverageOf)],
      {
        serialization: 'advanced',
        execArgv: [
          `--max-old-space-size=${mostMemoryBytes / 2 ** 20 + idleHeapMb}`,
          '--disable-warning=ExperimentalWarning',
        ],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    )
    child.stderr?.setEncoding('utf8').on('data', (words: string) => {
      this.#words = (this.#words + words).slice(-keptWords)
    })
    this.#child = child
    return new Promise((resolve, reject) => {
      const guard = setTimeout(() => child.kill('SIGKILL'), startGuardMs)
      child.once('message', () => {
        clearTimeout(guard)
        child.removeAllListeners('close')
        resolve(child)
      })
      child.once('close', () => {
        clearTimeout(guard)
        this.#child = null
        reject(new Error(`the process that readers run in did not start: ${this.#words}`))
      })
    })
  }
}

const hangFault: Fault = { kind: 'hang', what: 'gave no answer', detail: 'it was ended' }

function memoryFault(detail: string): Fault {
  return { kind: 'memory', what: 'memory grew by more than 256 MiB', detail }
}

function deathFault(words: string, code: number | null, signal: NodeJS.Signals | null): Fault {
  if (/heap out of memory|invalid size error/i.test(words)) return memoryFault('its heap was full')
  const error =
    /^(?:Uncaught )?(\w*Error)\b.*$/m.exec(words)?.[1] ?? `it ended with ${code ?? signal ?? 'nothing'}`
  const frame = /\/((?:electron|shared|test\/fuzz\/targets)\/[\w./-]+:\d+)/.exec(words)?.[1] ?? 'elsewhere'
  return { kind: 'stray', what: `${error} that nobody caught, at ${frame}`, detail: words }
}

/** Null where the system has no such file: there the process's own peak is all that is known. */
function residentBytes(child: ChildProcess): number | null {
  try {
    const pages = readFileSync(`/proc/${child.pid ?? 0}/statm`, 'utf8').split(' ')[1]
    return Number(pages) * 4096
  } catch {
    return null
  }
}

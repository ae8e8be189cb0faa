import { createInterface } from 'node:readline/promises'
import { addAbortSignal, Writable } from 'node:stream'
import { plainLines } from '../../shared/plain-words.ts'

/** Where a command's words go: results on standard output, messages for people on standard error. */
export interface Io {
  out(text: string): void
  err(text: string): void
  /**
   * A secret from standard input: all of it, or on a terminal one line that is not shown while it is typed, asked for
   * by `prompt`. Rejects with the signal's reason when it aborts.
   */
  readSecret(prompt: string, signal: AbortSignal): Promise<string>
  /** Resolves once everything has been handed to the system. */
  flush(): Promise<void>
}

export function processIo(): Io {
  // A reader that has seen enough (`musette files | head`) is no trouble.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  return {
    // Names of files, folders and athletes come from outside; none of them is to steer the terminal.
    out: text => void process.stdout.write(`${plainLines(text)}\n`),
    err: text => void process.stderr.write(`${plainLines(text)}\n`),
    readSecret: (prompt, signal) => (process.stdin.isTTY ? askHidden(prompt, signal) : readAll(signal)),
    flush: async () => {
      for (const stream of [process.stdout, process.stderr]) {
        await new Promise<void>(resolve => {
          stream.write('', () => resolve())
        })
      }
    },
  }
}

async function readAll(signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = []
  const input = addAbortSignal(signal, process.stdin)
  for await (const chunk of input) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString('utf8')
}

async function askHidden(prompt: string, signal: AbortSignal): Promise<string> {
  process.stderr.write(`${prompt} `)
  // Readline echoes to its output: to one that shows nothing, so that the key stays off the screen.
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true })
  // In raw mode Ctrl+C is a key like others.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  try {
    return await terminal.question('', { signal })
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}

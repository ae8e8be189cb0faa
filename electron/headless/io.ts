import { addAbortSignal } from 'node:stream'

/** Where a command's words go: results on standard output, messages for people on standard error. */
export interface Io {
  out(text: string): void
  err(text: string): void
  /** All of standard input. Rejects with the signal's reason when it aborts. */
  readInput(signal: AbortSignal): Promise<string>
  /** Resolves once everything has been handed to the system. */
  flush(): Promise<void>
}

export function processIo(): Io {
  // A reader that has seen enough (`musette files | head`) is no trouble.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  return {
    out: text => void process.stdout.write(`${text}\n`),
    err: text => void process.stderr.write(`${text}\n`),
    readInput: async signal => {
      const chunks: Buffer[] = []
      const input = addAbortSignal(signal, process.stdin)
      for await (const chunk of input) chunks.push(Buffer.from(chunk as Uint8Array))
      return Buffer.concat(chunks).toString('utf8')
    },
    flush: async () => {
      for (const stream of [process.stdout, process.stderr]) {
        await new Promise<void>(resolve => {
          stream.write('', () => resolve())
        })
      }
    },
  }
}

/** Where a command's words go: results on standard output, messages for people on standard error. */
export interface Io {
  out(text: string): void
  err(text: string): void
  /** All of standard input. */
  readInput(): Promise<string>
}

export function processIo(): Io {
  return {
    out: text => void process.stdout.write(`${text}\n`),
    err: text => void process.stderr.write(`${text}\n`),
    readInput: async () => {
      const chunks: Buffer[] = []
      for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array))
      return Buffer.concat(chunks).toString('utf8')
    },
  }
}

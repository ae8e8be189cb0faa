import type { Readable } from 'node:stream'

/** A request or a reply is one line of JSON, no longer than this. */
export const MAX_MESSAGE_BYTES = 1_048_576

/** One message as a line; null when it is too long. */
export function encodeMessage(message: unknown): Buffer | null {
  // JSON escapes line ends inside strings, so the only line end is ours.
  const line = Buffer.from(`${JSON.stringify(message)}\n`)
  return line.length > MAX_MESSAGE_BYTES ? null : line
}

/**
 * Calls `message` with each line, parsed (undefined for what is not JSON), and `tooLong` once when a line passes the
 * limit, after which nothing more is read into memory.
 */
export function readMessages(
  stream: Readable,
  on: { readonly message: (message: unknown) => void; readonly tooLong: () => void },
): void {
  let parts: Buffer[] = []
  let bytes = 0
  let isOver = false
  stream.on('data', (chunk: Buffer) => {
    let rest = chunk
    while (!isOver && rest.length > 0) {
      const end = rest.indexOf(0x0a)
      const part = end === -1 ? rest : rest.subarray(0, end)
      rest = end === -1 ? rest.subarray(rest.length) : rest.subarray(end + 1)
      parts.push(part)
      bytes += part.length
      if (bytes >= MAX_MESSAGE_BYTES) {
        isOver = true
        parts = []
        on.tooLong()
      } else if (end !== -1) {
        const line = Buffer.concat(parts).toString('utf8')
        parts = []
        bytes = 0
        on.message(parsed(line))
      }
    }
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

import { Readable } from 'node:stream'
import { AppError } from '../../shared/app-error.ts'
import type { ActivityUpload } from '../sync/ports/intervals-service.ts'

/** How much of a request's body was handed to the connection. A request without a body stays at `nothing`. */
export type Sent = 'nothing' | 'some' | 'whole'

/** Small pieces keep memory flat, and let the sender see progress on a slow line instead of one long write. */
const pieceBytes = 65_536

/**
 * The body of an upload: one form part `file`. It can be read once. Its length is known before the first byte, and its
 * end is only handed out when the file was exactly as long as promised: a server can never take a cut file as whole.
 */
export class MultipartFile {
  readonly contentType: string
  readonly contentLength: number
  readonly #upload: Pick<ActivityUpload, 'fileName' | 'bytes' | 'body'>
  readonly #head: Buffer
  readonly #tail: Buffer
  #sent: Sent = 'nothing'
  #failure: { readonly error: unknown } | null = null

  /** `boundary` must be new and random, so that no file contains it. */
  constructor(upload: Pick<ActivityUpload, 'fileName' | 'bytes' | 'body'>, boundary: string) {
    this.#upload = upload
    this.#head = Buffer.from(
      `--${boundary}\r\n` +
        `Content-Disposition: form-data; name="file"; filename="${escapeFileName(upload.fileName)}"\r\n` +
        'Content-Type: application/octet-stream\r\n\r\n',
    )
    this.#tail = Buffer.from(`\r\n--${boundary}--\r\n`)
    this.contentType = `multipart/form-data; boundary=${boundary}`
    this.contentLength = this.#head.length + upload.bytes + this.#tail.length
  }

  get sent(): Sent {
    return this.#sent
  }

  /** What the file itself threw while it was read, or null. It outranks whatever the connection then says. */
  get failure(): { readonly error: unknown } | null {
    return this.#failure
  }

  /** Destroying the stream also ends the file's own iterator, which closes what it holds open. */
  stream(): Readable {
    const chunks = this.#chunks()
    // Without `throw`: a stream that is destroyed would throw the connection's error into the generator, where it
    // looks like the file's own.
    const iterator: AsyncIterator<Uint8Array> = {
      next: () => chunks.next(),
      return: () => chunks.return(undefined),
    }
    const stream = Readable.from(
      { [Symbol.asyncIterator]: () => iterator },
      { objectMode: false, highWaterMark: pieceBytes },
    )
    // Who sends the stream listens while it does so; what breaks after that must not end the process.
    return stream.on('error', () => undefined)
  }

  async *#chunks(): AsyncGenerator<Uint8Array> {
    this.#sent = 'some'
    yield this.#head
    let left = this.#upload.bytes
    try {
      for await (const chunk of this.#upload.body()) {
        left -= chunk.length
        if (left < 0) throw changed('has grown')
        for (let at = 0; at < chunk.length; at += pieceBytes) {
          // A copy, since the reader may use its buffer again while ours still waits for the network.
          yield Buffer.from(chunk.subarray(at, at + pieceBytes))
        }
      }
      if (left > 0) throw changed('has shrunk')
    } catch (error) {
      this.#failure = { error }
      throw error
    }
    this.#sent = 'whole'
    yield this.#tail
  }
}

/** As the HTML standard writes a file name into form data: three characters escaped, all else as UTF-8. */
export function escapeFileName(name: string): string {
  return name.toWellFormed().replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')
}

function changed(how: string): AppError {
  return new AppError('changed-while-reading', `the file ${how} while it was sent`, 'retry')
}

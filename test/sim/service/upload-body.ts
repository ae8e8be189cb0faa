import { createHash } from 'node:crypto'

const lineEnd = '\r\n'

/** The one file of a form. */
export interface UploadedFile {
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly sha256: string
}

/** Reads a form of one part named `file`; null for anything else. */
export function readUploadedFile(contentType: string, body: Buffer): UploadedFile | null {
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(contentType)?.[1]
  if (boundary === undefined) return null
  const headEnd = body.indexOf(lineEnd + lineEnd)
  const tail = Buffer.from(`${lineEnd}--${boundary}--${lineEnd}`)
  const start = headEnd + 4
  const end = body.length - tail.length
  if (headEnd < 0 || end < start || !body.subarray(end).equals(tail)) return null
  const [first, disposition] = body.subarray(0, headEnd).toString('utf8').split(lineEnd)
  const fileName = /^Content-Disposition: form-data; name="file"; filename="([^"]*)"$/.exec(
    disposition ?? '',
  )?.[1]
  if (first !== `--${boundary}` || fileName === undefined) return null
  const bytes = body.subarray(start, end)
  return { fileName, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

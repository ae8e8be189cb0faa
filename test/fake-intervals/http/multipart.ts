/** One part of a form: a plain field (`fileName` null) or a file. */
export interface FormPart {
  readonly name: string
  readonly fileName: string | null
  readonly content: Buffer
}

/** Reads a multipart/form-data body (RFC 7578) held in memory. Null when it is none or is broken. */
export function readMultipart(contentType: string | undefined, body: Buffer): readonly FormPart[] | null {
  const type = contentType ?? ''
  if (!/^multipart\/form-data\b/i.test(type)) return null
  const found = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type)
  const boundary = found?.[1] ?? found?.[2]
  if (boundary === undefined) return null
  const delimiter = Buffer.from(`--${boundary}`)
  const parts: FormPart[] = []
  let at = body.indexOf(delimiter)
  while (at >= 0) {
    const start = at + delimiter.length
    if (body.subarray(start, start + 2).toString('latin1') === '--') return parts
    // The line end before a delimiter belongs to the delimiter, not to the content.
    const next = body.indexOf(Buffer.from(`\r\n--${boundary}`), start)
    if (next < 0) return null
    const part = readPart(body.subarray(start + 2, next))
    if (part === null) return null
    parts.push(part)
    at = next + 2
  }
  return null
}

function readPart(bytes: Buffer): FormPart | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = bytes.subarray(0, end).toString('utf8')
  const disposition = /^content-disposition:\s*form-data\b(.*)$/im.exec(head)?.[1] ?? ''
  const name = parameter(disposition, 'name')
  if (name === null) return null
  return {
    name,
    fileName: extended(disposition) ?? parameter(disposition, 'filename'),
    content: bytes.subarray(end + 4),
  }
}

function parameter(disposition: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(disposition)
  const value = found?.[1] ?? found?.[2]
  if (value === undefined) return null
  // Browsers write a quote as %22 and line ends as %0D %0A; others escape with a backslash.
  return value.replace(/\\(["\\])/g, '$1').replace(/%22/g, '"')
}

function extended(disposition: string): string | null {
  const value = /;\s*filename\*=utf-8''([^;\s]+)/i.exec(disposition)?.[1]
  if (value === undefined) return null
  try {
    return decodeURIComponent(value)
  } catch {
    return null
  }
}

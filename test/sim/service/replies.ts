import type { WireReply } from '../../../electron/intervals/transport.ts'

const utf8 = new TextEncoder()

interface Extra {
  readonly retryAfter?: string | null
}

/** A reply in JSON, as the application gives it. */
export function json(nowMs: number, status: number, body: unknown, extra: Extra = {}): WireReply {
  return reply(nowMs, status, 'application/json;charset=UTF-8', JSON.stringify(body), extra)
}

/** An error as the application says it. */
export function sentence(nowMs: number, status: number, error: string, extra: Extra = {}): WireReply {
  return json(nowMs, status, { status, error }, extra)
}

/** A page, as the edge in front of the application gives it. */
export function page(nowMs: number, status: number, extra: Extra = {}): WireReply {
  return reply(nowMs, status, 'text/html', '<html><body>error</body></html>', extra)
}

/** The same head, with a body that could not be read. */
export function unreadable(whole: WireReply, why: string, cause: unknown): WireReply {
  return { ...whole, content: { kind: 'unreadable', why, cause } }
}

/** The same head, with the first half of its body as if that were all. */
export function halved(whole: WireReply): WireReply {
  if (whole.content.kind === 'unreadable') return whole
  const { bytes } = whole.content
  return { ...whole, content: { kind: 'read', bytes: bytes.subarray(0, bytes.length >> 1) } }
}

function reply(nowMs: number, status: number, contentType: string, text: string, extra: Extra): WireReply {
  return {
    status,
    contentType,
    retryAfter: extra.retryAfter ?? null,
    date: new Date(nowMs).toUTCString(),
    content: { kind: 'read', bytes: utf8.encode(text) },
  }
}

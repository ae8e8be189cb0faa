import type { Readable } from 'node:stream'
import { Agent, request, type Dispatcher } from 'undici'
import { acceptedEncodings, readReplyBody, type ReplyContent } from './reply-body.ts'

/** How long each part of a request may take, in ms. */
export interface Timeouts {
  readonly connectMs: number
  /** From the last body byte to the reply's head; while a body goes out, the longest stall. */
  readonly headersMs: number
  /** The longest silence within a reply's body. */
  readonly bodyIdleMs: number
  /** A reply's whole body: one that drips a byte now and then is never silent. */
  readonly replyMs: number
}

export const defaultTimeouts: Timeouts = {
  connectMs: 15_000,
  headersMs: 60_000,
  bodyIdleMs: 60_000,
  replyMs: 300_000,
}

export interface WireRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable | null
  /** The largest reply to read, in bytes, packed and unpacked. */
  readonly capBytes: number
}

export interface WireReply {
  readonly status: number
  readonly contentType: string | null
  readonly retryAfter: string | null
  readonly date: string | null
  readonly content: ReplyContent
}

/** What carries requests to the service and brings replies back. */
export interface Wire {
  /** Rejects with the library's own error when no reply's head came, or with the signal's reason. */
  send(wire: WireRequest, signal: AbortSignal | undefined): Promise<WireReply>
  /** Ends every request that still runs. */
  close(): Promise<void>
}

/** Requests over a small pool of kept connections. Redirects are not followed, nothing is tried twice. */
export class Transport implements Wire {
  readonly #agent: Agent
  readonly #timeouts: Timeouts

  constructor(timeouts: Timeouts) {
    this.#timeouts = timeouts
    this.#agent = new Agent({
      connections: 4,
      // A body that fails half-way then costs its own connection only, never a neighbour's stream.
      allowH2: false,
      pipelining: 1,
      headersTimeout: timeouts.headersMs,
      bodyTimeout: timeouts.bodyIdleMs,
      // Said aloud, so that no environment variable can switch the check of certificates off.
      connect: { timeout: timeouts.connectMs, rejectUnauthorized: true },
    })
  }

  async send(wire: WireRequest, signal: AbortSignal | undefined): Promise<WireReply> {
    const tooSlow = new AbortController()
    const reply = await request(wire.url, {
      dispatcher: this.#agent,
      method: wire.method,
      headers: { ...wire.headers, 'accept-encoding': acceptedEncodings },
      body: wire.body,
      signal: signal === undefined ? tooSlow.signal : AbortSignal.any([signal, tooSlow.signal]),
    })
    // A body that is given up on reports so once more as an event, which nobody else listens to.
    reply.body.on('error', () => undefined)
    const timer = setTimeout(
      () => tooSlow.abort(new Error('the reply took too long')),
      this.#timeouts.replyMs,
    )
    try {
      const encoding = headerOf(reply, 'content-encoding')
      const content = await readReplyBody(reply.body, encoding, wire.capBytes)
      // A whole answer counts even when the abort came while it was read.
      if (content.kind === 'unreadable') signal?.throwIfAborted()
      return {
        status: reply.statusCode,
        contentType: headerOf(reply, 'content-type'),
        retryAfter: headerOf(reply, 'retry-after'),
        date: headerOf(reply, 'date'),
        content,
      }
    } finally {
      clearTimeout(timer)
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy()
  }
}

/** A header sent more than once counts by its first value. */
function headerOf(reply: Dispatcher.ResponseData, name: string): string | null {
  const value = reply.headers[name]
  return (typeof value === 'string' ? value : value?.[0]) ?? null
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { AppError } from '../../shared/app-error.ts'
import { httpPaths, type WindowEvent } from '../../shared/ipc-contract.ts'
import type { Log } from '../sync/ports/log.ts'
import { EventStreams } from './event-streams.ts'
import { hasToken, refusal } from './loopback-guard.ts'
import { oneAtATime } from './one-at-a-time.ts'

export interface LoopbackLimits {
  readonly bodyBytes: number
  /** Until all headers, and until all of a request has come. */
  readonly headersMs: number
  readonly requestMs: number
  readonly connections: number
  readonly streams: number
  readonly heartbeatMs: number
  /** A connection without the token, or a stream, on which nothing moves for so long is cut. */
  readonly stalledMs: number
}

const usualLimits: LoopbackLimits = {
  bodyBytes: 1_000_000,
  headersMs: 10_000,
  requestMs: 30_000,
  connections: 128,
  streams: 16,
  heartbeatMs: 15_000,
  stalledMs: 60_000,
}

/** A file of the page with all its headers, or why there is none. */
export interface ServedFile {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface LoopbackOptions {
  /** 0 for any free one. */
  readonly port: number
  /** Asked for with everything but the page's own files, which hold no data. */
  readonly token: string
  /** Answers one request of the contract with something JSON can carry. Never rejects. */
  readonly answer: (name: string, args: unknown) => Promise<unknown>
  readonly page: (path: string) => Promise<ServedFile>
  /** What a new listener is told first. */
  readonly firstEvent: () => WindowEvent
  /** Answers a function that stops listening. */
  readonly onEvent: (listener: (event: WindowEvent) => void) => () => void
  readonly log: Log
  readonly limits?: Partial<LoopbackLimits>
}

export interface LoopbackServer {
  readonly port: number
  /** Ends the streams and cuts every connection. */
  close(): Promise<void>
}

/** Sent with every reply that is no page. No CORS header anywhere: no other site is ever to read one. */
const dataHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

/**
 * Serves the window's page and its contract to browsers on this computer, on 127.0.0.1 and nowhere else. Throws
 * `bad-usage` when the port can't be had.
 */
export async function serveLoopback(options: LoopbackOptions): Promise<LoopbackServer> {
  const limits = { ...usualLimits, ...options.limits }
  const streams = new EventStreams({ ...limits, most: limits.streams })
  const stopListening = options.onEvent(event => streams.tell(event))
  const server = createServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(1_000, limits.headersMs, limits.requestMs),
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16_384,
  })
  server.maxConnections = limits.connections
  // Whoever asks and then does not read would keep a place for ever.
  server.timeout = limits.stalledMs
  const parts: Parts = { ...options, limits, streams, port: 0 }
  try {
    const port = await listening(server, options.port)
    server.on(
      'request',
      oneAtATime((request, response) => void serve({ ...parts, port }, request, response)),
    )
    return {
      port,
      close: async () => {
        stopListening()
        streams.close()
        const closed = new Promise(resolve => server.close(resolve))
        server.closeAllConnections()
        await closed
      },
    }
  } catch (error) {
    stopListening()
    streams.close()
    throw error
  }
}

interface Parts extends LoopbackOptions {
  readonly limits: LoopbackLimits
  readonly streams: EventStreams
  readonly port: number
}

/** Never rejects. */
async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const reply = await replyTo(parts, request, response)
    if (reply === null || response.destroyed) return
    const length = Buffer.byteLength(reply.body)
    response.writeHead(reply.status, { ...reply.headers, 'content-length': length })
    response.end(reply.body)
  } catch (error) {
    // The asker went away in the middle of it, or a bug; either way nothing more is told.
    if (!request.destroyed) parts.log('error', 'a loopback request failed', { why: String(error) })
    response.destroy()
  }
}

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** What a stranger still has to send is not read. */
const hangUp = { connection: 'close' } as const

/** Null where the reply has become an event stream. */
async function replyTo(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Reply | null> {
  const refused = refusal(request, parts.port)
  if (refused !== null) return words(refused.status, refused.why, hangUp)
  const [path = ''] = (request.url ?? '').split('?')
  if (!path.startsWith('/api')) return pageReply(parts, path, request)
  // Before anything else: without it nothing is said, not even what there is.
  if (!hasToken(request, parts.token)) {
    return words(401, 'The token is missing or wrong.', { ...hangUp, 'www-authenticate': 'Bearer' })
  }
  // Ours: an answer may take its time, and a stream has its own rule for a reader that stalls.
  request.socket.setTimeout(0)
  if (path !== httpPaths.events) return dataReply(parts, path, request)
  if (request.method !== 'GET') return words(405, 'Events are read.', { allow: 'GET' })
  if (parts.streams.isFull) return words(503, 'Too many windows are open.')
  parts.streams.add(response, dataHeaders, parts.firstEvent())
  return null
}

async function pageReply(parts: Parts, path: string, { method }: IncomingMessage): Promise<Reply> {
  // Node leaves the body out of an answer to HEAD.
  if (method === 'GET' || method === 'HEAD') return parts.page(path)
  return words(405, 'A page can only be read.', { allow: 'GET, HEAD' })
}

async function dataReply(parts: Parts, path: string, request: IncomingMessage): Promise<Reply> {
  const name = path.startsWith(`${httpPaths.request}/`) ? path.slice(httpPaths.request.length + 1) : ''
  if (!/^[A-Za-z]{1,50}$/.test(name)) return words(404, 'There is nothing here.')
  if (request.method !== 'POST') return words(405, 'A request is posted.', { allow: 'POST' })
  // A form or a plain text can be posted from anywhere without the browser asking first; JSON can't.
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json(?:\s*;\s*charset=utf-8)?$/i.test(type)) {
    return words(415, 'Arguments come as application/json.')
  }
  const body = await readBody(request, parts.limits.bodyBytes)
  if (body === null) return words(413, 'That is too long.', hangUp)
  const args = parseJson(body)
  if (args === undefined) return words(400, 'That is no JSON.')
  const headers = { ...dataHeaders, 'content-type': 'application/json; charset=utf-8' }
  return { status: 200, headers, body: JSON.stringify(await parts.answer(name, args)) }
}

function words(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { ...dataHeaders, ...headers, 'content-type': 'text/plain; charset=utf-8' },
    body: `${text}\n`,
  }
}

/** Null as soon as it is longer than may be. Rejects when the asker goes away. */
async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return null
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const part = Buffer.from(chunk as Uint8Array) // no encoding was set, so chunks are bytes
    bytes += part.length
    if (bytes > mostBytes) return null
    chunks.push(part)
  }
  return Buffer.concat(chunks)
}

/** Undefined for what is no JSON. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', cause => {
      const code = 'code' in cause ? cause.code : ''
      const why =
        code === 'EADDRINUSE'
          ? 'is in use by another program'
          : code === 'EACCES'
            ? 'is kept for the system'
            : "can't be used"
      const message = `Port ${port} ${why}: choose another, or name none for a free one.`
      reject(new AppError('bad-usage', message, 'give-up', { cause }))
    })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

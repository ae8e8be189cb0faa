import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { createIntervalsClient, type IntervalsClientDeps } from '../../../electron/intervals/client.ts'
import type { Clock } from '../../../electron/sync/ports/clock.ts'
import type { ActivityUpload } from '../../../electron/sync/ports/intervals-service.ts'
import type { RequestKind } from '../../../electron/sync/ports/request-budget.ts'
import { AppError } from '../../../shared/app-error.ts'

/** A key that no other text contains: wherever it shows up, it leaked. */
export const canaryKey = 'canary7key1never2shown'

/** A request as the server saw it; `bodyBytes` and `bodyHash` are of what arrived. */
export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly isWhole: boolean
  readonly bodyBytes: number
  readonly bodyHash: string
  /** The first 64 kB as text. */
  readonly bodyStart: string
}

export type Responder = (...args: Parameters<RequestListener>) => void

/** An HTTP server on 127.0.0.1 that reads each request to its end, whole or cut, notes it, then lets `respond` answer. */
export async function startService(respond: Responder) {
  const seen: SeenRequest[] = []
  const server = createServer((request, response) => {
    const hash = createHash('sha256')
    const start: Buffer[] = []
    let bodyBytes = 0
    request.on('data', (chunk: Buffer) => {
      hash.update(chunk)
      if (bodyBytes < 65_536) start.push(chunk)
      bodyBytes += chunk.length
    })
    request.on('error', () => undefined)
    request.on('close', () => {
      seen.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        isWhole: request.complete,
        bodyBytes,
        bodyHash: hash.digest('hex'),
        bodyStart: Buffer.concat(start).toString('utf8').slice(0, 65_536),
      })
    })
    request.on('end', () => respond(request, response))
  })
  onTestFinished(() => server.closeAllConnections())
  return { origin: await listen(server), seen }
}

/** A server of bare sockets, for answers that are not HTTP and for lines that go dead. */
export function startSockets(onSocket: (socket: Socket) => void): Promise<string> {
  const open = new Set<Socket>()
  const server = createSocketServer(socket => {
    open.add(socket)
    socket.on('error', () => undefined)
    onSocket(socket)
  })
  onTestFinished(() => open.forEach(socket => socket.destroy()))
  return listen(server)
}

async function listen(server: Server): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => resolve(undefined))
  await promise
  onTestFinished(() => void server.close())
  const address = server.address() as AddressInfo
  return `http://127.0.0.1:${address.port}`
}

/** Answers JSON, as the service does. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Responder {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', ...headers })
    response.end(JSON.stringify(body))
  }
}

/** Answers with a page, as the edge before the service does. */
export function page(status: number, headers: Readonly<Record<string, string>> = {}): Responder {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers })
    response.end('<html><body>error</body></html>')
  }
}

export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
  timeZone: () => 'UTC',
}

/** A client for `origin` with a canary key, no limits, and notes of its log and of the budget it spent. */
export function clientOf(origin: string, extra: Partial<IntervalsClientDeps> = {}) {
  const logged: string[] = []
  const spent: RequestKind[] = []
  const client = createIntervalsClient({
    origin,
    credential: () => Promise.resolve({ kind: 'apiKey', key: canaryKey }),
    budget: { waitMs: () => null, spend: kind => void spent.push(kind) },
    clock: realClock,
    userAgent: 'Musette/9.9.9 (+https://github.com/musette-app/musette)',
    perSecond: 0,
    log: (level, message, fields) => void logged.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`),
    ...extra,
  })
  onTestFinished(() => client.close())
  return { client, logged, spent }
}

/** A ride of the given bytes, in chunks. */
export function rideOf(bytes: Uint8Array, extra: Partial<ActivityUpload> = {}): ActivityUpload {
  return {
    athleteId: 'i1',
    fileName: 'ride.fit',
    externalId: 'musette-0123',
    bytes: bytes.length,
    // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
    body: async function* () {
      for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000)
    },
    ...extra,
  }
}

/** What an AppError says, without its message, for comparing whole. */
export function outcomeOf(error: unknown) {
  if (!(error instanceof AppError)) throw new Error('not an AppError', { cause: error })
  const { code, recovery, status, retryAfterMs, bodySent } = error
  return { code, recovery, status, retryAfterMs, bodySent }
}

/** The error a promise ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { athleteOf, blockedAgent, findCredential, readAuthorization, requireScope } from './auth.ts'
import type { FaultAction } from '../faults.ts'
import { ApiError, edgePage, errorReply, frameworkError, json } from './exchange.ts'
import type { Reply } from './exchange.ts'
import type { OverLimit } from './limits.ts'
import { cut, sendReply } from './reply-writer.ts'
import type { Channel } from './reply-writer.ts'
import { routeMatcher } from './router.ts'
import { apiRoutes } from '../routes/all.ts'
import { handleControl } from '../routes/control.ts'
import { handleOAuth } from '../routes/oauth.ts'
import type { FakeState } from '../state.ts'
import type { LoggedRequest } from '../types.ts'

const findRoute = routeMatcher(apiRoutes)
const maxBody = 256 * 1024 * 1024

/** Serves one request from its first byte to its reply, faults included. Never throws for what a client sends. */
export async function handleRequest(
  state: FakeState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET'
  const target = request.url ?? '/'
  const url = new URL(URL.canParse(target, 'http://fake') ? target : '/', 'http://fake')
  const channel: Channel = { request, response, socket: request.socket, dateMs: state.reportedNow() }
  if (url.pathname.startsWith('/__fake/')) {
    await sendReply(channel, await handleControl(state, method, url, await readBody(request)), null)
    return
  }
  const log: LoggedRequest = {
    at: state.stamp(),
    method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    userAgent: request.headers['user-agent'] ?? null,
    ...ownerOf(state, request),
    status: null,
    bytesReceived: 0,
    fileName: null,
    fileSha256: null,
    externalId: null,
    fault: null,
  }
  state.requests.push(log)
  const fault = state.faults.next({ method, path: url.pathname, athleteId: log.athleteId })
  log.fault = fault?.kind ?? null
  const reply = await reach(state, channel, url, log, fault)
  // Null: we cut the connection. Destroyed: the client gave up while it waited.
  if (reply === null || response.destroyed) return
  log.status = (await sendReply(channel, reply, fault)) ? reply.status : null
}

/** The reply that this request gets, or null where the connection was cut before there was one. */
async function reach(
  state: FakeState,
  channel: Channel,
  url: URL,
  log: LoggedRequest,
  fault: FaultAction | null,
): Promise<Reply | null> {
  const { request } = channel
  if (fault?.kind === 'delay' && fault.when !== 'after') await sleep(fault.ms, undefined, { ref: false })
  if (fault?.kind === 'cut' && (fault.at === 'beforeBody' || fault.at === 'midBody')) {
    if (fault.at === 'midBody') log.bytesReceived = await readSome(request, fault.afterBytes ?? 1024)
    cut(channel)
    return null
  }
  const planned = fault?.kind === 'status' ? statusReply(fault, channel.dateMs) : redirectReply(fault)
  const when = fault?.kind === 'status' ? (fault.when ?? 'before') : 'before'
  if (planned !== null && when === 'early') return planned
  const body = await readBody(request).catch(() => null)
  if (body === null) return null
  log.bytesReceived = body.length
  if (planned !== null && when === 'before') return planned
  const isUpload = log.method === 'POST' && url.pathname.endsWith('/activities')
  const hold = isUpload ? state.onUpload : null
  if ((await hold?.('received', log)) === 'drop') return null
  const reply = await serve(state, request, url, body, log)
  if ((await hold?.('acted', log)) === 'drop') return null
  if (fault?.kind === 'delay' && fault.when === 'after') await sleep(fault.ms, undefined, { ref: false })
  return planned ?? reply
}

/** What the service itself answers, without faults. */
async function serve(
  state: FakeState,
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  log: LoggedRequest,
): Promise<Reply> {
  const { switches } = state.faults
  try {
    const blocked = blockedAgent(request.headers['user-agent'], switches)
    if (blocked !== null) return blocked
    const over = state.limits.address(request.socket.remoteAddress ?? '', switches, performance.now())
    if (over !== null) return tooMany(state, over)
    const open = await handleOAuth(state, request, url, body)
    if (open !== null) return open
    const presented = readAuthorization(request.headers.authorization)
    const credential = findCredential(presented, state)
    const spent = state.limits.credential(presented.secret, switches, state.clock.now())
    if (spent !== null) return tooMany(state, spent)
    const match = findRoute(log.method, url.pathname)
    if (match.kind !== 'found') {
      const [status, error] =
        match.kind === 'not-found' ? ([404, 'Not Found'] as const) : ([405, 'Method Not Allowed'] as const)
      return frameworkError(state.stamp(), status, error, url.pathname)
    }
    const { route, params } = match
    const isAthletePath = route.path.startsWith('/api/v1/athlete/')
    const athlete = athleteOf(
      isAthletePath ? (params['athleteId'] ?? params['id']) : undefined,
      credential,
      state,
    )
    requireScope(credential, typeof route.scope === 'function' ? route.scope(state) : route.scope)
    const { headers } = request
    return await route.handle({
      state,
      credential,
      athlete,
      params,
      query: url.searchParams,
      headers,
      body,
      log,
    })
  } catch (error) {
    if (error instanceof ApiError) return errorReply(error.status, error.message)
    throw error
  }
}

/** Whose request it looks like, for the log and for fault rules; nobody's when the credential is unknown. */
function ownerOf(
  state: FakeState,
  request: IncomingMessage,
): Pick<LoggedRequest, 'athleteId' | 'credential'> {
  try {
    const { secret } = readAuthorization(request.headers.authorization)
    const found = state.credentials.get(secret)
    return { athleteId: found?.athleteId ?? null, credential: found?.kind ?? null }
  } catch (error) {
    if (error instanceof ApiError) return { athleteId: null, credential: null }
    throw error
  }
}

function tooMany(state: FakeState, over: OverLimit): Reply {
  const seconds = Math.max(1, Math.ceil(over.waitMs / 1000))
  const reply = errorReply(429, 'Too many requests')
  const { retryAfter } = state.faults.switches
  if (retryAfter === 'none') return reply
  const value = retryAfter === 'date' ? httpDate(state.reportedNow() + seconds * 1000) : String(seconds)
  return { ...reply, headers: { ...reply.headers, 'Retry-After': value } }
}

function httpDate(ms: number): string {
  return new Date(ms).toUTCString()
}

function statusReply(fault: Extract<FaultAction, { kind: 'status' }>, nowMs: number): Reply {
  const plain =
    typeof fault.body === 'string'
      ? { ...edgePage(fault.status, ''), body: Buffer.from(fault.body) }
      : fault.body === undefined
        ? edgePage(fault.status, `${fault.status} Error`)
        : json(fault.body, fault.status)
  const after = fault.retryAfter === undefined ? null : String(fault.retryAfter)
  const dated = after === null ? null : /^date:(-?\d+)$/.exec(after)?.[1]
  const value = dated ? httpDate(nowMs + Number(dated) * 1000) : after
  return {
    ...plain,
    headers: { ...plain.headers, ...fault.headers, ...(value === null ? {} : { 'Retry-After': value }) },
  }
}

function redirectReply(fault: FaultAction | null): Reply | null {
  if (fault?.kind !== 'redirect') return null
  return { status: fault.status ?? 302, headers: { Location: fault.location }, body: Buffer.alloc(0) }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= maxBody) chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Reads until at least that many bytes have come, or the body ends. */
async function readSome(request: IncomingMessage, bytes: number): Promise<number> {
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size >= bytes) break
    }
  } catch {
    // The client went away first: as much a cut as ours.
  }
  return size
}

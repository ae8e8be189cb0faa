import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { FaultAction } from '../faults.ts'
import type { Reply } from './exchange.ts'

/** What a reply goes out through. `dateMs` is what the Date header says. */
export interface Channel {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Kept from the start: a request that was read only in part forgets its socket. */
  readonly socket: Socket
  readonly dateMs: number
}

/** Ends the connection as a broken network does: no reply, or no more of it. */
export function cut(channel: Channel): void {
  channel.socket.destroy()
}

/**
 * Sends a reply with a fault played on it. False when the connection was cut instead, so that nothing whole went out.
 * JSON of over 1 kB goes out gzipped to those who accept that, as it does from the real service.
 */
export async function sendReply(channel: Channel, given: Reply, fault: FaultAction | null): Promise<boolean> {
  const { response, request } = channel
  if (fault?.kind === 'cut' && fault.at === 'afterStore') {
    cut(channel)
    return false
  }
  const reply = alter(fault?.kind === 'truncatedJson' ? given : packed(given, request), fault)
  const dateMs = channel.dateMs + (fault?.kind === 'clockSkew' ? fault.ms : 0)
  response.writeHead(reply.status, {
    ...reply.headers,
    Date: new Date(dateMs).toUTCString(),
    'Content-Length': String(reply.body.length),
  })
  if (fault?.kind === 'cut' && fault.at === 'midReply') {
    const half = reply.body.subarray(0, Math.floor(reply.body.length / 2))
    await new Promise<void>(resolve => response.write(half, () => resolve()))
    cut(channel)
    return false
  }
  if (fault?.kind === 'slowBody') {
    const step = Math.max(1, fault.chunkBytes)
    for (let at = 0; at < reply.body.length && !response.destroyed; at += step) {
      response.write(reply.body.subarray(at, at + step))
      await sleep(fault.everyMs, undefined, { ref: false })
    }
    response.end()
    return !response.destroyed
  }
  response.end(reply.body)
  return true
}

function alter(reply: Reply, fault: FaultAction | null): Reply {
  switch (fault?.kind) {
    case 'truncatedJson':
      return { ...reply, body: reply.body.subarray(0, Math.floor(reply.body.length / 2)) }
    case 'contentType':
      return { ...reply, headers: { ...reply.headers, 'Content-Type': fault.value } }
    case 'gzipGarbage':
      return {
        ...reply,
        headers: { ...reply.headers, 'Content-Encoding': 'gzip' },
        body: Buffer.from('1f8b08000000000000ff' + 'deadbeef'.repeat(16), 'hex'),
      }
    default:
      return reply
  }
}

function packed(reply: Reply, request: IncomingMessage): Reply {
  const accepts = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const isJson = reply.headers['Content-Type']?.startsWith('application/json') === true
  if (!accepts || !isJson || reply.body.length < 1024) return reply
  return { ...reply, headers: { ...reply.headers, 'Content-Encoding': 'gzip' }, body: gzipSync(reply.body) }
}

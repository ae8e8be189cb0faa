import { defaultTimeouts, type WireReply } from '../../../electron/intervals/transport.ts'
import type { SimRandom } from '../random.ts'
import type { FaultName } from './fault-windows.ts'
import { halved, page, sentence, unreadable } from './replies.ts'
import { wireErrors } from './wire-errors.ts'

/** How a request ends for who sent it, this long after it was dealt with. */
export type Ending = { readonly afterMs: number } & (
  { readonly kind: 'reply'; readonly reply: WireReply } | { readonly kind: 'error'; readonly error: Error }
)

const { connectMs, headersMs, bodyIdleMs, replyMs } = defaultTimeouts

/** A request that never reached the service; null for faults of another kind. */
export function endOnLine(fault: FaultName): Ending | null {
  switch (fault) {
    case 'refused':
      return broken(wireErrors.refused())
    case 'host-unknown':
      return broken(wireErrors.hostUnknown())
    case 'dns-down':
      return broken(wireErrors.dnsDown())
    case 'no-route':
      return broken(wireErrors.noRoute())
    case 'connect-timeout':
      return broken(wireErrors.connectTimeout(), connectMs)
    case 'certificate-expired':
      return broken(wireErrors.certificateExpired())
    default:
      return null
  }
}

/** A request that was cut while it came in; null for faults of another kind. */
export function endInBody(fault: FaultName, nowMs: number): Ending | null {
  switch (fault) {
    case 'reset-before-body':
      return broken(wireErrors.reset())
    case 'reset-mid-body':
      return broken(wireErrors.closedByOther())
    case 'too-large-early':
      return answered(page(nowMs, 413))
    default:
      return null
  }
}

/** The end of a request that came whole. `whole` is what would be answered otherwise. */
export function endWith(fault: FaultName, whole: WireReply, random: SimRandom, nowMs: number): Ending {
  switch (fault) {
    case 'reset-not-stored':
      return broken(wireErrors.closedByOther())
    case 'reset-stored':
      return broken(wireErrors.reset())
    case 'silence':
      return broken(wireErrors.headersTimeout(), headersMs)
    case 'not-http':
      return broken(wireErrors.notHttp())
    case 'slow-loris':
      return cutOff(whole, new Error('the reply took too long'), replyMs)
    case 'reply-stalls':
      return cutOff(whole, wireErrors.bodyTimeout(), bodyIdleMs)
    case 'reply-cut':
      return cutOff(whole, wireErrors.closedByOther(), 0)
    case 'truncated-json':
      return answered(halved(whole))
    case 'wrong-content-type':
      return answered({ ...whole, contentType: 'text/html' })
    case 'gzip-garbage':
      return answered(unreadable(whole, 'the reply cannot be unpacked', new Error('incorrect header check')))
    case 'redirect':
      return answered(page(nowMs, random.pick([301, 302, 307, 308])))
    default:
      return answered(refusal(fault, random, nowMs))
  }
}

/** The faults that are answers, in the service's words. */
function refusal(fault: FaultName, random: SimRandom, nowMs: number): WireReply {
  const later = (seconds: number): string => new Date(nowMs + seconds * 1000).toUTCString()
  switch (fault) {
    case '400':
      return sentence(nowMs, 400, 'Required request body is missing')
    case '401':
      return sentence(nowMs, 401, 'Auth failed')
    case '403-json':
      return sentence(nowMs, 403, 'Access denied')
    case '403-html':
      return page(nowMs, 403)
    case '404':
      return sentence(nowMs, 404, 'Not Found')
    case '413':
      return sentence(nowMs, 413, 'The file is too large')
    case '422':
      return sentence(nowMs, 422, 'No activities found')
    case '429-seconds':
      return sentence(nowMs, 429, 'Too many requests', { retryAfter: String(random.int(0, 300)) })
    case '429-date':
      return sentence(nowMs, 429, 'Too many requests', { retryAfter: later(random.int(1, 300)) })
    case '429-absent':
      return sentence(nowMs, 429, 'Too many requests')
    case '429-absurd':
      return page(nowMs, 429, { retryAfter: random.pick(absurdWaits) })
    case '502':
    case '504':
      return page(nowMs, Number(fault))
    case '503-seconds':
      return page(nowMs, 503, { retryAfter: String(random.int(1, 600)) })
    case '503':
      return page(nowMs, 503)
    default:
      return sentence(nowMs, 500, 'java.lang.NullPointerException')
  }
}

/** The first is a wait of three years, which is cut to a day; the others mean nothing. */
const absurdWaits = ['99999999', '-402439', 'soon', '', '1e400', 'Thu, 01 Jan 1970 00:00:00 GMT'] as const

function answered(reply: WireReply): Ending {
  return { kind: 'reply', reply, afterMs: 0 }
}

function broken(error: Error, afterMs = 0): Ending {
  return { kind: 'error', error, afterMs }
}

function cutOff(whole: WireReply, cause: Error, afterMs: number): Ending {
  return { kind: 'reply', reply: unreadable(whole, 'the reply was cut off', cause), afterMs }
}

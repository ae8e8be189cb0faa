import { AppError, type AppErrorDetails } from '../../shared/app-error.ts'
import { isJsonObject } from './json-fields.ts'
import type { Sent } from './multipart.ts'

/** What the translation must know of a request. */
export interface CallFacts {
  /** For logs: `upload`, `list events`. */
  readonly name: string
  readonly isUpload: boolean
  /** How much of the body had been handed over when the trouble came. */
  readonly sent: Sent
  /** Texts that must never appear in a message. */
  readonly secrets: readonly string[]
}

/** The head of a reply and, where its body is JSON, the body. */
export interface StatusReply {
  readonly status: number
  /** Undefined when the body is no JSON (an edge page, or cut off). */
  readonly json: unknown
  /** The body is a web page. The service itself answers in JSON, so somebody before it has answered. */
  readonly isPage: boolean
  readonly retryAfterMs: number | null
}

const longestSentence = 300

/** Faults in what came back, where the connection itself was good. */
const replyFaults = new Set(['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_EXCEEDED_MAX_SIZE'])

/** Translates a connection that failed before a reply's head was read. */
export function errorWithoutReply(call: CallFacts, cause: unknown): AppError {
  const details = { cause: harmlessCause(cause) }
  const what = `${call.name}: no answer (${codeOf(cause)})`
  if (call.isUpload && call.sent !== 'nothing') return new AppError('outcome-unknown', what, 'retry', details)
  if (isReplyFault(cause)) return new AppError('service-down', what, 'retry', details)
  return new AppError('offline', what, 'wait-for-network', details)
}

/** Translates a reply that said yes but cannot be read: `why` is a part of a sentence. */
export function errorOfUnreadable(
  call: CallFacts,
  { status, isPage }: Pick<StatusReply, 'status' | 'isPage'>,
  why: string,
  cause?: unknown,
): AppError {
  return new AppError(
    call.isUpload ? 'outcome-unknown' : 'service-down',
    `${call.name}: the service answered ${status}, but ${why}`,
    'retry',
    { status, isForeignPage: isPage, cause: harmlessCause(cause) },
  )
}

/**
 * Translates every status that is not 2xx; an upload's 409 gets here only where it is not the service's own. Only what is
 * said in the service's own way, in JSON, may refuse a ride or a right: proxies, sign-in pages of networks and the edge in front of the service
 * answer with any 4xx, and know nothing about either. Such an answer is an outage, and the request is made again.
 */
export function errorOfStatus(call: CallFacts, reply: StatusReply): AppError {
  const { status, retryAfterMs, isPage } = reply
  const isOwnWord = isJsonObject(reply.json)
  const sentence = serviceSentence(reply.json, call.secrets)
  const message = `${call.name}: the service answered ${status}${sentence === null ? '' : `: ${sentence}`}`
  const details: AppErrorDetails = {
    status,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  }
  // The service may have taken the ride and still failed to say so, but only with its whole body in hand.
  const maybeTaken: AppErrorDetails = { ...details, bodySent: call.isUpload && call.sent === 'whole' }

  const fromBefore = (): AppError =>
    new AppError('service-down', message, 'retry', { ...details, isForeignPage: isPage })

  if (status >= 300 && status < 400) return new AppError('redirected', message, 'retry', maybeTaken)
  switch (status) {
    case 401:
      // Seen with two bare words as well ("Auth failed").
      return isPage ? fromBefore() : new AppError('signed-out', message, 'sign-in', details)
    case 403:
      return isOwnWord ? new AppError('forbidden', message, 'give-up', details) : fromBefore()
    case 407:
    case 511:
      // A proxy's, and a network's, that want a sign-in of their own.
      return fromBefore()
    case 408:
      return new AppError('service-down', message, 'retry', maybeTaken)
    case 409:
      // Perhaps put in the place of the service's own answer: looked up before it is sent again.
      if (!isOwnWord)
        return new AppError('service-down', message, 'retry', { ...maybeTaken, isForeignPage: isPage })
      return new AppError('refused-by-service', message, 'give-up', details)
    case 425:
      return new AppError('service-down', message, 'retry', details)
    case 429:
      return new AppError('rate-limited', message, 'retry', details)
    default:
      if (status < 400 || status >= 500) return new AppError('service-down', message, 'retry', maybeTaken)
      return isOwnWord ? new AppError('refused-by-service', message, 'give-up', details) : fromBefore()
  }
}

/**
 * The service's own words for an error (`{"status":422,"error":"Name is too long"}`), made safe to show: one line,
 * without control characters, without secrets, at most 300 characters. Null when it says nothing.
 */
export function serviceSentence(json: unknown, secrets: readonly string[]): string | null {
  if (!isJsonObject(json)) return null
  const words = [json['error'], json['message']].find(value => typeof value === 'string')
  if (words === undefined) return null
  const plain = secrets
    .filter(secret => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '(removed)'), words)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]+/gu, ' ')
    .trim()
  if (plain === '') return null
  // A cut in the middle of a surrogate pair is mended, so that the text stays valid.
  return plain.length <= longestSentence ? plain : `${plain.slice(0, longestSentence - 1).toWellFormed()}…`
}

function isReplyFault(cause: unknown): boolean {
  return isHttpParserError(cause) || replyFaults.has(codeOf(cause))
}

function isHttpParserError(cause: unknown): cause is Error {
  return cause instanceof Error && cause.name === 'HTTPParserError'
}

/** A parser's error carries the bytes it stumbled over, which may be anyone's; its code is enough. */
function harmlessCause(cause: unknown): unknown {
  return isHttpParserError(cause) ? new Error(`HTTPParserError ${codeOf(cause)}`) : cause
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown'
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}

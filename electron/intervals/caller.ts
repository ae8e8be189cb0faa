import { AppError } from '../../shared/app-error.ts'
import type { Clock } from '../sync/ports/clock.ts'
import type { Log } from '../sync/ports/log.ts'
import type { RequestBudget, RequestKind } from '../sync/ports/request-budget.ts'
import { parseApiOrigin } from './api-origin.ts'
import { authorizationHeader, secretsOf, type Credential } from './credential.ts'
import { isJsonObject } from './json-fields.ts'
import type { MultipartFile } from './multipart.ts'
import type { ParsedList } from './parse-replies.ts'
import { RateLimiter } from './rate-limit.ts'
import { parseRetryAfter } from './retry-after.ts'
import { errorOfStatus, errorOfUnreadable, errorWithoutReply, type CallFacts } from './translate-errors.ts'
import { defaultTimeouts, Transport, type Timeouts, type Wire, type WireReply } from './transport.ts'

export interface CallerDeps {
  /** The service's address, read by `parseApiOrigin`. */
  readonly origin: string
  /** Asked anew for each request; null when signed out. May throw an AppError of its own (a locked keychain). */
  readonly credential: () => Promise<Credential | null>
  readonly budget: RequestBudget
  readonly clock: Clock
  /** `Musette/<version> (+<homepage>)`: the service's edge turns some libraries' own names away. */
  readonly userAgent: string
  /** Most requests in any window of 1.25 s; 0 means no limit. */
  readonly perSecond: number
  readonly log?: Log
  readonly timeouts?: Partial<Timeouts>
  /** Our own transport unless given; `timeouts` are its own. */
  readonly wire?: Wire
}

/** One question to the service. */
export interface Call<T> {
  readonly name: string
  readonly kind: RequestKind
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly file?: MultipartFile
  readonly capBytes: number
  /** Goes out although the service's own wait is not over. */
  readonly evenInWait?: boolean
  /** Reads a 2xx, and an upload's 409. Null when the reply is not of the right shape. */
  read(json: unknown, status: number): T | null
}

/** Asks the service: credential, gate, request, and whatever comes back as a value or an AppError. */
export class Caller {
  readonly #deps: CallerDeps
  readonly #origin: string
  readonly #limiter: RateLimiter
  readonly #wire: Wire

  constructor(deps: CallerDeps) {
    this.#deps = deps
    this.#origin = parseApiOrigin(deps.origin)
    this.#limiter = new RateLimiter(deps)
    this.#wire = deps.wire ?? new Transport({ ...defaultTimeouts, ...deps.timeouts })
  }

  async runList<T>(call: Call<ParsedList<T>>, signal?: AbortSignal): Promise<readonly T[]> {
    const { items, complaints } = await this.run(call, signal)
    for (const what of complaints) this.#deps.log?.('warn', `${call.name}: ${what}`)
    return items
  }

  async run<T>(call: Call<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted()
    const credential = await this.#deps.credential()
    if (credential === null) throw new AppError('signed-out', `${call.name}: not signed in`, 'sign-in')
    const authorization = authorizationHeader(credential)
    await this.#limiter.pass(call.kind, signal, { evenInWait: call.evenInWait ?? false })

    const secrets = secretsOf(credential)
    const facts = (): CallFacts => ({
      name: call.name,
      isUpload: call.file !== undefined,
      sent: call.file?.sent ?? 'nothing',
      secrets,
    })
    const reply = await this.#send(call, authorization, facts, signal)
    return this.#answer(call, reply, facts())
  }

  close(): Promise<void> {
    return this.#wire.close()
  }

  async #send<T>(
    call: Call<T>,
    authorization: string,
    facts: () => CallFacts,
    signal: AbortSignal | undefined,
  ): Promise<WireReply> {
    const { file } = call
    const url = new URL(`${this.#origin}${call.path}`)
    for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value)
    const body = file?.stream() ?? null
    const startedAt = this.#deps.clock.monotonic()
    const tookMs = () => Math.round(this.#deps.clock.monotonic() - startedAt)
    try {
      const reply = await this.#wire.send(
        {
          method: file === undefined ? 'GET' : 'POST',
          url,
          headers: {
            authorization,
            accept: 'application/json',
            'user-agent': this.#deps.userAgent,
            ...(file === undefined
              ? {}
              : { 'content-type': file.contentType, 'content-length': String(file.contentLength) }),
          },
          body,
          capBytes: call.capBytes,
        },
        signal,
      )
      if (file?.failure) throw file.failure.error
      this.#deps.log?.('info', `${call.name}: answered`, { status: reply.status, tookMs: tookMs() })
      return reply
    } catch (cause) {
      if (file?.failure) throw file.failure.error
      signal?.throwIfAborted()
      if (isMisuse(cause)) throw cause
      const error = errorWithoutReply(facts(), cause)
      this.#deps.log?.('warn', error.message, { code: error.code, tookMs: tookMs() })
      throw error
    } finally {
      // An answer that came early leaves the rest unread: the file behind it is let go.
      body?.destroy()
    }
  }

  #answer<T>(call: Call<T>, reply: WireReply, facts: CallFacts): T {
    const { status, content } = reply
    const json = jsonOf(reply)
    const isPage = isWebPage(reply)
    const isYes = status >= 200 && status < 300
    // A 409 in the service's own way says all there is to say by its status: ids are welcome, not needed.
    const isKnown = status === 409 && facts.isUpload && isJsonObject(json)
    if (!isYes && !isKnown) {
      const retryAfterMs = parseRetryAfter(reply.retryAfter, reply.date, this.#deps.clock.now())
      if (status === 429 && retryAfterMs !== null) this.#limiter.hold(retryAfterMs)
      throw errorOfStatus(facts, { status, json, isPage, retryAfterMs })
    }
    const head = { status, isPage }
    if (facts.sent === 'some') throw errorOfUnreadable(facts, head, 'before it had the whole file')
    if (isYes && content.kind === 'unreadable') {
      throw errorOfUnreadable(facts, head, content.why, content.cause)
    }
    if (isYes && json === undefined) throw errorOfUnreadable(facts, head, 'not with the JSON expected')
    const value = call.read(json, status)
    if (value === null) throw errorOfUnreadable(facts, head, 'not in the form expected')
    return value
  }
}

/** Undefined when the body is not JSON, by its own word or in fact. The parser's error quotes the body: not kept. */
function jsonOf({ contentType, content }: WireReply): unknown {
  if (content.kind === 'unreadable') return undefined
  if (contentType !== null && !/^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType)) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(content.bytes))
  } catch {
    return undefined
  }
}

/** By its own word, or by how it begins where it says nothing. */
function isWebPage({ contentType, content }: WireReply): boolean {
  if (contentType !== null) return /^(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType.trim())
  if (content.kind === 'unreadable') return false
  const start = new TextDecoder().decode(content.bytes.subarray(0, 200))
  return /^\s*<(?:!doctype\s+html|html)\b/i.test(start)
}

/** A request that could not even be put together is our bug, not the network's weather. */
function isMisuse(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'UND_ERR_INVALID_ARG'
}

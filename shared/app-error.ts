/** What the caller can do about an error: try again by itself, wait for the network, ask the user, or stop. */
export type Recovery = 'retry' | 'wait-for-network' | 'sign-in' | 'give-up'

/** Every kind of expected trouble. Words for people are in error-text.ts, one line a code. */
export type ErrorCode =
  // the service
  | 'offline' // nothing was sent: no route, refused, name unknown, timed out before the body
  | 'outcome-unknown' // the body was sent and no readable answer came back
  | 'service-down' // 5xx, a page of whoever is in between, or a reply that is not what it should be
  | 'rate-limited'
  | 'budget-spent' // our own 15-minute or daily budget
  | 'signed-out' // no credential, or the service refuses the one we have
  | 'key-unknown' // the service does not know a key that is tried for the first time
  | 'forbidden' // a good credential that lacks the right
  | 'refused-by-service' // a 4xx about this one request, in the service's own words
  | 'redirected' // the service points at another host: never followed
  | 'wrong-athlete'
  // the disk
  | 'missing'
  | 'unreadable'
  | 'busy'
  | 'exists'
  | 'disk-full'
  | 'disk-error'
  | 'changed-while-reading'
  | 'archive-damaged'
  // the home, its settings and its ledger
  | 'home-in-use'
  | 'settings-damaged'
  | 'settings-newer'
  | 'ledger-damaged'
  | 'ledger-newer'
  | 'bad-usage'
  | 'folder-refused'
  | 'unknown-item'
  | 'stopped-early' // work that only looks was ended before its end: it took too long, or Musette is closing
  // the keychain
  | 'keychain-missing'
  | 'keychain-locked'
  | 'keychain-failed'
  | 'keychain-keeps-key' // the key in use was forgotten, but a locked keychain may have one that was kept before

/** What an AppError carries beside its message; all optional, none of it secret. */
export interface AppErrorDetails {
  readonly cause?: unknown
  /** The file or folder concerned. */
  readonly file?: string
  /** HTTP status, where there was one. */
  readonly status?: number
  /** How long the service asked us to wait, in ms. */
  readonly retryAfterMs?: number
  /** True when the service may have taken a body we sent: look before sending it again. Always true for `outcome-unknown`. */
  readonly bodySent?: boolean
  /** True when a web page came where the service answers in JSON: somebody in between has answered. */
  readonly isForeignPage?: boolean
}

/** Expected trouble. Anything else that is thrown is a bug. The message is for logs and details, without secrets. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly recovery: Recovery
  readonly file: string | null
  readonly status: number | null
  readonly retryAfterMs: number | null
  readonly bodySent: boolean
  readonly isForeignPage: boolean

  constructor(code: ErrorCode, message: string, recovery: Recovery, details: AppErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.recovery = recovery
    this.file = details.file ?? null
    this.status = details.status ?? null
    this.retryAfterMs = details.retryAfterMs ?? null
    this.bodySent = code === 'outcome-unknown' || (details.bodySent ?? false)
    this.isForeignPage = details.isForeignPage ?? false
  }
}

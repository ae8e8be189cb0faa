import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Why a request is turned away before anything looks at what it asks for. */
export interface Refusal {
  readonly status: 400 | 403
  readonly why: string
}

/**
 * Is this request from our own page, or from a person's address bar? A page elsewhere can make a browser send requests
 * here, directly or under a name of its own that it points at 127.0.0.1 (DNS rebinding); browsers always tell on it in
 * these headers. Null when it may go on.
 */
export function refusal(request: IncomingMessage, port: number): Refusal | null {
  const { host, origin } = request.headers
  const site = request.headers['sec-fetch-site']
  // Node takes the first of several, another reader may take the last.
  if (request.headersDistinct['host']?.length !== 1) {
    return { status: 403, why: 'This address is not known by that name.' }
  }
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    return { status: 403, why: 'This address is not known by that name.' }
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, why: 'Another site may not ask here.' }
  }
  // `none` is a person's own doing: an address typed, a bookmark.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, why: 'Another site may not ask here.' }
  }
  if (request.url?.startsWith('/') !== true) return { status: 400, why: 'That is no path.' }
  return null
}

/** Does the request carry the token? Takes the same time wherever a wrong one differs. */
export function hasToken(request: IncomingMessage, token: string): boolean {
  const given = /^Bearer ([A-Za-z0-9_-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  // Hashes have one length, whatever was sent.
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}

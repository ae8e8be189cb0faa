import type { CustomScheme } from 'electron'
import { pageHeaders } from '../../host/window/content-policy.ts'
import type { PageReply } from '../../host/window/page-files.ts'

/** The page's own origin: no file access, and a Content-Security-Policy that comes as a header. */
export const appScheme = 'app'
export const appHost = 'musette'
export const pageAddress = `${appScheme}://${appHost}/index.html`

/** `standard` gives it an origin and relative addresses, `secure` what a secure origin may do; no other privilege. */
export const appSchemes: CustomScheme[] = [
  { scheme: appScheme, privileges: { standard: true, secure: true } },
]

/** True for addresses of the page's own origin. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === `${appScheme}:` && url.host === appHost && url.username === ''
}

/**
 * Answers requests to `app://musette/…`. `readPage` checks the path; what is not this host, or asks for anything but to
 * read, never gets there. Every answer carries the page's headers, its Content-Security-Policy among them.
 */
export function appSchemeHandler(
  readPage: (path: string) => Promise<PageReply>,
): (request: Request) => Promise<Response> {
  const always = pageHeaders('none')
  return async request => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { ...always, allow: 'GET, HEAD' } })
    }
    if (!isOwnAddress(request.url)) return new Response(null, { status: 404, headers: always })
    const { status, headers, body } = await readPage(new URL(request.url).pathname)
    // A copy: the bytes may lie in a buffer that is shared, which a body may not be.
    const content = request.method === 'HEAD' ? null : new Uint8Array(body)
    return new Response(content, { status, headers: { ...headers, ...always } })
  }
}

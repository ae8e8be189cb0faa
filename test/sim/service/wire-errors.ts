import { errors } from 'undici'

/** A system's error, as a socket or the resolver reports it. */
function systemError(code: string, syscall: string, where = ''): Error {
  return Object.assign(new Error(`${syscall} ${code}${where}`), { code, syscall })
}

const address = ' 192.0.2.1:443'

/** Errors as the HTTP library and Node throw them, made by the library itself where it lets us. */
export const wireErrors = {
  refused: () => systemError('ECONNREFUSED', 'connect', address),
  noRoute: () => systemError('ENETUNREACH', 'connect', address),
  hostUnknown: () => systemError('ENOTFOUND', 'getaddrinfo', ' intervals.icu'),
  dnsDown: () => systemError('EAI_AGAIN', 'getaddrinfo', ' intervals.icu'),
  connectTimeout: () => new errors.ConnectTimeoutError('Connect Timeout Error'),
  certificateExpired: () => Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' }),
  closedByOther: () => new errors.SocketError('other side closed'),
  reset: () => systemError('ECONNRESET', 'read'),
  headersTimeout: () => new errors.HeadersTimeoutError('Headers Timeout Error'),
  bodyTimeout: () => new errors.BodyTimeoutError('Body Timeout Error'),
  notHttp: () =>
    Object.assign(new Error('Expected HTTP/'), { name: 'HTTPParserError', code: 'HPE_INVALID_CONSTANT' }),
  lengthMismatch: () => new errors.RequestContentLengthMismatchError(),
  destroyed: () => new errors.ClientDestroyedError(),
}

/** What an error is called in a record. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

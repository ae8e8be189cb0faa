import { AppError } from '../../shared/app-error.ts'

/**
 * Reads the address of the service and gives its origin (`https://intervals.icu`, without a slash at the end).
 * Plain http is only for this computer itself, where tests and demos run. Throws AppError `bad-usage`; the message
 * never repeats the text, which may hold a password.
 */
export function parseApiOrigin(text: string): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null
  if (url === null) throw badOrigin('is not an address such as https://intervals.icu')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw badOrigin('must begin with https://')
  if (url.username !== '' || url.password !== '') throw badOrigin('must not hold a user name or password')
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw badOrigin('must be a host alone, without a path')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw badOrigin('must begin with https:// (plain http would show your key to the network)')
  }
  return url.origin
}

/** `hostname` as the URL parser writes it: numbers in full (`127.0.0.1`), IPv6 in brackets. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

function badOrigin(why: string): AppError {
  return new AppError('bad-usage', `the service's address ${why}`, 'give-up')
}

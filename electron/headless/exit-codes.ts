import type { AppError, ErrorCode } from '../../shared/app-error.ts'
import type { SyncReport } from '../../shared/reports.ts'

/** The command line's exit codes: a contract that scripts depend on. The first that applies counts. */
export const exitCodes = {
  fine: 0,
  unfinished: 1,
  wrongUsage: 2,
  signedOut: 3,
  unreachable: 4,
  homeInUse: 5,
} as const

const wrongUsage = new Set<string>([
  'bad-usage',
  'folder-missing',
  'folder-unreadable',
  'folder-refused',
  'missing',
  'wrong-athlete',
  'unknown-item',
  'settings-damaged',
  'settings-newer',
  'ledger-newer',
] satisfies (ErrorCode | 'folder-missing' | 'folder-unreadable')[])

const signedOut = new Set<string>([
  'signed-out',
  'key-unknown',
  'keychain-missing',
  'keychain-locked',
  'keychain-failed',
  'keychain-keeps-key',
] satisfies ErrorCode[])

const unreachable = new Set<string>(['offline', 'service-down', 'redirected'] satisfies ErrorCode[])

/** The exit code of trouble with these codes; 0 for none. */
function codeFor(codes: readonly string[]): number {
  if (codes.some(code => wrongUsage.has(code))) return exitCodes.wrongUsage
  if (codes.includes('home-in-use')) return exitCodes.homeInUse
  if (codes.some(code => signedOut.has(code))) return exitCodes.signedOut
  if (codes.some(code => unreachable.has(code))) return exitCodes.unreachable
  return codes.length > 0 ? exitCodes.unfinished : exitCodes.fine
}

export function exitCodeOf(error: AppError): number {
  return codeFor([error.code])
}

/** `waiting` alone is fine; what was rejected, is held, or will be retried is not finished. */
export function exitCodeOfSync(report: SyncReport): number {
  const code = codeFor(report.errors.map(error => error.code))
  if (code !== exitCodes.fine) return code
  return report.rejected + report.held + report.retrying > 0 ? exitCodes.unfinished : exitCodes.fine
}

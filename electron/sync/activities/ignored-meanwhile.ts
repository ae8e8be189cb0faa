import type { FileRow } from '../ledger/files.ts'
import type { Ledger } from '../ledger/ledger.ts'

/**
 * Whether the user said "ignore" after `before` was read. To examine and to archive take their time; what was found by
 * then must not take the place of what was answered in between.
 */
export function wasIgnoredSince(ledger: Ledger, before: FileRow): boolean {
  const now = ledger.files.byId(before.id)
  return now !== null && isIgnored(now) && !isIgnored(before)
}

function isIgnored({ state, reason }: FileRow): boolean {
  return state === 'ignored' && reason.code === 'ignored-by-you'
}

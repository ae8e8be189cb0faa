import type { AppSnapshot } from '../../shared/app-snapshot.ts'
import type { Trouble } from '../../shared/reports.ts'

/** What the account's own card tells. */
const ofAccount = new Set([
  'signed-out',
  'wrong-athlete',
  'keychain-missing',
  'keychain-locked',
  'keychain-failed',
])

/** What passes by itself, and what the headline says already. */
const passing = new Set(['offline', 'service-down', 'rate-limited', 'budget-spent', 'interrupted'])

/** The troubles that get a card of their own: those that somebody can do something about. */
export function shownTroubles(snapshot: Pick<AppSnapshot, 'account' | 'troubles'>): readonly Trouble[] {
  const isOut = snapshot.account.kind !== 'connected'
  return snapshot.troubles.filter(({ code }) => !passing.has(code) && !(isOut && ofAccount.has(code)))
}

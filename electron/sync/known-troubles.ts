import type { Trouble } from '../../shared/reports.ts'
import type { Ledger } from './ledger/ledger.ts'

function isTrouble(value: unknown): value is Trouble {
  return (
    typeof value === 'object' && value !== null && 'code' in value && 'message' in value && 'file' in value
  )
}

/** What was wrong when the engine last looked; readers in other processes tell it too. */
export function readTroubles(ledger: Pick<Ledger, 'meta'>): readonly Trouble[] {
  try {
    const stored: unknown = JSON.parse(ledger.meta.read('troubles') ?? '[]')
    return Array.isArray(stored) ? stored.filter(isTrouble) : []
  } catch (error) {
    // A note of what was wrong, made anew with the next look: what cannot be read of it says nothing.
    if (!(error instanceof SyntaxError)) throw error
    return []
  }
}

/** Notes what is wrong now; written only when it is news. */
export function writeTroubles(ledger: Ledger, troubles: readonly Trouble[]): void {
  const text = troubles.length === 0 ? null : JSON.stringify(troubles)
  if (ledger.meta.read('troubles') !== text) ledger.meta.write('troubles', text)
}

import type { ActivityState } from '../../../shared/states.ts'
import { reasonCodes, type Reason } from '../../../shared/reasons.ts'
import type { RecordingRow } from '../ledger/recordings.ts'

/*
 * [Note: Verdicts beside the archive] An archived copy alone says that there was a ride, not that it must be left alone:
 * rebuilt from the archive, a lost ledger would send again what the user ignored or deleted. So such a verdict is also
 * written beside the copy. The ledger notes it in the transaction that makes it, and forgets the note once the disk has
 * it: a killed process writes it at its next start.
 */

/** Why an archived ride must not be sent unasked, whatever becomes of the ledger. */
export type KeptVerdict = Pick<RecordingRow, 'state' | 'reason' | 'activityIds'>

/** What is written beside the archived copy of such a ride; '' where nothing must be remembered of it. */
export function verdictText(row: KeptVerdict & Pick<RecordingRow, 'isArchived'>): string {
  const { isArchived, state, reason, activityIds } = row
  const isLeftAlone =
    state === 'ignored' ||
    state === 'held' ||
    reason.code === 'had-it-already' ||
    reason.code === 'deleted-on-service'
  if (!isArchived || !isLeftAlone) return ''
  return `${JSON.stringify({ state, code: reason.code, detail: reason.detail, activityIds })}\n`
}

/** Reads it again; null for what cannot be read, of which no more is known than that it was to be left alone. */
export function parseVerdict(text: string): KeptVerdict | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { state, code, detail, activityIds } = value as Readonly<Record<string, unknown>> // read field by field
  const reason = reasonOf(code, detail)
  if (!isLeftAloneState(state) || reason === null || !Array.isArray(activityIds)) return null
  return { state, reason, activityIds: activityIds.map(String) }
}

function isLeftAloneState(state: unknown): state is ActivityState {
  return state === 'ignored' || state === 'held' || state === 'uploaded' || state === 'alreadyThere'
}

function reasonOf(code: unknown, detail: unknown): Reason | null {
  const known = reasonCodes.find(candidate => candidate === code)
  if (known === undefined || (detail !== null && typeof detail !== 'string')) return null
  return { code: known, detail }
}

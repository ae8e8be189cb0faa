import { assertNever } from '../../../shared/assert-never.ts'
import { reason, type Reason } from '../../../shared/reasons.ts'
import type { RecordingChange, RecordingRow } from '../ledger/recordings.ts'

/** Everything that can happen to a recording. */
export type RecordingEvent =
  /** A request is about to carry it: the written intent. */
  | { readonly kind: 'attemptStarted' }
  /** The service made activities of it. */
  | { readonly kind: 'created'; readonly activityIds: readonly string[] }
  /** A look-up by external_id found it after a lost reply. */
  | { readonly kind: 'foundOnService'; readonly activityIds: readonly string[] }
  /** The service had it: 200 or 409. `owner` names the app it came from, null for Musette or unknown. */
  | {
      readonly kind: 'known'
      readonly activityIds: readonly string[]
      readonly owner: string | null
      readonly isOurs: boolean
    }
  /** Try again at `atMs`; `isInDoubt` when the service may have taken it. */
  | {
      readonly kind: 'later'
      readonly atMs: number
      readonly why: Reason
      readonly isInDoubt: boolean
      readonly countsAsFailure: boolean
    }
  | { readonly kind: 'refused'; readonly sentence: string }
  /** The process ended between intent and outcome. */
  | { readonly kind: 'interrupted' }
  /** A backfill, a re-added folder or "try now" wants it sent. */
  | { readonly kind: 'wanted'; readonly why: Reason }
  | { readonly kind: 'userIgnored' }
  | { readonly kind: 'sourceRemoved' }
  | { readonly kind: 'superseded' }
  | { readonly kind: 'heldBack'; readonly why: Reason }
  /** Sent long ago, and now found deleted there, or there after all. */
  | { readonly kind: 'seenOnService'; readonly why: Reason }

/** What a recording becomes; the fields an event does not speak of stay as they are. Pure: no clock, no I/O. */
export function nextRecording(row: RecordingRow, event: RecordingEvent): RecordingChange {
  const same: RecordingChange = {
    state: row.state,
    reason: row.reason,
    nextAttemptAtMs: row.nextAttemptAtMs,
    mustLookUp: row.mustLookUp,
    failures: row.failures,
    activityIds: row.activityIds,
  }
  const settled = { nextAttemptAtMs: null, mustLookUp: false, failures: 0 }
  switch (event.kind) {
    case 'attemptStarted':
      return { ...same, state: 'uploading', reason: reason('sending'), nextAttemptAtMs: null }
    case 'created':
      return { ...settled, state: 'uploaded', reason: reason('sent'), activityIds: event.activityIds }
    case 'foundOnService':
      return {
        ...settled,
        state: 'uploaded',
        reason: reason('found-after-lost-reply'),
        activityIds: event.activityIds,
      }
    case 'known':
      // After a lost reply the activity the service "already had" is the one it made of our own earlier request.
      if (row.mustLookUp && (event.isOurs || event.owner === null)) {
        return {
          ...settled,
          state: 'uploaded',
          reason: reason('found-after-lost-reply'),
          activityIds: event.activityIds,
        }
      }
      return {
        ...settled,
        state: 'alreadyThere',
        reason: event.isOurs ? reason('had-it-from-musette') : reason('had-it-already', event.owner),
        activityIds: event.activityIds,
      }
    case 'later':
      // "Ignore" said while a request was out is not undone by the request's failure.
      if (row.state === 'ignored') return { ...same, mustLookUp: row.mustLookUp || event.isInDoubt }
      return {
        ...same,
        state: 'retrying',
        reason: event.why,
        nextAttemptAtMs: event.atMs,
        mustLookUp: row.mustLookUp || event.isInDoubt,
        failures: event.countsAsFailure ? row.failures + 1 : row.failures,
      }
    case 'refused':
      return { ...same, ...settled, state: 'rejected', reason: reason('refused', event.sentence) }
    case 'interrupted':
      return {
        ...same,
        state: 'retrying',
        reason: reason('outcome-unknown'),
        nextAttemptAtMs: null,
        mustLookUp: true,
      }
    case 'wanted':
      return { ...same, ...settled, mustLookUp: row.mustLookUp, state: 'queued', reason: event.why }
    case 'userIgnored':
      return {
        ...same,
        ...settled,
        mustLookUp: row.mustLookUp,
        state: 'ignored',
        reason: reason('ignored-by-you'),
      }
    case 'sourceRemoved':
      return {
        ...same,
        ...settled,
        mustLookUp: row.mustLookUp,
        state: 'ignored',
        reason: reason('source-removed', row.mustLookUp ? 'in doubt' : null),
      }
    case 'superseded':
      return { ...same, ...settled, state: 'ignored', reason: reason('superseded') }
    case 'heldBack':
      return { ...same, ...settled, mustLookUp: row.mustLookUp, state: 'held', reason: event.why }
    case 'seenOnService':
      return { ...same, reason: event.why }
    default:
      return assertNever(event)
  }
}

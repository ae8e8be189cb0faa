import { assertNever } from '../../../shared/assert-never.ts'
import { reason, type Reason } from '../../../shared/reasons.ts'
import type { ActivityFacts, Proof } from '../../formats/proof.ts'

/** How long a whole-looking file must be unchanged before it counts as whole. */
export const settleMs = 10_000
/** How long an unfinished file must be unchanged before it counts as damaged. */
export const damagedAfterMs = 12 * 3_600_000
/** Unfinished files are looked at again this often even when nothing seems to change (memory-mapped writers). */
const lookAgainMs = 15 * 60_000

/** What is known about a file's rest. All in ms of wall time. */
export interface Stillness {
  readonly nowMs: number
  readonly mtimeMs: number
  /** When we first saw these bytes. */
  readonly stillSinceMs: number
  /** True when we ourselves have seen this path change before: its mtime alone is then not enough. */
  readonly wasSeenChanging: boolean
}

/**
 * Since when a file has been unchanged: by mtime when that lies in the past, else by our own watching. An mtime before
 * the end of the ride in it (ms, where known) cannot be true: some disks' clocks are behind.
 */
export function unchangedSinceMs(still: Stillness, rideEndMs: number | null = null): number {
  const mtimeTells =
    still.mtimeMs <= still.nowMs && still.mtimeMs > 0 && (rideEndMs === null || rideEndMs <= still.mtimeMs)
  if (!mtimeTells) return Math.min(still.stillSinceMs, still.nowMs)
  return still.wasSeenChanging
    ? Math.min(Math.max(still.mtimeMs, still.stillSinceMs), still.nowMs)
    : still.mtimeMs
}

/** The verdict over one file's content. */
export type Verdict =
  | { readonly kind: 'take' }
  | { readonly kind: 'wait'; readonly why: Reason; readonly checkAtMs: number }
  | { readonly kind: 'hold'; readonly why: Reason }
  | { readonly kind: 'leave'; readonly why: Reason }

const contentNames = {
  workout: 'a planned workout',
  course: 'a course',
  settings: "a device's settings",
  monitoring: 'daily monitoring data',
  sport: 'sport settings',
  device: 'a description of a device',
  totals: "a device's totals",
  route: 'a route or waypoints without times',
  other: 'another kind of file',
} as const

/** How a proof that found no ride reads to people. */
export function notActivityReason(proof: Extract<Proof, { kind: 'notActivity' }>): Reason {
  // Only where the kind alone says little does the reader's own word say more.
  const isVague = proof.content === 'other' || proof.content === 'route'
  return reason('not-activity', isVague && proof.detail !== '' ? proof.detail : contentNames[proof.content])
}

const partOffer = '; what can be read is sent by "musette upload FILE --anyway"'

/** True for a damaged file of which a part can be read as a ride. */
export function offersReadablePart(why: Reason): boolean {
  return why.code === 'damaged' && (why.detail ?? '').includes(partOffer)
}

/** When a ride ended, in ms; null where the file does not tell. */
function endMsOf({ startTime, durationS }: ActivityFacts): number | null {
  return startTime === null ? null : Date.parse(startTime) + (durationS ?? 0) * 1000
}

/**
 * Decides what a proved file is to us now. A FIT with good checksums and its activity message is final at once;
 * anything else that looks whole must also be unchanged for 10 s; an unfinished one waits until it has been still
 * for 12 h or a later ride from its source is whole.
 */
export function judge(proof: Proof, still: Stillness, hasLaterRide: boolean): Verdict {
  if (proof.kind === 'activity') return judgeWhole(proof, still)
  const sinceMs = unchangedSinceMs(still)
  const stillForMs = still.nowMs - sinceMs
  switch (proof.kind) {
    case 'notActivity':
      return { kind: 'leave', why: notActivityReason(proof) }
    case 'incomplete':
    case 'damaged': {
      if (stillForMs >= damagedAfterMs || (hasLaterRide && stillForMs >= settleMs)) {
        const offer = proof.readable === null ? '' : partOffer
        return { kind: 'hold', why: reason('damaged', `${proof.detail}${offer}`) }
      }
      const checkAtMs = Math.min(still.nowMs + lookAgainMs, sinceMs + damagedAfterMs)
      return {
        kind: 'wait',
        why: reason('unfinished', proof.detail),
        checkAtMs: Math.max(checkAtMs, still.nowMs + 1000),
      }
    }
    default:
      return assertNever(proof)
  }
}

/**
 * A FIT that is sound but was never closed may be a recorder's checkpoint, one of many, with any time between them: only
 * a ride that ended 12 h ago, or such a rest, tells it from a finished one.
 */
function judgeWhole(proof: Extract<Proof, { kind: 'activity' }>, still: Stillness): Verdict {
  if (proof.isFinal) return { kind: 'take' }
  const endMs = endMsOf(proof.facts)
  const sinceMs = unchangedSinceMs(still, endMs)
  const isUnclosed = proof.format === 'fit'
  const openUntilMs = isUnclosed ? Math.min(endMs ?? still.nowMs, sinceMs) + damagedAfterMs : 0
  const checkAtMs = Math.max(sinceMs + settleMs, openUntilMs)
  if (checkAtMs <= still.nowMs) return { kind: 'take' }
  if (openUntilMs <= still.nowMs) return { kind: 'wait', why: reason('settling'), checkAtMs }
  const why = reason('unfinished', 'its recorder has not closed the ride yet')
  return { kind: 'wait', why, checkAtMs: Math.min(checkAtMs, still.nowMs + lookAgainMs) }
}

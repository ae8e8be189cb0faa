import type { AppSnapshot } from '../../../shared/app-snapshot.ts'
import type { Notice } from './notices.ts'

/** Follows what goes up: a batch begins with its first success and ends when nothing is on its way. */
export type BatchWatch =
  /** `told`: the count of rides sent that needs no more telling. */
  | { readonly kind: 'none'; readonly told: number }
  | { readonly kind: 'counting'; readonly told: number; readonly sinceMs: number }
  /** This batch has had its notification and has rides left. */
  | { readonly kind: 'silent' }

/** A batch that takes longer is told with what has gone up so far. */
const tellAfterMs = 60_000

export interface RideNews {
  readonly state: BatchWatch
  readonly notices: readonly Notice[]
}

/**
 * One notification a batch: at its end, with the number of rides, or after a minute where it goes on, so that a backfill
 * of hundreds says that it works and then leaves people alone.
 */
export function rideNotice(
  state: BatchWatch,
  snapshot: AppSnapshot,
  nowMs: number,
  isQuiet: boolean,
): RideNews {
  const { sentCount } = snapshot
  const isOver = snapshot.progress === null
  if (isQuiet) return { state: { kind: 'none', told: sentCount }, notices: [] }
  switch (state.kind) {
    case 'silent':
      return { state: isOver ? { kind: 'none', told: sentCount } : state, notices: [] }
    case 'none':
      if (sentCount <= state.told) return { state, notices: [] }
      if (isOver) return ended(sentCount, state.told, snapshot)
      return { state: { kind: 'counting', told: state.told, sinceMs: nowMs }, notices: [] }
    case 'counting':
      if (isOver) return ended(sentCount, state.told, snapshot)
      if (nowMs - state.sinceMs < tellAfterMs) return { state, notices: [] }
      return { state: { kind: 'silent' }, notices: [news(sentCount - state.told, true, snapshot)] }
  }
}

function ended(sentCount: number, told: number, snapshot: AppSnapshot): RideNews {
  return { state: { kind: 'none', told: sentCount }, notices: [news(sentCount - told, false, snapshot)] }
}

function news(rides: number, isMoreToCome: boolean, snapshot: AppSnapshot): Notice {
  const newest = snapshot.lastRides.find(({ state }) => state === 'uploaded')
  const isOne = rides === 1 && newest !== undefined && !isMoreToCome
  return {
    level: 'news',
    title: rides === 1 ? '1 ride is on Intervals.icu' : `${rides} rides are on Intervals.icu`,
    body: isMoreToCome
      ? 'More are going up.'
      : isOne
        ? `${newest.name}, from ${newest.sourceName}`
        : 'All that was waiting has gone up.',
    page: isOne ? 'activities' : 'today',
    fileId: isOne ? newest.fileId : null,
  }
}

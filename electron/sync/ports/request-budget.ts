/**
 * Requests counted over restarts. `kind` decides how much of the budget may be used: uploads leave a tenth
 * for looking up and pulling; backfill uploads take at most half the day's budget.
 */
export type RequestKind = 'upload' | 'backfill' | 'other'

export interface RequestBudget {
  /** Null when a request of this kind may go now; else how long to wait, in ms. */
  waitMs(kind: RequestKind): number | null
  /** How long the service's own wait still lasts, in ms, also one from before a restart; 0 for none. */
  heldMs?(): number
  /** Counts one request that is about to be sent. */
  spend(kind: RequestKind): void
}

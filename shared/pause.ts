import type { Pause } from './preferences.ts'

/**
 * No choice makes a pause longer than 27 h, in the night that the clocks are put back. One that seems longer was made
 * while the computer's clock ran ahead; the hour more is for a clock that is set back a little.
 */
const longestMs = 28 * 3_600_000

/** The pause that holds now; null when none does. One whose end has come, or lies too far ahead to be meant, is none. */
export function activePause(pause: Pause, nowMs: number): Exclude<Pause, { readonly kind: 'none' }> | null {
  switch (pause.kind) {
    case 'none':
      return null
    case 'untilResumed':
      return pause
    case 'until': {
      const leftMs = Date.parse(pause.at) - nowMs
      return leftMs > 0 && leftMs <= longestMs ? pause : null
    }
  }
}

/** How long it still holds, in ms: 0 when nothing is paused, infinite until the user resumes. */
export function pauseLeftMs(pause: Pause, nowMs: number): number {
  const active = activePause(pause, nowMs)
  if (active === null) return 0
  return active.kind === 'untilResumed' ? Number.POSITIVE_INFINITY : Date.parse(active.at) - nowMs
}

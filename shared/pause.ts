import type { Pause } from './preferences.ts'

/** The pause that holds now; null when none does. One whose end has come is none. */
export function activePause(pause: Pause, nowMs: number): Exclude<Pause, { readonly kind: 'none' }> | null {
  switch (pause.kind) {
    case 'none':
      return null
    case 'untilResumed':
      return pause
    case 'until':
      return Date.parse(pause.at) > nowMs ? pause : null
  }
}

/** How long it still holds, in ms: 0 when nothing is paused, infinite until the user resumes. */
export function pauseLeftMs(pause: Pause, nowMs: number): number {
  const active = activePause(pause, nowMs)
  if (active === null) return 0
  return active.kind === 'untilResumed' ? Number.POSITIVE_INFINITY : Date.parse(active.at) - nowMs
}

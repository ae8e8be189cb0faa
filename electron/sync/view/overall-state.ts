import { activePause } from '../../../shared/pause.ts'
import type { OverallState, Trouble } from '../../../shared/reports.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { ActivityState } from '../../../shared/states.ts'

/** What the one word is made of. */
export interface WholeState {
  readonly settings: Pick<Settings, 'account' | 'pause' | 'sources'>
  readonly isWorking: boolean
  readonly counts: Readonly<Record<ActivityState, number>>
  /** Waiting files that need the user: see `unreadableFiles`. */
  readonly unreadableCount: number
  readonly troubles: readonly Trouble[]
  readonly nowMs: number
}

/** The state of the whole in one word, the most telling first. */
export function overallState(whole: WholeState): OverallState {
  const { settings, isWorking, counts, unreadableCount, troubles, nowMs } = whole
  const has = (code: string): boolean => troubles.some(trouble => trouble.code === code)
  if (settings.account === null || has('signed-out') || has('keychain-locked')) return 'signedOut'
  if (isWorking || counts.uploading > 0) return 'working'
  if (activePause(settings.pause, nowMs) !== null) return 'paused'
  if (has('offline') || has('service-down')) return 'offline'
  if (troubles.length > 0 || counts.held + counts.rejected + unreadableCount > 0) return 'attention'
  if (settings.sources.length > 0 && settings.sources.every(source => source.isPaused)) return 'paused'
  return counts.queued + counts.retrying > 0 ? 'waiting' : 'idle'
}

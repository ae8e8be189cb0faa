import type { AppSnapshot } from '../../../shared/app-snapshot.ts'
import { headline } from '../../../shared/headline.ts'
import type { Place } from '../../../shared/moments.ts'
import { quietWords } from '../../../shared/plain-words.ts'

export const trayStates = ['idle', 'syncing', 'paused', 'offline', 'attention', 'signedOut'] as const
/** Each has its own shape in the tray. */
export type TrayState = (typeof trayStates)[number]

export interface TrayFace {
  readonly state: TrayState
  /** The tooltip: the mark's meaning in words, with progress while something goes up. */
  readonly text: string
}

const stateOfTone = {
  ok: 'idle',
  busy: 'syncing',
  paused: 'paused',
  offline: 'offline',
  attention: 'attention',
  signedOut: 'signedOut',
} as const satisfies Readonly<Record<ReturnType<typeof headline>['tone'], TrayState>>

/** What the tray shows: made of the window's own headline, so that the two never disagree. */
export function trayFace(snapshot: AppSnapshot, nowMs: number, place: Place = {}): TrayFace {
  const { tone, text } = headline(snapshot, nowMs, place)
  const progress = progressText(snapshot)
  return {
    state: stateOfTone[tone],
    text: quietWords(`Musette: ${text}${progress === null ? '' : ` (${progress})`}`),
  }
}

/** `2 of 5, 40 %` while something goes up; null else. */
export function progressText({ progress }: Pick<AppSnapshot, 'progress'>): string | null {
  if (progress === null) return null
  const { done, total, sentBytes, totalBytes } = progress
  const percent = totalBytes > 0 ? Math.min(100, Math.floor((sentBytes / totalBytes) * 100)) : 0
  return `${Math.min(done + 1, total)} of ${total}, ${percent} %`
}

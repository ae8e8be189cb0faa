import type { AppSnapshot } from '../../../shared/app-snapshot.ts'
import type { PageName } from '../../../shared/ipc-contract.ts'
import { noRides, type RideMemory } from '../parse-desktop-state.ts'
import { rideNotice, type BatchWatch } from './batch.ts'
import { currentWants, wantNotice } from './wants.ts'
import { longSilences } from './long-silence.ts'

/** Something worth a notification. */
export interface Notice {
  /** `news` goes out at the level `all` only. */
  readonly level: 'news' | 'needsYou'
  readonly title: string
  readonly body: string
  readonly page: PageName
  readonly fileId: number | null
}

/** What is remembered between two snapshots. */
export interface NoticeState {
  /** Null before the first snapshot. */
  readonly startedMs: number | null
  readonly isQuiet: boolean
  readonly batch: BatchWatch
  /** What needs the user, by key, and when it was last told. */
  readonly wants: Readonly<Record<string, number>>
  /** What needed the user in the newest snapshot. */
  readonly open: readonly string[]
  readonly rides: RideMemory
}

export function freshNotices(rides: RideMemory = noRides): NoticeState {
  return { startedMs: null, isQuiet: true, batch: { kind: 'none', told: 0 }, wants: {}, open: [], rides }
}

/** At the latest now the start is over, also when the service can't be reached. */
const quietAtMostMs = 120_000

/**
 * What to tell after this snapshot. What is found at the start is where we begin, not news. A level that is too low or
 * a snooze lets the state go on all the same, so that nothing piles up behind it.
 */
export function notice(
  state: NoticeState,
  snapshot: AppSnapshot,
  nowMs: number,
): { readonly state: NoticeState; readonly notices: readonly Notice[] } {
  const startedMs = state.startedMs ?? nowMs
  // What the end of the first look brings still belongs to the start.
  const isQuiet = state.isQuiet && nowMs - startedMs < quietAtMostMs
  const batch = rideNotice(state.batch, snapshot, nowMs, isQuiet)
  const wants = currentWants(snapshot)
  const asked = wantNotice({ wants, told: state.wants, open: state.open, nowMs, isQuiet })
  const silence = longSilences(state.rides, snapshot, nowMs, isQuiet)
  return {
    state: {
      startedMs,
      isQuiet: isQuiet && isLookingFirst(snapshot),
      batch: batch.state,
      wants: asked.told,
      open: wants.map(({ key }) => key),
      rides: silence.state,
    },
    notices: [...asked.notices, ...batch.notices, ...silence.notices].filter(({ level }) =>
      isWelcome(level, snapshot, nowMs),
    ),
  }
}

/** The first look at everything ends the start. */
function isLookingFirst(snapshot: AppSnapshot): boolean {
  const hasLooked = (snapshot.lastLookAt ?? null) !== null
  return !hasLooked || snapshot.isWorking || snapshot.progress !== null
}

function isWelcome(level: Notice['level'], { preferences }: AppSnapshot, nowMs: number): boolean {
  const { notifications, snoozedUntil } = preferences
  if (snoozedUntil !== null && nowMs < Date.parse(snoozedUntil)) return false
  switch (notifications) {
    case 'all':
      return true
    case 'needsYou':
      return level === 'needsYou'
    case 'none':
      return false
  }
}

import type { AppSnapshot, HostAbilities } from '../../../shared/app-snapshot.ts'
import { defaultPreferences } from '../../../shared/preferences.ts'
import { activityStates, type ActivityState } from '../../../shared/states.ts'

export const desktopAbilities: HostAbilities = {
  kind: 'desktop',
  platform: 'linux',
  canChooseFolder: true,
  canShowInFolder: true,
  canStartAtLogin: true,
  canNotify: true,
  canConnect: true,
  canQuit: true,
}

export const headlessAbilities: HostAbilities = {
  ...desktopAbilities,
  kind: 'headless',
  canChooseFolder: false,
  canShowInFolder: false,
  canStartAtLogin: false,
  canNotify: false,
  canQuit: false,
}

/** How many files are in each state; what is not named has none. */
export function countsOf(some: Partial<Record<ActivityState, number>> = {}): Record<ActivityState, number> {
  const none = Object.fromEntries(activityStates.map(state => [state, 0])) as Record<ActivityState, number>
  return { ...none, ...some }
}

/** A snapshot of a Musette that is connected, knows nothing yet, and is past its guide. */
export function snapshotOf(some: Partial<AppSnapshot> = {}): AppSnapshot {
  return {
    run: 'run-1',
    revision: 1,
    version: '0.1.0',
    home: '/home/rider/.config/Musette',
    host: desktopAbilities,
    account: { kind: 'connected', id: 'i123456', name: 'Robin Rider', key: 'keychain' },
    startup: { kind: 'off' },
    state: 'idle',
    isWorking: false,
    counts: countsOf(),
    pause: { kind: 'none' },
    progress: null,
    sources: [],
    trainers: [],
    needs: [],
    needsCount: 0,
    lastRides: [],
    nextWorkouts: [],
    lastSyncAt: '2026-11-21T16:00:00.000Z',
    nextAttemptAt: null,
    troubles: [],
    preferences: { ...defaultPreferences, isFirstRunDone: true },
    keepFree: { bytes: 1_000_000_000, percent: 5 },
    filesRevision: 1,
    sentCount: 0,
    today: '2026-11-21',
    ...some,
  }
}

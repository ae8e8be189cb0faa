import { expect, test } from 'vitest'
import { overallState, type WholeState } from '../../../../electron/sync/view/overall-state.ts'
import type { OverallState } from '../../../../shared/reports.ts'
import { newSettings, type Source } from '../../../../shared/settings.ts'
import { activityStates, type ActivityState } from '../../../../shared/states.ts'

const nowMs = Date.UTC(2026, 10, 21, 10)
const counts = (change: Partial<Record<ActivityState, number>>): WholeState['counts'] => ({
  ...(Object.fromEntries(activityStates.map(state => [state, 0])) as Record<ActivityState, number>), // every state
  ...change,
})
const source: Source = {
  ...{ id: 's1', name: 'Edge', folder: '/edge', baselineAt: '2026-11-21T10:00:00.000Z', isPaused: false },
  ...{ backfill: { kind: 'none' }, sameRide: 'upload' },
}
const settings = {
  ...newSettings('h'),
  account: { origin: 'https://a', athleteId: 'i1', name: null },
  sources: [source],
}
const paused = { ...settings, pause: { kind: 'untilResumed' } as const }
const over = { ...settings, pause: { kind: 'until', at: '2026-11-21T09:59:59Z' } as const }
const trouble = (code: string) => [{ code, message: '', file: null }]

test.each<[string, Partial<WholeState>, OverallState]>([
  ['nothing is to be done', {}, 'idle'],
  ['rides are queued', { counts: counts({ queued: 1 }) }, 'waiting'],
  ['rides are tried again', { counts: counts({ retrying: 1 }) }, 'waiting'],
  ['a ride is held', { counts: counts({ held: 1, queued: 1 }) }, 'attention'],
  ['a ride was refused', { counts: counts({ rejected: 1 }) }, 'attention'],
  ['a file cannot be read', { unreadableCount: 1, counts: counts({ waiting: 1 }) }, 'attention'],
  ['something is wrong', { troubles: trouble('disk-full') }, 'attention'],
  ['there is no connection', { troubles: trouble('offline'), counts: counts({ held: 1 }) }, 'offline'],
  ['everything is paused', { settings: paused, troubles: trouble('offline') }, 'paused'],
  ['the pause is over', { settings: over }, 'idle'],
  [
    'all sources are paused',
    { settings: { ...settings, sources: [{ ...source, isPaused: true }] } },
    'paused',
  ],
  ['it works', { isWorking: true, troubles: trouble('offline') }, 'working'],
  [
    'a ride is under way though all is paused',
    { settings: paused, counts: counts({ uploading: 1 }) },
    'working',
  ],
  ['nobody has signed in', { settings: { ...settings, account: null } }, 'signedOut'],
  ['the key was refused', { isWorking: true, troubles: trouble('signed-out') }, 'signedOut'],
])('when %s the whole is %s', (_, change, state) => {
  const usual = { settings, isWorking: false, counts: counts({}), unreadableCount: 0, troubles: [], nowMs }
  expect(overallState({ ...usual, ...change })).toBe(state)
})

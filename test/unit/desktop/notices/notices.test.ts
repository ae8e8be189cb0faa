import { expect, test } from 'vitest'
import type { AppSnapshot } from '../../../../shared/app-snapshot.ts'
import { defaultPreferences, type Preferences } from '../../../../shared/preferences.ts'
import { freshNotices, notice, type Notice } from '../../../../electron/desktop/notices/notices.ts'
import { needView, rideView, snapshotMs, sourceView } from '../../../helpers/snapshot-parts.ts'
import { snapshotOf } from '../../../helpers/window/snapshots.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const looked = '2026-11-21T18:00:30.000Z'
const going = { name: 'a.fit', sourceName: 'Zwift', sentBytes: 1, totalBytes: 9, done: 0, total: 3 }
const signedOut = {
  kind: 'signedOut',
  id: 'i1',
  name: null,
  why: 'signed-out',
  message: 'The key was refused.',
} as const

/** A Musette that runs; time goes on from snapshot to snapshot. */
class Watching {
  #state = freshNotices()
  #nowMs = snapshotMs
  readonly #preferences: Partial<Preferences>

  constructor(preferences: Partial<Preferences> = {}) {
    this.#preferences = preferences
  }

  /** Titles of what is told `afterMs` later. */
  see(change: Partial<AppSnapshot>, afterMs = minute): readonly string[] {
    return this.seeAll(change, afterMs).map(({ title }) => title)
  }

  seeAll(change: Partial<AppSnapshot>, afterMs = minute): readonly Notice[] {
    this.#nowMs += afterMs
    const preferences = { ...defaultPreferences, ...this.#preferences, ...change.preferences }
    const snapshot = snapshotOf({ sources: [sourceView()], lastLookAt: looked, ...change, preferences })
    const { state, notices } = notice(this.#state, snapshot, this.#nowMs)
    this.#state = state
    return notices
  }
}

/** One whose start is over and found nothing. */
function watching(preferences: Partial<Preferences> = {}): Watching {
  const watch = new Watching(preferences)
  watch.see({})
  return watch
}

test('tells nothing of what is found at the start', () => {
  const watch = new Watching()
  const found = { needs: [needView()], account: signedOut, sources: [sourceView({ health: 'unreadable' })] }
  expect(watch.see({ ...found, lastLookAt: null }, 0)).toEqual([])
  expect(watch.see({ ...found, lastLookAt: null, sentCount: 4, progress: going }, 10_000)).toEqual([])
  expect(watch.see({ ...found, sentCount: 5 }, 10_000)).toEqual([])
  expect(watch.see({ ...found, sentCount: 5 }, hour)).toEqual([])
})

test('the start is over after two minutes, also without a connection', () => {
  const watch = new Watching()
  expect(watch.see({ lastLookAt: null }, 0)).toEqual([])
  expect(watch.see({ lastLookAt: null }, 119_999)).toEqual([])
  expect(watch.see({ lastLookAt: null, account: signedOut }, 1)).toEqual(['Sign in to Intervals.icu'])
})

test('one ride that went up is named, and leads to its story', () => {
  const watch = watching()
  watch.see({ progress: going })
  expect(watch.seeAll({ sentCount: 1, lastRides: [rideView()] })).toEqual([
    {
      level: 'news',
      title: '1 ride is on Intervals.icu',
      body: 'morning.fit, from Zwift',
      page: 'activities',
      fileId: 7,
    },
  ])
})

test('a batch is told once, at its end', () => {
  const watch = watching()
  expect(watch.see({ progress: going, sentCount: 1 }, 1000)).toEqual([])
  expect(watch.see({ progress: going, sentCount: 2 }, 1000)).toEqual([])
  expect(watch.see({ sentCount: 3 }, 1000)).toEqual(['3 rides are on Intervals.icu'])
  expect(watch.see({ sentCount: 3 })).toEqual([])
})

test('a long batch is told after a minute and then never again, until the next', () => {
  const watch = watching()
  watch.see({ progress: going, sentCount: 1 })
  expect(watch.see({ progress: going, sentCount: 40 }, 59_999)).toEqual([])
  expect(watch.see({ progress: going, sentCount: 41 }, 1)).toEqual(['41 rides are on Intervals.icu'])
  expect(watch.see({ progress: going, sentCount: 400 }, day)).toEqual([])
  expect(watch.see({ sentCount: 500 })).toEqual([])
  expect(watch.see({ sentCount: 501 })).toEqual(['1 ride is on Intervals.icu'])
})

test.each([
  ['a damaged ride', { needs: [needView()] }, 'A ride on Edge 530 is damaged'],
  [
    'a ride that waits for a word',
    { needs: [needView({ reasonCode: 'longer-version' })] },
    'A ride on Edge 530 needs you',
  ],
  ['signing in', { account: signedOut }, 'Sign in to Intervals.icu'],
  [
    'a folder that is refused',
    { sources: [sourceView({ health: 'unreadable' })] },
    "Zwift's folder can't be read",
  ],
  [
    'a full disk',
    { troubles: [{ code: 'disk-full', message: 'Free some space.', file: null }] },
    'The disk is nearly full',
  ],
] as const)('tells of %s once', (_what, change, title) => {
  const watch = watching()
  expect(watch.see(change)).toEqual([title])
  expect(watch.see(change)).toEqual([])
})

test.each([
  ['a stick that was unplugged', { sources: [sourceView({ health: 'missing' })] }],
  ['a paused folder', { sources: [sourceView({ health: 'unreadable', isPaused: true })] }],
  ['a line that is gone', { troubles: [{ code: 'offline', message: 'No connection.', file: null }] }],
] as const)('%s needs nobody', (_what, change) => {
  expect(watching().see(change)).toEqual([])
})

test('several rides at once are told in one', () => {
  const needs = [needView(), needView({ fileId: 10 }), needView({ fileId: 11 })]
  expect(watching().see({ needs })).toEqual(['3 rides need you'])
})

test('trouble that comes and goes is told once a day', () => {
  const watch = watching()
  const broken = { sources: [sourceView({ health: 'unreadable' })] }
  expect(watch.see(broken)).toHaveLength(1)
  watch.see({})
  expect(watch.see(broken)).toEqual([])
  watch.see({})
  expect(watch.see(broken, day)).toHaveLength(1)
})

test.each([
  ['all', ['A ride on Edge 530 is damaged', '1 ride is on Intervals.icu']],
  ['needsYou', ['A ride on Edge 530 is damaged']],
  ['none', []],
] as const)('at the level %s', (notifications, titles) => {
  expect(watching({ notifications }).see({ needs: [needView()], sentCount: 1 })).toEqual(titles)
})

test('a snooze keeps silent, and nothing piles up behind it', () => {
  const snoozedUntil = new Date(snapshotMs + hour).toISOString()
  const watch = watching({ snoozedUntil })
  expect(watch.see({ needs: [needView()], sentCount: 1 }, minute)).toEqual([])
  expect(watch.see({ needs: [needView()], sentCount: 1 }, hour)).toEqual([])
  expect(watch.see({ needs: [needView()], sentCount: 2 })).toEqual(['1 ride is on Intervals.icu'])
})

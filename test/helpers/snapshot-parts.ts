import type { NeedView, RideView, SourceView, WorkoutView } from '../../shared/app-snapshot.ts'

/** Now, in the tests that show a snapshot. */
export const snapshotMs = Date.parse('2026-11-21T18:00:00Z')

export function sourceView(change: Partial<SourceView> = {}): SourceView {
  return {
    id: 'zwift',
    name: 'Zwift',
    folder: '/home/rider/Zwift/Activities',
    backfill: 'none',
    isPaused: false,
    health: 'watching',
    files: 3,
    sameRide: 'upload',
    otherFiles: 0,
    newestAt: null,
    counts: {},
    ...change,
  }
}

export function rideView(change: Partial<RideView> = {}): RideView {
  return {
    fileId: 7,
    name: 'morning.fit',
    sourceName: 'Zwift',
    state: 'uploaded',
    reasonCode: 'sent',
    reason: 'Sent to Intervals.icu.',
    startTime: '2026-11-21T16:00:00.000Z',
    sport: 'VirtualRide',
    durationS: 3900,
    distanceM: 32_000,
    activityIds: ['i42'],
    ...change,
  }
}

export function needView(change: Partial<NeedView> = {}): NeedView {
  return {
    fileId: 9,
    name: 'broken.fit',
    sourceName: 'Edge 530',
    state: 'held',
    reasonCode: 'damaged',
    reason: 'Damaged at the end. Its first 1 h 12 min can be read. Kept safe in the archive.',
    actions: ['uploadAnyway', 'ignore'],
    ...change,
  }
}

export function workoutView(change: Partial<WorkoutView> = {}): WorkoutView {
  return {
    eventId: '5',
    date: '2026-11-21',
    time: '19:30',
    name: 'Sweet spot 3 x 12',
    sport: 'VirtualRide',
    durationS: 3600,
    load: 70,
    profile: null,
    places: [],
    ...change,
  }
}

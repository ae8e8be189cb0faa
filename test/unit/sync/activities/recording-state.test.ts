import { expect, test } from 'vitest'
import { reason } from '../../../../shared/reasons.ts'
import { nextRecording, type RecordingEvent } from '../../../../electron/sync/activities/recording-state.ts'
import type { RecordingChange, RecordingRow } from '../../../../electron/sync/ledger/recordings.ts'

const base: RecordingRow = {
  ...{ sha256: 'ab', format: 'fit', bytes: 1, baseName: 'a', startTime: null, durationS: null },
  ...{ distanceM: null, sport: null, subSport: null, device: null, sessions: 1, sourceId: 's1' },
  ...{ origin: 'new', isArchived: true, state: 'retrying', reason: reason('offline') },
  ...{ nextAttemptAtMs: 5, mustLookUp: false, failures: 3, activityIds: [], changedAtMs: 1 },
}
const doubtful: RecordingRow = { ...base, mustLookUp: true }
const sent: RecordingRow = {
  ...base,
  state: 'uploaded',
  reason: reason('sent'),
  activityIds: ['a1'],
  failures: 0,
}

const change = (other: Partial<RecordingChange>): RecordingChange => ({
  ...{ state: 'retrying', reason: reason('offline'), nextAttemptAtMs: null, mustLookUp: false },
  ...{ failures: 0, activityIds: [] },
  ...other,
})
const known = (owner: string | null, isOurs: boolean): RecordingEvent => ({
  ...{ kind: 'known', activityIds: ['a1'], owner, isOurs },
})
const found = change({ state: 'uploaded', reason: reason('found-after-lost-reply'), activityIds: ['a1'] })
const there = (why: RecordingChange['reason']) =>
  change({ state: 'alreadyThere', reason: why, activityIds: ['a1'] })
const later = (isInDoubt: boolean, countsAsFailure: boolean): RecordingEvent => ({
  ...{ kind: 'later', atMs: 9, why: reason('service-down'), isInDoubt, countsAsFailure },
})
const retried = (mustLookUp: boolean, failures: number) =>
  change({ reason: reason('service-down'), nextAttemptAtMs: 9, mustLookUp, failures })

test.each<[string, RecordingRow, RecordingEvent, RecordingChange]>([
  [
    'the written intent keeps what is in doubt',
    ...([doubtful, { kind: 'attemptStarted' }] as const),
    change({ state: 'uploading', reason: reason('sending'), mustLookUp: true, failures: 3 }),
  ],
  [
    'created ends it with every id',
    ...([doubtful, { kind: 'created', activityIds: ['a1', 'a2'] }] as const),
    change({ state: 'uploaded', reason: reason('sent'), activityIds: ['a1', 'a2'] }),
  ],
  ['found after a lost reply', doubtful, { kind: 'foundOnService', activityIds: ['a1'] }, found],
  [
    'known from another app',
    base,
    known('Garmin Connect', false),
    there(reason('had-it-already', 'Garmin Connect')),
  ],
  ['known, nobody knows from whom', base, known(null, false), there(reason('had-it-already'))],
  ['known from Musette', base, known('X', true), there(reason('had-it-from-musette'))],
  ['known from Musette after a lost reply is our own', doubtful, known('X', true), found],
  ['known after a lost reply, owner not told, is our own', doubtful, known(null, false), found],
  [
    'known from another app after a lost reply is theirs',
    ...([doubtful, known('Strava', false)] as const),
    there(reason('had-it-already', 'Strava')),
  ],
  ['later, in doubt, as a failure', base, later(true, true), retried(true, 4)],
  ['later, in no doubt, keeps an older doubt', doubtful, later(false, true), retried(true, 4)],
  ['later by the service or the budget is no failure', base, later(false, false), retried(false, 3)],
  [
    'refused is final',
    ...([doubtful, { kind: 'refused', sentence: 'no points' }] as const),
    change({ state: 'rejected', reason: reason('refused', 'no points') }),
  ],
  [
    'interrupted is looked up at once',
    ...([base, { kind: 'interrupted' }] as const),
    change({ reason: reason('outcome-unknown'), mustLookUp: true, failures: 3 }),
  ],
  [
    'wanted again keeps its ids and its doubt',
    ...([
      { ...sent, mustLookUp: true },
      { kind: 'wanted', why: reason('asked-again') },
    ] as const),
    change({ state: 'queued', reason: reason('asked-again'), mustLookUp: true, activityIds: ['a1'] }),
  ],
  [
    'ignored by the user keeps its doubt',
    ...([doubtful, { kind: 'userIgnored' }] as const),
    change({ state: 'ignored', reason: reason('ignored-by-you'), mustLookUp: true }),
  ],
  [
    'its source removed',
    ...([base, { kind: 'sourceRemoved' }] as const),
    change({ state: 'ignored', reason: reason('source-removed') }),
  ],
  [
    'its source removed while it was in doubt',
    ...([doubtful, { kind: 'sourceRemoved' }] as const),
    change({ state: 'ignored', reason: reason('source-removed', 'in doubt'), mustLookUp: true }),
  ],
  [
    'superseded',
    ...([base, { kind: 'superseded' }] as const),
    change({ state: 'ignored', reason: reason('superseded') }),
  ],
  [
    'held back',
    ...([base, { kind: 'heldBack', why: reason('nothing-made') }] as const),
    change({ state: 'held', reason: reason('nothing-made') }),
  ],
  [
    'seen deleted on the service stays sent',
    ...([sent, { kind: 'seenOnService', why: reason('deleted-on-service') }] as const),
    change({
      ...{ state: 'uploaded', reason: reason('deleted-on-service'), nextAttemptAtMs: 5, activityIds: ['a1'] },
    }),
  ],
])('%s', (_, row, event, expected) => {
  expect(nextRecording(row, event)).toEqual(expected)
})

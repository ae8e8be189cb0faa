import { expect, test } from 'vitest'
import { headline, type HeadlineFacts } from '../../../shared/headline.ts'
import type { ActivityState } from '../../../shared/states.ts'
import { countsOf, snapshotOf } from '../../helpers/window/snapshots.ts'

const nowMs = Date.UTC(2026, 10, 21, 10)
const lookedAt = new Date(nowMs - 4000).toISOString()
const counted = (counts: Partial<Record<ActivityState, number>>): HeadlineFacts['counts'] => countsOf(counts)
const well: HeadlineFacts = snapshotOf({
  account: { kind: 'connected', id: 'i1', name: 'Ada', key: 'keychain' },
  ...{ lastLookAt: lookedAt, lastSyncAt: lookedAt },
  sources: [
    {
      ...{ id: 's1', name: 'Edge', folder: '/edge', backfill: 'none', isPaused: false, health: 'watching' },
      ...{ files: 3, sameRide: 'upload', otherFiles: 0, newestAt: null, counts: {} },
    },
  ],
})

test.each<[string, Partial<HeadlineFacts>, string, string, string | RegExp]>([
  [
    'a file cannot be read, and another is being recorded',
    { counts: counted({ waiting: 2 }), needsCount: 1 },
    'attention',
    "One file can't be read",
    /^It could not be read or copied\. Nothing was changed, .* Everything else goes on\.$/,
  ],
  [
    'two files cannot be read',
    { counts: counted({ waiting: 2 }), needsCount: 2 },
    'attention',
    "2 files can't be read",
    /^They could not be read or copied\./,
  ],
  [
    'one file cannot be read, and a ride is held',
    { counts: counted({ waiting: 1, held: 1 }), needsCount: 2 },
    'attention',
    '2 files need a look',
    /Nothing is lost/,
  ],
  [
    'it is paused, and a file cannot be read',
    { pause: { kind: 'untilResumed' }, counts: counted({ waiting: 1 }), needsCount: 1 },
    'paused',
    'Paused until you resume',
    "Nothing is looked at or sent meanwhile. One file can't be read.",
  ],
])('when %s', (_, change, tone, text, detail) => {
  const told = headline({ ...well, ...change }, nowMs)
  expect([told.tone, told.text]).toEqual([tone, text])
  expect(told.detail).toEqual(expect.stringMatching(detail))
})

import { describe, expect, test } from 'vitest'
import type { SourceView, TrainerView } from '../../../shared/app-snapshot.ts'
import { headline, type HeadlineFacts } from '../../../shared/headline.ts'
import { activityStates, type ActivityState } from '../../../shared/states.ts'

const nowMs = Date.UTC(2026, 10, 21, 10)
const place = { locale: 'en-GB', timeZone: 'Europe/Berlin' }
const ago = (ms: number): string => new Date(nowMs - ms).toISOString()
const minuteMs = 60_000
const hourMs = 3_600_000

const source = (change: Partial<SourceView> = {}): SourceView => ({
  ...{ id: 's1', name: 'Edge', folder: '/edge', backfill: 'none', isPaused: false, health: 'watching' },
  ...{ files: 3, sameRide: 'upload', otherFiles: 0, newestAt: null, counts: {} },
  ...change,
})
const trainer = (change: Partial<TrainerView> = {}): TrainerView => ({
  ...{ id: 't1', name: 'Zwift', folder: '/zwift', format: 'zwo', days: 7, sports: null, kind: 'library' },
  ...{ isPaused: false, health: 'watching', workouts: 0 },
  ...change,
})
const counted = (counts: Partial<Record<ActivityState, number>>): HeadlineFacts['counts'] => ({
  ...(Object.fromEntries(activityStates.map(state => [state, 0])) as Record<ActivityState, number>), // every state
  ...counts,
})
const trouble = (code: string, file: string | null = null) => ({ code, message: `About ${code}.`, file })

const well: HeadlineFacts = {
  account: { kind: 'connected', id: 'i1', name: 'Ada', key: 'keychain' },
  counts: counted({ uploaded: 3 }),
  ...{ isWorking: false, lastLookAt: ago(4000), lastSyncAt: ago(hourMs), needsCount: 0 },
  ...{ nextAttemptAt: null, offlineSince: null, pause: { kind: 'none' }, progress: null },
  sources: [source(), source({ id: 's2', name: 'Watch' }), source({ id: 's3', name: 'Zwift' })],
  ...{ trainers: [], troubles: [] },
}
const going = {
  ...{ name: 'a.fit', sourceName: 'Edge', sentBytes: 500, totalBytes: 1000, done: 0, total: 1 },
}
const tell = (change: Partial<HeadlineFacts>) => {
  const { tone, text, detail } = headline({ ...well, ...change }, nowMs, place)
  return [tone, text, detail]
}

test.each<[string, Partial<HeadlineFacts>, string, string, string | RegExp]>([
  ['all is well', {}, 'ok', 'Everything is in sync', 'Looked 4 seconds ago in 3 folders.'],
  [
    'a ride is being recorded',
    { counts: counted({ waiting: 1 }) },
    'ok',
    'Everything is in sync',
    'Looked 4 seconds ago in 3 folders. One ride is not finished yet.',
  ],
  [
    'one folder is paused',
    { sources: [source(), source({ id: 's2', isPaused: true })] },
    'ok',
    'Everything is in sync',
    'Looked 4 seconds ago in one folder; one is paused.',
  ],
  [
    'two rides go up',
    { progress: { ...going, done: 1, total: 3 }, isWorking: true },
    'busy',
    '2 rides are going up',
    'a.fit from Edge: 50 %. 1 of 3 done.',
  ],
  ['one ride goes up', { progress: going }, 'busy', 'One ride is going up', 'a.fit from Edge: 50 %.'],
  [
    'one ride is held',
    { counts: counted({ held: 1 }), needsCount: 1 },
    'attention',
    'One ride waits for your word',
    /Everything else goes on/,
  ],
  [
    'two rides are refused',
    { counts: counted({ rejected: 2 }), needsCount: 2 },
    'attention',
    '2 rides were refused by Intervals.icu',
    /Kept safe/,
  ],
  [
    'some are held, some refused',
    { counts: counted({ rejected: 2, held: 1 }), needsCount: 3 },
    'attention',
    '3 rides need a look',
    /Nothing is lost/,
  ],
  [
    'a folder cannot be read',
    {
      sources: [source({ name: 'Zwift', health: 'unreadable' })],
      troubles: [trouble('folder-unreadable', '/edge')],
    },
    'attention',
    "Zwift's folder can't be read",
    'About folder-unreadable.',
  ],
  [
    'a trainer is unplugged, and a ride is held',
    { trainers: [trainer({ health: 'missing' })], counts: counted({ held: 1 }), needsCount: 1 },
    'attention',
    "Zwift's folder is not there",
    /Plug it in .* One ride waits for your word\.$/,
  ],
  [
    'two folders are away',
    { sources: [source({ health: 'missing' }), source({ id: 's2', health: 'missing' })] },
    'attention',
    '2 folders are not there',
    /Nothing was changed/,
  ],
  [
    'it is paused for an hour',
    {
      pause: { kind: 'until', at: new Date(nowMs + 7.5 * hourMs).toISOString() },
      counts: counted({ queued: 1 }),
    },
    'paused',
    'Paused until 18:30',
    'Nothing is looked at or sent meanwhile. One ride waits, kept safe in the archive.',
  ],
  [
    'it is paused until tomorrow, and a ride is held',
    {
      pause: { kind: 'until', at: '2026-11-22T07:00:00.000Z' },
      ...{ counts: counted({ held: 1 }), needsCount: 1 },
    },
    'paused',
    'Paused until tomorrow 08:00',
    /One ride needs your word\.$/,
  ],
  ['it is paused', { pause: { kind: 'untilResumed' } }, 'paused', 'Paused until you resume', /Nothing is/],
  ['a pause is over', { pause: { kind: 'until', at: ago(1) } }, 'ok', 'Everything is in sync', /^Looked/],
  [
    'every folder is paused',
    { sources: [source({ isPaused: true }), source({ id: 's2', isPaused: true })] },
    'paused',
    'All folders are paused',
    /meanwhile/,
  ],
  [
    'there is no connection',
    {
      ...{ troubles: [trouble('offline')], offlineSince: ago(2 * hourMs), counts: counted({ retrying: 3 }) },
      nextAttemptAt: new Date(nowMs + 45_000).toISOString(),
    },
    'offline',
    'Offline since 09:00: 3 rides wait',
    'Everything is kept, and sent when the connection is back. Next try in 45 s.',
  ],
  [
    'the next try is less than a second away',
    {
      ...{ troubles: [trouble('offline')], offlineSince: ago(2 * hourMs), counts: counted({ retrying: 1 }) },
      nextAttemptAt: new Date(nowMs + 400).toISOString(),
    },
    'offline',
    'Offline since 09:00: one ride waits',
    'Everything is kept, and sent when the connection is back. Next try in 1 s.',
  ],
  [
    'there is no connection and nothing to send',
    { troubles: [trouble('offline')], offlineSince: ago(26 * hourMs) },
    'offline',
    'Offline since yesterday 09:00',
    /^Everything is kept/,
  ],
  [
    'the service does not answer',
    { troubles: [trouble('service-down')], counts: counted({ retrying: 1 }) },
    'offline',
    'Intervals.icu does not answer: one ride waits',
    /^Everything is kept/,
  ],
  [
    'nobody has signed in',
    { account: { kind: 'none' }, sources: [] },
    'signedOut',
    'Sign in to begin',
    'Musette needs your key to send rides to Intervals.icu.',
  ],
  [
    'the key was refused',
    { troubles: [trouble('signed-out')], counts: counted({ queued: 2 }), progress: going },
    'signedOut',
    'Sign in to go on',
    'About signed-out. 2 rides wait, kept safe in the archive.',
  ],
  [
    'the keychain is locked',
    {
      account: { kind: 'signedOut', id: 'i1', name: null, why: 'keychain-locked', message: 'It is locked.' },
    },
    'signedOut',
    'Unlock the keychain to go on',
    'It is locked.',
  ],
  [
    'the key is of another',
    { troubles: [trouble('wrong-athlete')] },
    'attention',
    'This key belongs to another athlete',
    'About wrong-athlete.',
  ],
  [
    'another is at work',
    { troubles: [trouble('home-in-use')] },
    'attention',
    'Another Musette is at work here',
    'About home-in-use.',
  ],
  [
    'the disk is full',
    { troubles: [trouble('offline'), trouble('disk-full')] },
    'attention',
    'The disk is nearly full',
    'About disk-full.',
  ],
  ['there is no folder', { sources: [] }, 'ok', 'Add a folder to begin', /^Choose where your rides lie/],
  [
    'there is only a trainer',
    { sources: [], trainers: [trainer()] },
    'ok',
    'Add a folder with your rides',
    /^Workouts/,
  ],
  [
    'it never looked',
    { lastLookAt: null, lastSyncAt: null },
    'busy',
    'Looking for rides for the first time',
    'Looking in 3 folders.',
  ],
  ['it has just started', { lastLookAt: null }, 'busy', 'Looking for new rides', 'Looking in 3 folders.'],
  ['it looks', { isWorking: true }, 'busy', 'Looking for new rides', 'Looking in 3 folders.'],
  [
    'the service asked to slow down',
    {
      ...{ troubles: [trouble('rate-limited')], counts: counted({ queued: 40 }) },
      nextAttemptAt: new Date(nowMs + 5 * minuteMs).toISOString(),
    },
    'busy',
    '40 rides wait to go up',
    'About rate-limited. Next try in 5 min.',
  ],
  [
    'something else is wrong',
    { troubles: [trouble('unheard-of'), trouble('disk-error')] },
    'attention',
    'Something needs a look',
    'About unheard-of. And one more.',
  ],
])('when %s', (_, change, tone, text, detail) => {
  const told = tell(change)
  expect(told.slice(0, 2)).toEqual([tone, text])
  if (typeof detail === 'string') expect(told[2]).toBe(detail)
  else expect(told[2]).toMatch(detail)
})

describe('is never wrong:', () => {
  const wrongs: readonly Partial<HeadlineFacts>[] = [
    { counts: counted({ held: 1 }), needsCount: 1 },
    { counts: counted({ rejected: 1 }), needsCount: 1 },
    ...[
      'offline',
      'forbidden',
      'missing',
      'rate-limited',
      'budget-spent',
      'unreadable',
      'service-down',
      'x',
    ].map(code => ({
      troubles: [trouble(code)],
    })),
    { sources: [source({ health: 'missing' })] },
    { trainers: [trainer({ health: 'unreadable' })] },
    { counts: counted({ queued: 1 }) },
    { counts: counted({ uploading: 1 }) },
    { lastLookAt: null, lastSyncAt: null },
    { account: { kind: 'none' } },
    { sources: [] },
  ]
  const states: readonly Partial<HeadlineFacts>[] = [
    {},
    { sources: [source({ isPaused: true, health: 'watching' })] },
    { isWorking: true },
    { progress: going },
    { pause: { kind: 'untilResumed' } },
  ]
  test.each(wrongs.flatMap(wrong => states.map(state => ({ ...state, ...wrong }))))(
    'with %j it does not say that all is in sync',
    change => {
      expect(tell(change)[1]).not.toMatch(/in sync/)
    },
  )
})

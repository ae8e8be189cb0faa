import { expect, test } from 'vitest'
import { judge, type Evidence, type FindingKind } from '../../torture/oracle.ts'

const quiet: Evidence = {
  rides: [
    { sha256: 'a', name: 'a.fit', finishedAt: 100 },
    { sha256: 'b', name: 'b.fit', finishedAt: 200 },
    // A copy of the first, and one that never became whole.
    { sha256: 'a', name: 'copy of a.fit', finishedAt: 300 },
    { sha256: 'c', name: 'c-never.fit', finishedAt: null },
  ],
  bodies: [
    { sha256: 'a', at: 150 },
    { sha256: 'b', at: 250 },
    { sha256: 'b', at: 350 },
  ],
  activities: [
    { sha256: 'a', at: 160 },
    { sha256: 'b', at: 360 },
  ],
  kills: [
    { step: 'ride committed', at: 260 },
    { step: 'outcome committed', at: 400 },
  ],
  source: { expected: { 'a.fit': 'x' }, found: { 'a.fit': 'x' } },
  foreign: { expected: {}, found: {} },
  workouts: { expected: { 'zwo 1': 'h' }, found: { 'zwo 1': 'h' } },
  unsettled: [],
  leftovers: [],
  integrity: 'ok',
}

test('finds nothing where each finished ride is there once', () => {
  expect(judge(quiet)).toEqual([])
})

const broken: readonly (readonly [string, Partial<Evidence>, FindingKind, string | null])[] = [
  ['a ride that never came', { activities: [{ sha256: 'a', at: 160 }] }, 'lost', 'outcome committed'],
  [
    'a ride that is there twice',
    { activities: [...quiet.activities, { sha256: 'a', at: 300 }] },
    'duplicated',
    'ride committed',
  ],
  [
    'bytes that came before they were whole',
    { bodies: [...quiet.bodies, { sha256: 'b', at: 199 }] },
    'early',
    null,
  ],
  [
    'a ride that never became whole, sent',
    { bodies: [...quiet.bodies, { sha256: 'c', at: 270 }] },
    'early',
    'ride committed',
  ],
  [
    'an activity of bytes that nobody made',
    { activities: [...quiet.activities, { sha256: 'd', at: 500 }] },
    'early',
    'outcome committed',
  ],
  [
    'a source file that is another',
    { source: { expected: { 'a.fit': 'x' }, found: { 'a.fit': 'y' } } },
    'source touched',
    'outcome committed',
  ],
  [
    'a source file that is gone',
    { source: { expected: { 'a.fit': 'x' }, found: {} } },
    'source touched',
    'outcome committed',
  ],
  [
    'a file beside the source files',
    { source: { expected: {}, found: { 'x.tmp': 'x' } } },
    'source touched',
    'outcome committed',
  ],
  [
    'a workout that is missing',
    { workouts: { expected: { 'zwo 1': 'h' }, found: {} } },
    'workouts wrong',
    'outcome committed',
  ],
  [
    'a workout that should be gone',
    { workouts: { expected: {}, found: { 'zwo 1': 'h' } } },
    'workouts wrong',
    'outcome committed',
  ],
  [
    'a foreign file that was changed',
    { foreign: { expected: { mine: 'x' }, found: { mine: 'y' } } },
    'workouts wrong',
    'outcome committed',
  ],
  ['a ride without an end', { unsettled: ['b.fit: uploading'] }, 'unsettled', 'outcome committed'],
  ['a copy left in staging', { leftovers: ['staging/x'] }, 'leftover', 'outcome committed'],
  ['a damaged ledger', { integrity: 'row 3 missing from index' }, 'ledger', 'outcome committed'],
]

test.each(broken)('reports %s, once, after the right kill', (_name, change, kind, step) => {
  expect(judge({ ...quiet, ...change })).toMatchObject([{ kind, step }])
})

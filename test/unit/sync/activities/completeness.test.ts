import { describe, expect, test } from 'vitest'
import type { Proof } from '../../../../electron/formats/proof.ts'
import {
  damagedAfterMs,
  judge,
  settleMs,
  unchangedSinceMs,
  type Stillness,
} from '../../../../electron/sync/activities/completeness.ts'

const now = Date.UTC(2026, 10, 21, 10)
const minute = 60_000

function still(other: Partial<Stillness> = {}): Stillness {
  return { nowMs: now, mtimeMs: now - minute, stillSinceMs: now, wasSeenChanging: false, ...other }
}

test.each<[string, Partial<Stillness>, number]>([
  ['its own time when it lies in the past', {}, now - minute],
  ['now, when it was written just now', { mtimeMs: now }, now],
  ['our first sight when its time lies ahead', { mtimeMs: now + 1, stillSinceMs: now - 5000 }, now - 5000],
  ['our first sight when it has no time', { mtimeMs: 0, stillSinceMs: now - 5000 }, now - 5000],
  ['now at most, when the clock was set back', { mtimeMs: now + 9, stillSinceMs: now + 5 }, now],
  ['our own sight once we saw it change', { wasSeenChanging: true, stillSinceMs: now - 10 }, now - 10],
  [
    'the later of both, seen changing',
    { wasSeenChanging: true, stillSinceMs: now - 2 * minute },
    now - minute,
  ],
])('unchanged since %s', (_, other, since) => {
  expect(unchangedSinceMs(still(other))).toBe(since)
})

const facts = {
  ...{ startTime: null, startTimeMissing: 'none', durationS: null, distanceM: null, sport: null },
  ...{ subSport: null, device: null, sessions: 1 },
}
const whole: Proof = { kind: 'activity', format: 'tcx', isFinal: false, facts }
const final: Proof = { ...whole, format: 'fit', isFinal: true }
const broken = (kind: 'incomplete' | 'damaged', readable: typeof facts | null = null): Proof => ({
  ...{ kind, format: 'fit', code: 'cut-off', detail: 'it ends too early', readable },
})
const workout: Proof = { kind: 'notActivity', format: 'fit', content: 'workout', detail: '' }
const waits = (checkAtMs: number) => ({
  ...{ kind: 'wait', why: { code: 'unfinished', detail: 'it ends too early' }, checkAtMs },
})
const held = { kind: 'hold', why: { code: 'damaged', detail: 'it ends too early' } }

describe('the verdict over', () => {
  test.each<[string, Proof, number, boolean, object]>([
    ['a final FIT written this instant', final, 0, false, { kind: 'take' }],
    ['a whole file still for 10 s', whole, settleMs, false, { kind: 'take' }],
    [
      'a whole file not yet still for 10 s',
      ...([whole, settleMs - 1, true] as const),
      { kind: 'wait', why: { code: 'settling', detail: null }, checkAtMs: now + 1 },
    ],
    [
      'a workout',
      ...([workout, 0, true] as const),
      { kind: 'leave', why: { code: 'not-activity', detail: 'a planned workout' } },
    ],
    ['an unfinished file', broken('incomplete'), 0, false, waits(now + 15 * minute)],
    ['a damaged file', broken('damaged'), 0, false, waits(now + 15 * minute)],
    ['one still for almost 12 h', broken('incomplete'), damagedAfterMs - 5000, false, waits(now + 5000)],
    ['one still for 12 h but a moment', broken('incomplete'), damagedAfterMs - 1, false, waits(now + 1000)],
    ['one still for 12 h', broken('incomplete'), damagedAfterMs, false, held],
    ['one overtaken by a later ride', broken('incomplete'), settleMs, true, held],
    ['one overtaken but still written to', broken('incomplete'), 9000, true, waits(now + 15 * minute)],
    [
      'one that can be read in part',
      ...([broken('damaged', facts), damagedAfterMs, false] as const),
      {
        kind: 'hold',
        why: {
          code: 'damaged',
          detail: 'it ends too early; what can be read is sent by "musette upload FILE --anyway"',
        },
      },
    ],
  ])('%s', (_, proof, stillForMs, hasLaterRide, verdict) => {
    expect(judge(proof, still({ mtimeMs: now - stillForMs }), hasLaterRide)).toEqual(verdict)
  })
})

/** A ride of an hour that ended so long before now, in a FIT that was never closed. */
const unclosed = (endedMsAgo: number): Proof => ({
  ...{ kind: 'activity', format: 'fit', isFinal: false },
  facts: { ...facts, startTime: new Date(now - endedMsAgo - 60 * minute).toISOString(), durationS: 3600 },
})

describe('a sound FIT without its activity message, which may be one checkpoint of many,', () => {
  test.each<[string, number, number, 'take' | number]>([
    ['waits though it has been still for a minute', minute, minute, now + 15 * minute],
    ['waits though it has been still for three hours', 180 * minute, 180 * minute, now + 15 * minute],
    [
      'is looked at again when its time comes',
      damagedAfterMs - minute,
      damagedAfterMs - minute,
      now + minute,
    ],
    ['is taken once its ride ended 12 h ago', damagedAfterMs, minute, 'take'],
    ['must be still even then', damagedAfterMs + minute, 1000, now + 9000],
  ])('%s', (_, endedMsAgo, stillForMs, verdict) => {
    const said = judge(unclosed(endedMsAgo), still({ mtimeMs: now - stillForMs }), true)
    expect(said.kind === 'wait' ? said.checkAtMs : said.kind).toBe(verdict)
  })

  test('is taken after 12 h of rest where it tells no time', () => {
    const timeless: Proof = { kind: 'activity', format: 'fit', isFinal: false, facts }
    expect(judge(timeless, still({ mtimeMs: now - damagedAfterMs }), false)).toEqual({ kind: 'take' })
    expect(judge(timeless, still({ mtimeMs: now - damagedAfterMs + 1 }), false).kind).toBe('wait')
  })

  test('says why it waits', () => {
    expect(judge(unclosed(minute), still(), false)).toMatchObject({
      why: { code: 'unfinished', detail: 'its recorder has not closed the ride yet' },
    })
  })
})

test('an mtime before the end of the ride cannot be true: we watch for ourselves', () => {
  const tcx = { ...unclosed(5 * minute), format: 'tcx' } as Proof // of the same kind, in another format
  const behind = { mtimeMs: now - 60 * minute, stillSinceMs: now - 4000 }
  expect(judge(tcx, still(behind), false)).toMatchObject({ kind: 'wait', checkAtMs: now + 6000 })
  expect(judge(tcx, still({ ...behind, stillSinceMs: now - settleMs }), false)).toEqual({ kind: 'take' })
})

// In figures, so that whoever changes one meets the promise.
test('whole is whole after 10 s, and unfinished is damaged after 12 h', () => {
  const after = (proof: Proof, ms: number) => judge(proof, still({ mtimeMs: now - ms }), false).kind
  expect([after(whole, 9_999), after(whole, 10_000)]).toEqual(['wait', 'take'])
  const twelveHours = 12 * 60 * minute
  const unfinished = broken('incomplete')
  expect([after(unfinished, twelveHours - 1), after(unfinished, twelveHours)]).toEqual(['wait', 'hold'])
})

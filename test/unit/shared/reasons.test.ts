import { expect, test } from 'vitest'
import { durationText, reason, reasonCodes, reasonText } from '../../../shared/reasons.ts'
import type { ReasonCode } from '../../../shared/reasons.ts'
import { activityStates } from '../../../shared/states.ts'

const full = { stillForMs: 720_000, nextInMs: 45_000 }

test.each(reasonCodes)('%s is told as one or more whole sentences, without words from the code', code => {
  for (const detail of [null, 'the header is cut off', 'The file is empty. ']) {
    for (const context of [undefined, full]) {
      const text = reasonText(reason(code, detail), context)
      expect(text).toMatch(/^[A-Z].*[^.\s]\.$/)
      expect(text).not.toMatch(/\.\.|\s{2}|null|undefined|: \.|\(\)/)
      const fixedWords = [...reasonCodes, ...activityStates].filter(word => /[-A-Z]/.test(word))
      expect(fixedWords.filter(word => text.includes(word))).toEqual([])
    }
  }
})

test('no two reasons are told in the same words', () => {
  const texts = reasonCodes.map(code => reasonText(reason(code)))
  expect(new Set(texts).size).toBe(texts.length)
})

test.each<[ReasonCode, string | null, string]>([
  [
    'unfinished',
    'the file is shorter than its header says',
    'Not finished: no change for 12 min (the file is shorter than its header says).',
  ],
  ['unfinished', null, 'Not finished: no change for 12 min.'],
  ['not-activity', 'a planned workout', 'Not a ride: a planned workout.'],
  ['not-activity', null, 'Not a ride.'],
  ['damaged', 'the checksum is wrong', 'Damaged: the checksum is wrong.'],
  ['damaged', null, 'Damaged.'],
  ['refused', 'The file holds no activity.', 'Intervals.icu refused it: The file holds no activity.'],
  ['had-it-already', 'Garmin Connect', 'Already there, from Garmin Connect.'],
  ['had-it-already', null, 'Already there.'],
  ['no-activity-inside', '3 other files', 'Nothing to send: the archive holds no ride (3 other files).'],
  ['offline', null, 'No connection. Kept safe in the archive. Next try in 45 s.'],
  [
    'outcome-unknown',
    null,
    'Sent, but the answer was lost; Musette looks it up before it sends again. Next try in 45 s.',
  ],
  // The word for the log says nothing to people.
  ['copy-failed', 'disk-error', 'It could not be copied into the archive; Musette will try again.'],
  [
    'archive-trouble',
    'archive-damaged',
    'Its archived copy could not be read; Musette makes a new one from the original where it can. Next try in 45 s.',
  ],
])('%s with %j reads: %s', (code, detail, text) => {
  expect(reasonText(reason(code, detail), full)).toBe(text)
})

const offer = '; what can be read is sent by "musette upload FILE --anyway"'

test.each([
  ['unfinished', 'the file is shorter than its header says', 'Not finished: no change for 12 min.'],
  ['refused', 'Too old.', 'Intervals.icu refused it: Too old. Kept in the archive.'],
  [
    'damaged',
    `the file is shorter than its header says${offer}`,
    'Damaged: the end is missing. Kept as it is; what can be read can be sent with Upload anyway.',
  ],
  ['damaged', 'the end of the file is still blank', 'Damaged: the end is missing. Kept as it is.'],
  ['damaged', 'the file ends before its closing element', 'Damaged: the end is missing. Kept as it is.'],
  ['damaged', 'the last record is not whole', 'Damaged: the end is missing. Kept as it is.'],
  ['damaged', 'the recorder has not closed the file', 'Damaged: it was never finished. Kept as it is.'],
  ['damaged', 'the file is longer than its header says', 'Damaged: it was never finished. Kept as it is.'],
  ['damaged', 'its beginning is not written yet', 'Damaged: it was never finished. Kept as it is.'],
  [
    'damaged',
    'the checksum does not fit the content',
    'Damaged: its content was changed or is faulty. Kept as it is.',
  ],
  ['damaged', 'the file is empty', 'Damaged: it is empty. Kept as it is.'],
  ['damaged', 'the file holds nothing but zeros so far', 'Damaged: it is empty. Kept as it is.'],
  ['damaged', 'a record makes no sense', "Damaged: a part of it can't be read. Kept as it is."],
  ['damaged', 'the packed bytes end too early', 'Damaged: the end is missing. Kept as it is.'],
  ['damaged', 'the entry is encrypted', 'Damaged: it is encrypted. Kept as it is.'],
  ['damaged', 'it holds too much text in one place', 'Damaged: it is larger than any ride. Kept as it is.'],
  ['damaged', 'it is not well-formed XML (a; b)', "Damaged: a part of it can't be read. Kept as it is."],
  ['damaged', null, 'Damaged. Kept as it is.'],
] as const)('%s with %j reads in the window: %s', (code, detail, text) => {
  expect(reasonText(reason(code, detail), { ...full, voice: 'window' })).toBe(text)
})

test.each([
  [59_999, 'Not finished: no change for 59 s.'],
  [60_000, 'Not finished: no change for 1 min.'],
  [77_000, 'Not finished: no change for 1 min.'],
  [120_000, 'Not finished: no change for 2 min.'],
])('the window counts a stillness of %d ms in minutes from one on', (stillForMs, text) => {
  expect(reasonText(reason('unfinished'), { stillForMs, nextInMs: null, voice: 'window' })).toBe(text)
})

test('what is not known is not told', () => {
  expect([reasonText(reason('unfinished')), reasonText(reason('offline'))]).toEqual([
    'Not finished.',
    'No connection. Kept safe in the archive.',
  ])
})

test.each([
  [-5_000, '0 s'],
  [0, '0 s'],
  [999, '0 s'],
  [89_999, '89 s'],
  [90_000, '1 min'],
  [720_000, '12 min'],
  [5_399_999, '89 min'],
  [5_400_000, '1 h 30'],
  [11_100_000, '3 h 05'],
  [172_799_999, '47 h 59'],
  [172_800_000, '2 days'],
  [8_640_000_000, '100 days'],
])('%d ms read as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})

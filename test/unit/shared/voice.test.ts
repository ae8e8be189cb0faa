import { expect, test } from 'vitest'
import { AppError, type ErrorCode } from '../../../shared/app-error.ts'
import { errorText, windowTrouble } from '../../../shared/error-text.ts'
import { reason, reasonCodes, reasonText } from '../../../shared/reasons.ts'
import { inVoice } from '../../../shared/voice.ts'

/** What a window must never say: commands, variables, flags, status codes. */
const commandLine = /\bmusette |MUSETTE_|--[a-z]|\b[1-5]\d\d\b|FILE/

/** Details as they come from where errors are thrown. */
const details = [
  'upload: the service answered 422: Name is too long',
  'upload: the service answered 403',
  'profile: the service answered 200, but it is no JSON',
  'There is no source s1. See: musette source list',
  'This home belongs to i1, and the key is of i2; use another MUSETTE_HOME.',
  'Musette knows no file "a.fit". See: musette files',
  'the header is cut off',
]

/** The compiler finds one that is missing here. */
const codes = Object.keys({
  ...{ offline: 0, 'outcome-unknown': 0, 'service-down': 0, 'rate-limited': 0, 'budget-spent': 0 },
  ...{ 'signed-out': 0, forbidden: 0, 'refused-by-service': 0, redirected: 0, 'wrong-athlete': 0 },
  ...{ missing: 0, unreadable: 0, busy: 0, exists: 0, 'disk-full': 0, 'disk-error': 0 },
  ...{ 'changed-while-reading': 0, 'archive-damaged': 0, 'home-in-use': 0, 'settings-damaged': 0 },
  ...{ 'settings-newer': 0, 'ledger-damaged': 0, 'ledger-newer': 0, 'bad-usage': 0, 'folder-refused': 0 },
  ...{
    'unknown-item': 0,
    'stopped-early': 0,
    'keychain-missing': 0,
    'keychain-locked': 0,
    'keychain-failed': 0,
    'keychain-keeps-key': 0,
    'key-unknown': 0,
  },
} satisfies Record<ErrorCode, 0>) as ErrorCode[] // exactly the keys above

test.each(reasonCodes)('the window tells of %s without the command line', code => {
  for (const detail of [null, ...details]) {
    const text = reasonText(reason(code, detail), { stillForMs: null, nextInMs: null, voice: 'window' })
    expect(text).not.toMatch(commandLine)
    expect(text).toMatch(/^[A-Z].*\.$/)
    expect(text).not.toMatch(/\(\)|: \.|\.\./)
  }
})

test.each(codes)('the window tells of the error %s without the command line', code => {
  for (const detail of details) {
    const text = errorText(new AppError(code, detail, 'give-up', { file: '/rides' }), 'window')
    expect(text).not.toMatch(commandLine)
    expect(text).toMatch(/^\S/)
  }
})

test.each(codes)(
  'a trouble of %s that was told for the command line is put in the words of the window',
  code => {
    for (const detail of details) {
      const told = { code, message: errorText(new AppError(code, detail, 'give-up')), file: null }
      const { message } = windowTrouble(told)
      expect(message).not.toMatch(commandLine)
      expect(message).toMatch(/^\S/)
    }
  },
)

test.each([
  ['longer-version', 'A longer version of a ride already sent. Upload anyway sends it too.'],
  ['nothing-made', /Try again sends it once more\.$/],
  ['ignored-by-you', 'Ignored, as you asked. Try again brings it back.'],
  ['signed-out', 'Kept safe in the archive until you sign in again.'],
] as const)('%s says what to do in the window', (code, text) => {
  expect(reasonText(reason(code), { stillForMs: null, nextInMs: null, voice: 'window' })).toMatch(text)
})

test('the command line keeps its own words', () => {
  expect([reasonText(reason('longer-version')), inVoice('See: musette files', 'cli')]).toEqual([
    'A longer version of a ride already sent. "musette upload FILE --anyway" sends it too.',
    'See: musette files',
  ])
})

test.each([
  ['upload: the service answered 422: Name is too long', 'Name is too long'],
  ['There is no source s1. See: musette source list', 'There is no source s1.'],
  ['the header is cut off', 'the header is cut off'],
])('the window hears of %j: %j', (detail, kept) => {
  expect(inVoice(detail, 'window')).toBe(kept)
})

import { expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import type { ErrorCode } from '../../../shared/app-error.ts'
import { errorText } from '../../../shared/error-text.ts'

/** What people read for each code: the compiler finds one that is missing here. */
const texts: Readonly<Record<ErrorCode, string>> = {
  offline: 'Intervals.icu could not be reached. Everything is kept and sent when the connection is back.',
  'outcome-unknown': 'The answer to an upload was lost. Musette looks it up before it sends again.',
  'service-down':
    'Intervals.icu does not answer properly right now. Everything is kept; Musette tries again by itself.',
  'rate-limited': 'Intervals.icu asked Musette to slow down. Everything is kept and sent later.',
  'budget-spent': "This period's requests to Intervals.icu are used up. The rest is kept and sent later.",
  'signed-out':
    'Not signed in, or the key was refused. Everything is kept. Sign in: musette account connect --api-key -',
  'key-unknown':
    'Intervals.icu does not know this key. Nothing was changed. Copy all of it again from your settings there.',
  forbidden: 'The key is good, but it may not do this: it says so. Everything is kept.',
  'refused-by-service': 'Intervals.icu refused it: it says so.',
  redirected:
    'The service pointed at another address, and Musette did not follow. Check MUSETTE_API_URL and the network.',
  'wrong-athlete': 'it says so. Nothing was sent.',
  missing: '/rides is not there. Nothing was changed; plug it in or mount it, or remove it from Musette.',
  unreadable: "/rides can't be read or written: allow Musette to use it.",
  busy: '/rides is in use by another program; Musette will look again.',
  exists: '/rides is there already.',
  'disk-full': 'The disk is nearly full, so nothing more is archived or sent. Free some space.',
  'disk-error': 'The disk reported an error (it says so).',
  'changed-while-reading': '/rides changed while it was read; Musette will look again.',
  'archive-damaged': 'An archived copy is damaged; Musette makes a new one from the original where it can.',
  'home-in-use':
    'Another Musette is using this home and could not be asked. Stop it, or use another MUSETTE_HOME.',
  'settings-damaged':
    "The settings can't be read (it says so). Nothing was changed. Put back a good settings.json, or move it and settings.json.last-good away to set Musette up again.",
  'settings-newer': 'The settings were written by a newer Musette (it says so). Update this one.',
  'ledger-damaged':
    'The ledger is damaged (it says so). Every ride is kept. Musette sets the ledger aside and rebuilds it at its next start or sync.',
  'ledger-newer': 'The ledger was written by a newer Musette (it says so). Update this one.',
  'bad-usage': 'it says so',
  'folder-refused': 'it says so',
  'unknown-item': 'it says so',
  'stopped-early': 'Musette stopped this before its end (it says so). Nothing was changed; try again.',
  'keychain-missing':
    'There is no keychain here (it says so). The key is never written in clear: set MUSETTE_API_KEY or MUSETTE_API_KEY_FILE instead.',
  'keychain-locked': 'The keychain is locked. Unlock it and try again.',
  'keychain-keeps-key':
    'The key that was in use is forgotten, but the keychain is locked, and an older key may still be in it: Musette would sign in with that at its next start. Unlock the keychain and disconnect then.',
  'keychain-failed': 'The keychain did not take the key (it says so).',
}

const codes = Object.keys(texts) as ErrorCode[] // exactly the keys above

test.each(codes)('%s is told in words of its own', code => {
  const error = new AppError(code, 'it says so', 'give-up', { file: '/rides' })
  expect(errorText(error)).toBe(texts[code])
})

// These three hand on a sentence that was made for people where it was thrown.
const handedOn = ['bad-usage', 'folder-refused', 'unknown-item']

test.each(codes.filter(code => !handedOn.includes(code)))(
  '%s never shows its fixed word or two full stops',
  code => {
    const text = errorText(new AppError(code, 'A whole sentence.', 'give-up'))
    expect(text).not.toMatch(/\.\.|\.\)|null|undefined/)
    expect(code.includes('-') && text.includes(code)).toBe(false)
  },
)

test('a file that is not known is "A file"', () => {
  expect(errorText(new AppError('busy', 'EBUSY', 'retry'))).toBe(
    'A file is in use by another program; Musette will look again.',
  )
})

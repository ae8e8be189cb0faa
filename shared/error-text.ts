import type { AppError, ErrorCode } from './app-error.ts'
import type { Trouble } from './reports.ts'
import { inVoice, type Voice } from './voice.ts'

/** What is so, what was kept, what to do: one sentence or two a code. `detail` is the error's own message. */
function sentence(code: ErrorCode, file: string | null, told: string, voice: Voice): string {
  const say = (cli: string, window: string): string => (voice === 'cli' ? cli : window)
  const detail = inVoice(told, voice)
  const what = file ?? 'A file'
  // Some messages are sentences with a full stop of their own.
  const why = detail.replace(/[.\s]+$/, '')
  const because = why === '' ? '' : ` (${why})`
  switch (code) {
    case 'offline':
      return 'Intervals.icu could not be reached. Everything is kept and sent when the connection is back.'
    case 'outcome-unknown':
      return 'The answer to an upload was lost. Musette looks it up before it sends again.'
    case 'service-down':
      return 'Intervals.icu does not answer properly right now. Everything is kept; Musette tries again by itself.'
    case 'rate-limited':
      return 'Intervals.icu asked Musette to slow down. Everything is kept and sent later.'
    case 'budget-spent':
      return "This period's requests to Intervals.icu are used up. The rest is kept and sent later."
    case 'signed-out':
      return say(
        'Not signed in, or the key was refused. Everything is kept. Sign in: musette account connect --api-key -',
        'Not signed in, or the key was refused. Everything is kept. Sign in again to go on.',
      )
    case 'key-unknown':
      return 'Intervals.icu does not know this key. Nothing was changed. Copy all of it again from your settings there.'
    case 'forbidden':
      return `The key is good, but it may not do this${why === '' ? '' : `: ${why}`}. Everything is kept.`
    case 'refused-by-service':
      return `Intervals.icu refused it${why === '' ? '' : `: ${why}`}.`
    case 'redirected':
      return say(
        'The service pointed at another address, and Musette did not follow. Check MUSETTE_API_URL and the network.',
        'The service pointed at another address, and Musette did not follow. Nothing was sent. Check the network: some ask for a sign-in page first.',
      )
    case 'wrong-athlete':
      return say(
        `${why}. Nothing was sent.`,
        "The key is of another athlete than the one this Musette belongs to. Nothing was sent. Sign in with that athlete's key.",
      )
    case 'missing':
      return `${what} is not there. Nothing was changed; plug it in or mount it, or remove it from Musette.`
    case 'unreadable':
      return `${what} can't be read or written: allow Musette to use it.`
    case 'busy':
      return `${what} is in use by another program; Musette will look again.`
    case 'exists':
      return `${what} is there already.`
    case 'disk-full':
      return 'The disk is nearly full, so nothing more is archived or sent. Free some space.'
    case 'disk-error':
      return `The disk reported an error${because}.`
    case 'changed-while-reading':
      return `${what} changed while it was read; Musette will look again.`
    case 'archive-damaged':
      return 'An archived copy is damaged; Musette makes a new one from the original where it can.'
    case 'home-in-use':
      return say(
        'Another Musette is using this home and could not be asked. Stop it, or use another MUSETTE_HOME.',
        'Another Musette is using the same data and could not be asked. Stop it, and start this one again.',
      )
    case 'settings-damaged':
      return `The settings can't be read${because}. Nothing was changed. Put back a good settings.json, or move it and settings.json.last-good away to set Musette up again.`
    case 'settings-newer':
      return `The settings were written by a newer Musette${because}. Update this one.`
    case 'ledger-damaged':
      return say(
        `The ledger is damaged (${why}). Every ride is kept. Musette sets the ledger aside and rebuilds it at its next start or sync.`,
        "Musette's records are damaged. The rides in the archive are kept. Start Musette again: it rebuilds them.",
      )
    case 'ledger-newer':
      return say(
        `The ledger was written by a newer Musette (${why}). Update this one.`,
        "Musette's records were written by a newer Musette. Nothing was changed. Update this one.",
      )
    case 'bad-usage':
    case 'folder-refused':
    case 'unknown-item':
      return detail
    case 'stopped-early':
      return `Musette stopped this before its end${because}. Nothing was changed; try again.`
    case 'keychain-missing':
      return say(
        `There is no keychain here (${why}). The key is never written in clear: set MUSETTE_API_KEY or MUSETTE_API_KEY_FILE instead.`,
        'There is no keychain here. The key is never written in clear: it is kept until Musette ends, and asked for again at the next start.',
      )
    case 'keychain-locked':
      return 'The keychain is locked. Unlock it and try again.'
    case 'keychain-failed':
      return `The keychain did not take the key${because}.`
    case 'keychain-keeps-key':
      return 'The key that was in use is forgotten, but the keychain is locked, and an older key may still be in it: Musette would sign in with that at its next start. Unlock the keychain and disconnect then.'
  }
}

const foreignPage =
  'A web page came instead of an answer of Intervals.icu. Open a browser: this network may ask for a sign-in first, or a proxy may be in between.'

/** The words people see for an error; the error's own message is for the log. */
export function errorText(error: AppError, voice: Voice = 'cli'): string {
  if (error.code === 'service-down' && error.isForeignPage) {
    return `${foreignPage} Everything is kept; Musette tries again by itself.`
  }
  const text = sentence(error.code, error.file, error.message, voice)
  return text === '' ? 'That could not be done. Nothing was changed.' : text
}

/** A trouble in the window's words: what was told for the command line is said anew where the window says it otherwise. */
export function windowTrouble(trouble: Trouble): Trouble {
  const { code, file } = trouble
  if (isSaidOtherwise(code)) return { ...trouble, message: sentence(code, file, '', 'window') }
  const message = inVoice(trouble.message, 'window')
  return {
    ...trouble,
    message: message === '' ? 'Something is not as it should be; the log says more.' : message,
  }
}

/** Codes whose sentence for the window stands by itself. */
const saidOtherwise = [
  'signed-out',
  'redirected',
  'wrong-athlete',
  'home-in-use',
  'keychain-missing',
  'ledger-damaged',
  'ledger-newer',
] as const

function isSaidOtherwise(code: string): code is (typeof saidOtherwise)[number] {
  return saidOtherwise.some(known => known === code)
}

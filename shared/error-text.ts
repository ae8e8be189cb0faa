import type { AppError, ErrorCode } from './app-error.ts'

/** What is so, what was kept, what to do: one sentence or two a code. `detail` is the error's own message. */
function sentence(code: ErrorCode, file: string | null, detail: string): string {
  const what = file ?? 'A file'
  // Some messages are sentences with a full stop of their own.
  const why = detail.replace(/[.\s]+$/, '')
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
      return 'Not signed in, or the key was refused. Everything is kept. Sign in: musette account connect --api-key -'
    case 'forbidden':
      return `The key is good, but it may not do this: ${why}. Everything is kept.`
    case 'refused-by-service':
      return `Intervals.icu refused it: ${why}.`
    case 'redirected':
      return 'The service pointed at another address, and Musette did not follow. Check MUSETTE_API_URL and the network.'
    case 'wrong-athlete':
      return `${why}. Nothing was sent.`
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
      return `The disk reported an error (${why}).`
    case 'changed-while-reading':
      return `${what} changed while it was read; Musette will look again.`
    case 'archive-damaged':
      return 'An archived copy is damaged; Musette makes a new one from the original where it can.'
    case 'home-in-use':
      return 'Another Musette is using this home and could not be asked. Stop it, or use another MUSETTE_HOME.'
    case 'settings-damaged':
      return `The settings can't be read (${why}).`
    case 'settings-newer':
      return `The settings were written by a newer Musette (${why}). Update this one.`
    case 'ledger-damaged':
      return `The ledger is damaged (${why}).`
    case 'ledger-newer':
      return `The ledger was written by a newer Musette (${why}). Update this one.`
    case 'bad-usage':
    case 'folder-refused':
    case 'unknown-item':
      return detail
    case 'keychain-missing':
      return `There is no keychain here (${why}). The key is never written in clear: set MUSETTE_API_KEY or MUSETTE_API_KEY_FILE instead.`
    case 'keychain-locked':
      return 'The keychain is locked. Unlock it and try again.'
    case 'keychain-failed':
      return `The keychain did not take the key (${why}).`
  }
}

/** The words people see for an error; the error's own message is for the log. */
export function errorText(error: AppError): string {
  return sentence(error.code, error.file, error.message)
}

/** Who speaks: the command line names commands, the window what can be done in it. */
export type Voice = 'cli' | 'window'

/** How the client names what the service said: `upload: the service answered 422: Name is too long`. */
const answered = /\b[a-z]+(?: [a-z]+)*: the service answered \d{3}(?:: |, but )?/g
/** What only fits a command line. */
const commandLine = /\bmusette [a-z]|\bMUSETTE_[A-Z]/

/**
 * A detail as the voice can say it: for the window, clauses that name commands or variables are left out, and so are
 * status codes; the words of the service and the system stay.
 */
export function inVoice(detail: string, voice: Voice): string {
  if (voice === 'cli') return detail
  return detail
    .replaceAll(answered, '')
    .split(/(?<=[.;])\s+/)
    .filter(clause => !commandLine.test(clause))
    .join(' ')
    .replace(/;$/, '.')
    .replaceAll(/\s*\(\)/g, '')
    .replaceAll(/:\s*\./g, '.')
    .trim()
}

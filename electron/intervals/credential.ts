import { AppError } from '../../shared/app-error.ts'

/** What proves to the service who asks: a key from its settings page, or a token from its OAuth flow. */
export type Credential =
  { readonly kind: 'apiKey'; readonly key: string } | { readonly kind: 'bearer'; readonly token: string }

/** The answer to: can this text be an API key? `message` is for people and never contains the text. */
export type ApiKeyCheck =
  | { readonly kind: 'ok'; readonly key: string }
  | {
      readonly kind: 'bad'
      readonly why: 'empty' | 'white-space' | 'looks-like-athlete-id' | 'not-printable'
      readonly message: string
    }

const printableAscii = /^[\x21-\x7e]+$/
const athleteId = /^(?:i\d+|\d{1,9})$/i

/**
 * The value of the Authorization header. For an API key the service wants HTTP Basic with the fixed user name
 * `API_KEY`. Throws AppError `signed-out` for a secret that no header can carry.
 */
export function authorizationHeader(credential: Credential): string {
  const secret = secretOf(credential)
  if (!printableAscii.test(secret)) {
    throw new AppError('signed-out', 'the stored credential has characters no header can carry', 'sign-in')
  }
  switch (credential.kind) {
    case 'apiKey':
      return `Basic ${Buffer.from(`API_KEY:${secret}`, 'utf8').toString('base64')}`
    case 'bearer':
      return `Bearer ${secret}`
  }
}

/** Every text that would give the credential away, for taking it out of what the service says. */
export function secretsOf(credential: Credential): readonly string[] {
  const header = authorizationHeader(credential)
  const plain = [secretOf(credential), header.slice(header.indexOf(' ') + 1)]
  // An error that quotes an address or a form quotes them encoded.
  return [...new Set([...plain, ...plain.map(encodeURIComponent)])]
}

/**
 * Checks what a person pasted as an API key. One newline at the end is taken off, since `echo key | musette` adds it;
 * anything else is explained instead of mended, because a key that was changed in silence fails later without a reason.
 */
export function checkApiKey(text: string): ApiKeyCheck {
  const key = text.replace(/\r?\n$/, '')
  if (key.trim() === '') return bad('empty', 'No API key was given.')
  if (/\s/.test(key)) {
    return bad(
      'white-space',
      'The API key has a blank or a line break in or around it. Copy the key alone, without anything before or after it.',
    )
  }
  if (athleteId.test(key)) {
    return bad(
      'looks-like-athlete-id',
      'This looks like an athlete id, not an API key. The API key stands beside it, under Developer Settings at the end of the Intervals.icu settings page.',
    )
  }
  if (!printableAscii.test(key)) {
    return bad(
      'not-printable',
      'The API key has a character in it that no key has, perhaps an invisible one. Copy the key again from the Intervals.icu settings page.',
    )
  }
  return { kind: 'ok', key }
}

type Why = Extract<ApiKeyCheck, { kind: 'bad' }>['why']

function bad(why: Why, message: string): ApiKeyCheck {
  return { kind: 'bad', why, message }
}

function secretOf(credential: Credential): string {
  return credential.kind === 'apiKey' ? credential.key : credential.token
}

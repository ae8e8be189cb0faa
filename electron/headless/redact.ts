import { createHash } from 'node:crypto'

export interface RedactRules {
  /** Words that must not appear; null entries are passed over. */
  readonly secrets: readonly (string | null)[]
  readonly userHome: string
  /** Folders that are shown by a short hash instead of their path. */
  readonly folders: readonly string[]
}

/** Text as it stands inside JSON, where quotes and backslashes are escaped. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** Makes a function that takes secrets and personal paths out of a text. Longer words go first. */
export function redactor(rules: RedactRules): (text: string) => string {
  const swaps = [
    ...rules.folders.map(folder => [
      folder,
      `<folder ${createHash('sha256').update(folder).digest('hex').slice(0, 8)}>`,
    ]),
    ...rules.secrets.flatMap(secret => (secret === null || secret === '' ? [] : [[secret, '<redacted>']])),
    [rules.userHome, '<user>'],
  ]
    .flatMap(([from = '', to = '']) => [
      [from, to],
      [inJson(from), to],
    ])
    .filter(([from = '']) => from.length > 1)
    .toSorted(([a = ''], [b = '']) => b.length - a.length)
  return text => swaps.reduce((result, [from = '', to = '']) => result.replaceAll(from, to), text)
}

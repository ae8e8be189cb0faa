import { createHash } from 'node:crypto'

export interface RedactRules {
  /** Words that must not appear; null entries are passed over. */
  readonly secrets: readonly (string | null)[]
  readonly userHome: string
  /** Folders that are shown by a short hash instead of their path. */
  readonly folders: readonly string[]
}

/** A file by a short hash of its path and its endings: enough to follow it through the bundle, not to know its name. */
export function hiddenName(path: string): string {
  const endings = /((?:\.[a-z0-9]{1,4}){0,2})$/i.exec(path)?.[1] ?? ''
  return `<file ${createHash('sha256').update(path).digest('hex').slice(0, 8)}${endings.toLowerCase()}>`
}

/** A log of JSON lines with the names of files and folders hidden; a line that is none is left out. */
export function hideNamesInLog(log: string): string {
  return log
    .split('\n')
    .flatMap(line => {
      try {
        const entry: unknown = JSON.parse(line)
        const hide = (key: string, value: unknown): unknown =>
          (key === 'file' || key === 'folder') && typeof value === 'string' ? hiddenName(value) : value
        return [JSON.stringify(entry, hide)]
      } catch {
        return []
      }
    })
    .join('\n')
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

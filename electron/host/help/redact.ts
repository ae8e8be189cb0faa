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

/**
 * Makes a function that hides the names of files in a text: of a path in one of these folders only the folder stays,
 * for nobody can tell where a name of blanks and dots ends within a line.
 */
export function nameHider(folders: readonly string[]): (text: string) => string {
  // A folder inside another comes first: it says more.
  const starts = folders
    .flatMap(folder => (/[/\\]$/.test(folder) ? [folder] : [`${folder}/`, `${folder}\\`]))
    .filter(start => start.length > 1)
    .toSorted((a, b) => b.length - a.length)
  const hideInLine = (line: string): string => {
    const found = starts.flatMap(start => {
      const at = line.indexOf(start)
      return at < 0 || at + start.length === line.length ? [] : [{ at, end: at + start.length }]
    })
    const first = found.toSorted((a, b) => a.at - b.at)[0]
    return first === undefined ? line : `${line.slice(0, first.end)}<name>`
  }
  return text => text.split('\n').map(hideInLine).join('\n')
}

/** A log of JSON lines with the names of files and folders hidden; a line that is none is left out. */
export function hideNamesInLog(log: string, hideNames: (text: string) => string = same): string {
  return log
    .split('\n')
    .flatMap(line => {
      try {
        const entry: unknown = JSON.parse(line)
        const named = new Set<string>()
        JSON.stringify(entry, (key, value: unknown) => {
          if (isNameKey(key) && typeof value === 'string' && value.length > 1) named.add(value)
          return value
        })
        const hide = (key: string, value: unknown): unknown => {
          if (typeof value !== 'string') return value
          if (isNameKey(key)) return hiddenName(value)
          // What went wrong with a file is often told with its name.
          const told = [...named].reduce((text, name) => text.replaceAll(name, hiddenName(name)), value)
          return hideNames(told)
        }
        return [JSON.stringify(entry, hide)]
      } catch {
        return []
      }
    })
    .join('\n')
}

function same(text: string): string {
  return text
}

function isNameKey(key: string): boolean {
  return key === 'file' || key === 'folder'
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

/*
 * Text of the Desktop Entry Specification 1.5, as far as an autostart entry needs it. Pure.
 */

/** A program with its arguments, and variables to set before it starts. */
export interface StartCommand {
  readonly program: string
  readonly args: readonly string[]
  readonly variables: Readonly<Record<string, string>>
}

/** Marks an entry as written by Musette; the specification leaves names with `X-` to programs. */
const mark = 'X-Musette-Autostart'

/** Characters that make an argument of `Exec` need its quotes. */
const reserved = /[\s"'\\><~|&;$*?#()`]/

/** The specification has no way to write such a program: `=` would make it a variable, control characters a new line. */
export function canBeStarted({ program }: StartCommand): boolean {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  return !program.includes('=') && !/[\u0000-\u001f\u007f]/.test(program)
}

/** Quotes one argument: first as a launcher reads it, with `%` doubled so that it is no field code. */
function quoted(argument: string): string {
  const plain = argument !== '' && !reserved.test(argument)
  const text = plain ? argument : `"${argument.replace(/["`$\\]/g, '\\$&')}"`
  return text.replaceAll('%', '%%')
}

/** Escapes a value as the file's format wants it, around whatever quoting the value has of its own. */
function escaped(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
    .replace(/^ /, '\\s')
}

/** The unescaped value of `Exec`. */
export function execText({ program, args, variables }: StartCommand): string {
  const settings = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
  const words = [...(settings.length === 0 ? [] : ['env', ...settings]), program, ...args]
  return words.map(quoted).join(' ')
}

/** The whole autostart entry. */
export function autostartEntry(command: StartCommand): string {
  const lines = [
    ['Type', 'Application'],
    ['Version', '1.0'],
    ['Name', 'Musette'],
    ['Comment', 'Syncs rides and workouts with Intervals.icu'],
    ['Exec', execText(command)],
    // A program that is gone is passed over by the desktop instead of failing at each login.
    ['TryExec', command.program],
    ['Icon', 'musette'],
    ['Terminal', 'false'],
    ['StartupNotify', 'false'],
    ['X-GNOME-Autostart-enabled', 'true'],
    [mark, 'true'],
  ] as const
  return ['[Desktop Entry]', ...lines.map(([key, value]) => `${key}=${escaped(value)}`), ''].join('\n')
}

/** What an entry of the name says; only what decides whether it starts Musette. */
export interface ReadEntry {
  readonly isOurs: boolean
  /** Unescaped, still quoted. */
  readonly exec: string | null
  readonly tryExec: string | null
  /** Switched off by the user's desktop, without removing the file. */
  readonly isHidden: boolean
}

export function readEntry(text: string): ReadEntry {
  const values = new Map<string, string>()
  let group = ''
  for (const line of text.split(/\r?\n/)) {
    const header = /^\[(.*)\]\s*$/.exec(line)
    if (header !== null) group = header[1] ?? ''
    // Blanks alone stand around the sign, and a value ends with its line: a path may hold any other space or separator.
    const pair = /^([A-Za-z0-9-]+)[ \t]*=[ \t]*(.*)$/s.exec(line)
    const [, key, value] = pair ?? []
    if (group !== 'Desktop Entry' || key === undefined || value === undefined) continue
    if (!values.has(key)) values.set(key, unescaped(value))
  }
  return {
    isOurs: values.get(mark) === 'true',
    exec: values.get('Exec') ?? null,
    tryExec: values.get('TryExec') ?? null,
    isHidden: values.get('Hidden') === 'true' || values.get('X-GNOME-Autostart-enabled') === 'false',
  }
}

function unescaped(value: string): string {
  const meaning: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' }
  return value.replace(/\\([sntr\\])/g, (_all, letter: string) => meaning[letter] ?? letter)
}

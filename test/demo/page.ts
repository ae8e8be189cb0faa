/** What the demo's pages are made with: how wide they are, and whether there may be colour. */
export interface PageStyle {
  readonly columns: number
  readonly hasColour: boolean
}

export type Tone = 'ok' | 'wait' | 'bad' | 'quiet' | 'strong'

const codes: Readonly<Record<Tone, number>> = { ok: 32, wait: 33, bad: 31, quiet: 90, strong: 1 }

/** The style for an output: 80 to 120 columns, 100 where it has no width; colour only on a terminal that wants it. */
export function pageStyle(
  output: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): PageStyle {
  const noColour = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb'
  return {
    columns: Math.min(120, Math.max(80, output.columns ?? 100)),
    hasColour: output.isTTY === true && !noColour,
  }
}

/** The text in a tone; as it is where there is no colour. */
export function toned(style: PageStyle, tone: Tone, text: string): string {
  return style.hasColour && text !== '' ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text
}

/** The words in lines of at most `width` letters; a longer word (a path) has a line of its own. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(part => part !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? word : ` ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

/** The text in exactly `width` columns, its middle left out where it is longer. */
export function fit(text: string, width: number): string {
  const letters = Array.from(text)
  if (letters.length <= width) return text + ' '.repeat(width - letters.length)
  const tail = Math.floor((width - 1) / 2)
  return `${letters.slice(0, width - 1 - tail).join('')}…${tail === 0 ? '' : letters.slice(-tail).join('')}`
}

/** A table with a rule under its heads. Columns are as wide as their widest cell; the last gives way to the page. */
export function table(
  style: PageStyle,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const widest = (column: number): number =>
    Math.max(...[heads, ...rows].map(row => Array.from(row[column] ?? '').length))
  const natural = heads.map((_, column) => widest(column))
  const others = natural.slice(0, -1).reduce((sum, width) => sum + width + 2, 2)
  const widths = [...natural.slice(0, -1), Math.min(natural.at(-1) ?? 0, Math.max(8, style.columns - others))]
  const line = (row: readonly string[]): string =>
    `  ${widths.map((width, column) => fit(row[column] ?? '', width)).join('  ')}`.trimEnd()
  return [
    toned(style, 'quiet', line(heads)),
    toned(style, 'quiet', line(widths.map(width => '─'.repeat(width)))),
    ...rows.map(line),
  ]
}

/** `45 min`, `1 h 05`: as the rest of Musette writes durations. */
export function minutesText(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  return minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
}

/** A moment in words: `today 17:30`, `yesterday 07:10`, `Mon 18:00` within a week, else `2026-10-20 18:00`. */
export function whenText(atMs: number, nowMs: number, timeZone: string): string {
  const day = localDay(atMs, timeZone)
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(atMs)
  const daysAgo = Math.round((Date.parse(localDay(nowMs, timeZone)) - Date.parse(day)) / 86_400_000)
  if (daysAgo === 0) return `today ${time}`
  if (daysAgo === 1) return `yesterday ${time}`
  if (daysAgo < 0 || daysAgo > 6) return `${day} ${time}`
  return `${new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short' }).format(atMs)} ${time}`
}

/** The date there, `yyyy-MM-dd`. */
function localDay(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(atMs)
}

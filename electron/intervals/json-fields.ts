/** Readers of one JSON field each: what is not as expected is null, never an error. */

export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text that is not empty. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

const longestName = 300

/** A name that is not empty; of one that is longer than any honest one the beginning, so that it crowds out no other. */
export function nameOf(value: unknown): string | null {
  const name = textOf(value)
  if (name === null || name.length <= longestName) return name
  // Never half a letter.
  return `${name.slice(0, longestName - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** The service's ids are texts in one place and numbers in another; here they are always texts. */
export function idOf(value: unknown): string | null {
  return Number.isSafeInteger(value) ? String(value) : textOf(value)
}

/** A number of seconds or the like, zero or more. */
export function secondsOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
}

/** An instant as an ISO text with its zone, as it came. */
export function instantOf(value: unknown): string | null {
  return typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(value) &&
    !Number.isNaN(Date.parse(value))
    ? value
    : null
}

/** The date part of a local date or date-time, if there is such a day. */
export function localDateOf(value: unknown): string | null {
  const date = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/.exec(value)?.[1] : undefined
  if (date === undefined) return null
  const day = new Date(`${date}T00:00:00Z`)
  // The parser turns 30 February into 1 March: only a real day comes back as itself.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date) ? date : null
}

/** The time part of a local date-time, `17:30`; null for midnight, which the service writes for "no time". */
export function localTimeOf(value: unknown): string | null {
  const time =
    typeof value === 'string'
      ? /^\d{4}-\d{2}-\d{2}[T ]((?:[01]\d|2[0-3]):[0-5]\d)/.exec(value)?.[1]
      : undefined
  return time === undefined || time === '00:00' ? null : time
}

/** Bytes from standard base64, line breaks allowed; null when it is broken or empty. */
export function base64Of(value: unknown): Uint8Array | null {
  if (typeof value !== 'string') return null
  const text = value.replaceAll(/\s/g, '')
  // Node skips what it cannot read, so the check has to come first.
  if (text === '' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null
  return new Uint8Array(Buffer.from(text, 'base64'))
}

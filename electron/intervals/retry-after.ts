const dayMs = 24 * 60 * 60 * 1000

/**
 * A Retry-After header in ms, at most 24 h; null when there is none or it makes no sense (not a number nor an HTTP
 * date, or in the past). RFC 9110 allows both forms. A date is compared with the reply's own Date header where there
 * is one, so that a computer with a wrong clock waits the right time.
 */
export function parseRetryAfter(header: string | null, date: string | null, nowMs: number): number | null {
  if (header === null) return null
  const text = header.trim()
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), dayMs)
  const until = parseHttpDate(text)
  if (until === null) return null
  const waitMs = until - ((date === null ? null : parseHttpDate(date.trim())) ?? nowMs)
  return waitMs < 0 ? null : Math.min(waitMs, dayMs)
}

/** The two forms of an HTTP date that name their zone; Date.parse alone takes almost anything for a date. */
function parseHttpDate(text: string): number | null {
  if (!/^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at
}

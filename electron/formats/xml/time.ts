const pattern =
  /^([+-]?\d{4,6})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i

/** GPS time begins in 1980 and sports recorders after 1990: what lies before is a clock that was never set. */
const earliestMs = Date.UTC(1990, 0, 1)
const latestMs = Date.UTC(2100, 0, 1)

/**
 * Ms since 1970 of a time as TCX and GPX write it: any fraction, any offset, blanks around it; without an offset it is
 * taken as UTC. Null for anything else. The moment need not be one that a ride can have.
 */
export function parseXmlTime(text: string): number | null {
  const match = pattern.exec(text.trim())
  if (match === null) return null
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '0', fraction = '', zone = 'Z'] =
    match
  const parts = [Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)] as const
  if (parts[0] > 11 || parts[0] < 0 || parts[1] < 1 || parts[1] > 31) return null
  if (parts[2] > 24 || parts[3] > 59 || parts[4] > 60) return null
  const ms = Date.UTC(Number(year), ...parts) + Math.floor(Number(`0.${fraction || '0'}`) * 1000)
  return Number.isNaN(ms) ? null : ms - offsetMs(zone)
}

/** Why a moment cannot be a ride's, as a sentence part; null when it can. */
export function whyNoMoment(ms: number): string | null {
  if (ms < earliestMs) return 'the clock was never set'
  return ms >= latestMs ? 'the clock was far in the future' : null
}

function offsetMs(zone: string): number {
  if (/^z$/i.test(zone)) return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || '0')
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}

/** Making a formatter takes far longer than using it, and the clock is looked at every few seconds. */
function formatters(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (timeZone: string) => Intl.DateTimeFormat {
  const made = new Map<string, Intl.DateTimeFormat>()
  return timeZone => {
    const known = made.get(timeZone)
    if (known !== undefined) return known
    const fresh = new Intl.DateTimeFormat(locale, { ...options, timeZone })
    // Names of zones come from outside, too.
    if (made.size >= mostZones) made.clear()
    made.set(timeZone, fresh)
    return fresh
  }
}

const mostZones = 20

const dateIn = formatters('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' })

const timeIn = formatters('en-US', {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
})

/** The local date (`2026-11-22`) of an instant in a time zone. */
export function localDate(ms: number, timeZone: string): string {
  const parts = dateIn(timeZone).formatToParts(ms)
  const part = (type: string): string => parts.find(item => item.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** The local date where the athlete is; at `here` where their zone is not known, to us or to this computer's tables. */
export function dateThere(ms: number, there: string | null, here: string): string {
  try {
    return localDate(ms, there ?? here)
  } catch (error) {
    if (error instanceof RangeError) return localDate(ms, here)
    throw error
  }
}

/** An instant as the ms that the clock on the wall would show in UTC; null for a zone this computer does not know. */
export function wallMs(ms: number, timeZone: string): number | null {
  try {
    return ms + offsetMs(ms, timeZone)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** How far local time is ahead of UTC at an instant, in ms. */
function offsetMs(ms: number, timeZone: string): number {
  const parts = timeIn(timeZone).formatToParts(ms)
  const part = (type: string): number => Number(parts.find(item => item.type === type)?.value ?? 0)
  const asUtc = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return asUtc - Math.floor(ms / 1000) * 1000
}

/** The instant a local date begins in a time zone, in ms; null for a date that does not exist. */
export function localMidnight(date: string, timeZone: string): number | null {
  const utc = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== date) return null
  const first = utc - offsetMs(utc, timeZone)
  // The offset at midnight itself may differ from that at the guess (a daylight-saving night). Where clocks go forward
  // at midnight there is no 00:00, and the wrong guess lands on the day before.
  const guesses = [utc - offsetMs(first, timeZone), first].filter(ms => localDate(ms, timeZone) === date)
  return guesses.length === 0 ? null : Math.min(...guesses)
}

/** The date `days` after a local date. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** How and where times are told; what is left out is the computer's own. */
export interface Place {
  readonly locale?: string
  readonly timeZone?: string
}

const dayMs = 86_400_000

function dateIn(ms: number, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(ms)
}

/** A moment near now, in words as far as possible: `18:30`, `tomorrow 08:00`, `Mon 18:30`, else with the date. */
export function momentText(ms: number, nowMs: number, { locale, timeZone }: Place = {}): string {
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(ms)
  const time = format({ timeStyle: 'short' })
  // Days as the calendar has them: noon to noon, so that a night of 23 or 25 hours counts as one.
  const dayOf = (at: number): number => Date.parse(`${dateIn(at, timeZone)}T12:00:00Z`) / dayMs
  const days = Math.round(dayOf(ms) - dayOf(nowMs))
  if (days === 0) return time
  if (days === 1) return `tomorrow ${time}`
  if (days === -1) return `yesterday ${time}`
  if (Math.abs(days) < 7) return `${format({ weekday: 'short' })} ${time}`
  return format({ dateStyle: 'medium', timeStyle: 'short' })
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`
}

/** How long ago: `just now`, `4 seconds ago`, `12 minutes ago`, `3 hours ago`, `2 days ago`. */
export function agoText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 1) return 'just now'
  if (seconds < 60) return `${count(seconds, 'second')} ago`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${count(minutes, 'minute')} ago`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${count(hours, 'hour')} ago` : `${Math.floor(hours / 24)} days ago`
}

import { agoText } from '../../shared/moments.ts'
import { formatText } from '../text/format.ts'

/* Moments and dates as people say them. `locale` is the window's own where it is not given. */

const dayMs = 86_400_000

/** A moment or a date in the words of the days around now: `today 17:30`, `Thu 18:40`, `12 Nov`, `12 Nov 2025`. */
export function dayWord(at: string, nowMs: number, locale?: string): string {
  const moment = readMoment(at)
  const word = nearDay(daysBetween(new Date(nowMs), moment), moment, locale)
  if (word === null) return farDay(moment, nowMs, locale)
  return isDate(at) ? word : `${word} ${timeOfDay(moment, locale)}`
}

/** A local date beside today's: `today`, `tomorrow`, `Mon`, `12 Dec`. */
export function dayName(date: string, today: string, locale?: string): string {
  const now = readMoment(today)
  const day = readMoment(date)
  return nearDay(daysBetween(now, day), day, locale) ?? farDay(day, now.getTime(), locale)
}

/** `yesterday`, `today` or `tomorrow`; null for any other day. */
export function relativeDay(date: string, today: string): string | null {
  return besideToday(daysBetween(readMoment(today), readMoment(date)))
}

/** The whole of a date: `Monday 23 November`. */
export function longDay(date: string, locale?: string): string {
  return format(readMoment(date), locale, { weekday: 'long', day: 'numeric', month: 'long' })
}

/** Everything about a moment or date, for a title where its short form stands. */
export function fullMoment(at: string, locale?: string): string {
  return format(readMoment(at), locale, { dateStyle: 'full', ...(isDate(at) ? {} : { timeStyle: 'short' }) })
}

/** A date's weekday and day of the month, for the head of a calendar's day: `Mon`, `23`. */
export function calendarDay(
  date: string,
  locale?: string,
): { readonly weekday: string; readonly day: string } {
  const day = readMoment(date)
  return { weekday: format(day, locale, { weekday: 'short' }), day: String(day.getDate()) }
}

/** How long ago: `just now`, `4 seconds ago`, `1 hour ago`; as the headline says it. */
export function ago(ms: number): string {
  return agoText(ms)
}

/** How soon: `now`, `in 5 minutes`. */
export function soon(ms: number): string {
  return ms < 1000 ? formatText.now : formatText.soon(span(ms))
}

/** `45 s`, `48 min`, `1 h 05`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
}

/** A step's length to the second: `30 s`, `8 min`, `1 min 30`. */
export function stepDuration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole >= 3600) return duration(whole)
  const rest = whole % 60
  return `${Math.floor(whole / 60)} min${rest === 0 ? '' : ` ${String(rest).padStart(2, '0')}`}`
}

const units = [
  ['day', dayMs],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

function span(ms: number): string {
  const [unit, length] = units.find(([, unitMs]) => ms >= unitMs) ?? units[3]
  const count = Math.floor(ms / length)
  return formatText.span(count, unit)
}

function isDate(at: string): boolean {
  return !at.includes('T')
}

/** A date is its own day wherever one is: read as local noon, which no clock change moves to another day. */
function readMoment(at: string): Date {
  return new Date(isDate(at) ? `${at}T12:00:00` : at)
}

/** Whole local days from one moment's day to another's. */
function daysBetween(from: Date, to: Date): number {
  return Math.round((dayNumber(to) - dayNumber(from)) / dayMs)
}

function dayNumber(moment: Date): number {
  return Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate())
}

/** Null for a day that has no word: more than six days away. */
function nearDay(days: number, moment: Date, locale?: string): string | null {
  if (Math.abs(days) > 6) return null
  return besideToday(days) ?? format(moment, locale, { weekday: 'short' })
}

function besideToday(days: number): string | null {
  if (days === 0) return formatText.today
  if (days === -1) return formatText.yesterday
  return days === 1 ? formatText.tomorrow : null
}

function farDay(moment: Date, nowMs: number, locale?: string): string {
  const isThisYear = moment.getFullYear() === new Date(nowMs).getFullYear()
  return format(moment, locale, {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  })
}

function timeOfDay(moment: Date, locale?: string): string {
  return format(moment, locale, { timeStyle: 'short' })
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Makes each format once: lists ask for thousands. */
function format(moment: Date, locale: string | undefined, options: Intl.DateTimeFormatOptions): string {
  if (Number.isNaN(moment.getTime())) return formatText.unknownDate
  const key = `${locale ?? ''} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known.format(moment)
}

import type { Units } from '../../shared/preferences.ts'
import { formatText } from '../text/format.ts'

const metersPerMile = 1609.344

/** Regions where roads are signed in miles and rides are told in them. */
const mileRegions: readonly string[] = ['US', 'LR', 'MM']

/** What `auto` means for a locale. */
export function resolveUnits(units: Units, locale: string = navigator.language): 'metric' | 'imperial' {
  if (units !== 'auto') return units
  const region = new Intl.Locale(locale).region
  return region !== undefined && mileRegions.includes(region) ? 'imperial' : 'metric'
}

/** `24.1 km`, `850 m`, `15.0 mi`. */
export function distance(meters: number, units: Units, locale?: string): string {
  if (resolveUnits(units, locale) === 'imperial') return `${number(meters / metersPerMile, 1, locale)} mi`
  return meters < 1000
    ? `${number(Math.round(meters), 0, locale)} m`
    : `${number(meters / 1000, 1, locale)} km`
}

const sizeNames = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `640 bytes`, `12 kB`, `1.8 MB`. */
export function bytes(size: number, locale?: string): string {
  const step = sizeStep(size)
  return `${inStep(size, step, locale)} ${sizeNames[step] ?? ''}`
}

/** How much of a size is done, in the size's own unit: `1.1 of 1.8 MB`. */
export function bytesOf(done: number, total: number, locale?: string): string {
  const step = sizeStep(total)
  return formatText.of(inStep(done, step, locale), `${inStep(total, step, locale)} ${sizeNames[step] ?? ''}`)
}

/** A number of things, grouped as the locale does: `12,345`. */
export function count(things: number, locale?: string): string {
  return number(things, 0, locale)
}

/** A fraction of threshold as people say it: `88 %`. */
export function percent(fraction: number): string {
  return `${Math.round(fraction * 100)} %`
}

function sizeStep(size: number): number {
  const step = Math.floor(Math.log10(Math.max(1, size)) / 3)
  return Math.min(step, sizeNames.length - 1)
}

/** Bytes and kilobytes are whole; above that one place says enough. */
function inStep(size: number, step: number, locale?: string): string {
  return number(size / 1000 ** step, step < 2 ? 0 : 1, locale)
}

const formats = new Map<string, Intl.NumberFormat>()

function number(value: number, places: number, locale?: string): string {
  const key = `${locale ?? ''} ${places}`
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, { minimumFractionDigits: places, maximumFractionDigits: places })
  formats.set(key, format)
  return format.format(value)
}

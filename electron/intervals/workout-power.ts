import { zoneEnds } from '../../shared/workout-profile.ts'
import { isJsonObject } from './json-fields.ts'

/** What a step asks for, as fractions of FTP; equal for a single figure. */
export interface PowerRange {
  readonly from: number
  readonly to: number
}

/** Twenty times FTP is no target of anyone's. */
const highest = 20
/** The last zone has no end of its own. */
const lastZoneEnd = 1.8
/** The service counts the first zone from four fifths of its end. */
const firstZoneStart = 0.8

/**
 * The power a step asks for, as fractions of FTP; null where it asks for none or it cannot be told. `resolved` is the
 * service's own answer in watts: it knows the athlete's zones and best efforts, so it goes first for all but percentages.
 */
export function powerOf(power: unknown, resolved: unknown, ftp: number | null): PowerRange | null {
  if (!isJsonObject(power)) return null
  const figures = figuresOf(power)
  switch (power['units']) {
    case '%ftp':
      return scaled(figures, 100)
    case 'w':
      return ftp === null ? null : scaled(figures, ftp)
    case 'power_zone':
      return resolvedOf(resolved, ftp) ?? zonesOf(figures)
    default:
      return resolvedOf(resolved, ftp)
  }
}

interface Figures {
  readonly from: number
  readonly to: number
}

/** `{value}` or `{start, end}`; of a range that came with its middle, the ends count. */
function figuresOf(value: unknown): Figures | null {
  if (!isJsonObject(value)) return null
  const [start, end] = [figureOf(value['start']), figureOf(value['end'])]
  if (start !== null && end !== null) return { from: start, to: end }
  const only = figureOf(value['value']) ?? start ?? end
  return only === null ? null : { from: only, to: only }
}

function figureOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
}

function scaled(figures: Figures | null, unit: number): PowerRange | null {
  if (figures === null) return null
  const [from, to] = [rounded(figures.from / unit), rounded(figures.to / unit)]
  return from > highest || to > highest ? null : { from, to }
}

function resolvedOf(resolved: unknown, ftp: number | null): PowerRange | null {
  return ftp === null ? null : scaled(figuresOf(resolved), ftp)
}

/** `Z2` is the whole of zone 2, `Z2-Z3` from the start of the one to the end of the other, whichever comes first. */
function zonesOf(figures: Figures | null): PowerRange | null {
  if (figures === null) return null
  const [from, to] = [zoneOf(figures.from), zoneOf(figures.to)]
  if (from === null || to === null) return null
  return figures.from <= figures.to ? { from: from.from, to: to.to } : { from: from.to, to: to.from }
}

function zoneOf(zone: number): PowerRange | null {
  const ends = [...zoneEnds, lastZoneEnd]
  const to = ends[zone - 1]
  if (to === undefined) return null
  return { from: ends[zone - 2] ?? rounded(to * firstZoneStart), to }
}

function rounded(fraction: number): number {
  return Math.round(fraction * 1000) / 1000
}

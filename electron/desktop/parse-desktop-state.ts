import type { Place } from './window/place-window.ts'

/** What the desktop remembers beside the settings. Losing it loses nothing but comfort. */
export interface DesktopState {
  readonly window: { readonly place: Place; readonly isMaximized: boolean } | null
  /** The folder each dialog was last left in. */
  readonly lastFolders: Readonly<Record<string, string>>
  /** True when the user has asked for start at login: an entry that is gone is then noticed. */
  readonly isStartWanted: boolean
  readonly rides: RideMemory
}

/** When each source had rides, as far as Musette has watched; the long silence is judged by it. */
export interface RideMemory {
  /** Source id to starts of its newest rides, ms UTC, rising; the last few. */
  readonly startsAt: Readonly<Record<string, readonly number[]>>
  /** Source id to the ride after which its silence has been told. */
  readonly toldAfter: Readonly<Record<string, number>>
}

export const noRides: RideMemory = { startsAt: {}, toldAfter: {} }
export const freshDesktopState: DesktopState = {
  window: null,
  lastFolders: {},
  isStartWanted: false,
  rides: noRides,
}

type Fields = Readonly<Record<string, unknown>>

function fields(raw: unknown): Fields {
  // An object has string keys.
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Fields) : {}
}

function number(raw: unknown): number | null {
  return typeof raw === 'number' && Number.isFinite(raw) ? raw : null
}

function place(raw: unknown): Place | null {
  const from = fields(raw)
  const [x, y, width, height] = [from['x'], from['y'], from['width'], from['height']].map(number)
  if (typeof x !== 'number' || typeof y !== 'number') return null
  if (typeof width !== 'number' || typeof height !== 'number' || width < 1 || height < 1) return null
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }
}

function each<T>(raw: unknown, parse: (value: unknown) => T | null): Record<string, T> {
  const entries = Object.entries(fields(raw)).flatMap(([key, value]) => {
    const parsed = parse(value)
    return parsed === null ? [] : [[key, parsed] as const]
  })
  return Object.fromEntries(entries)
}

/** Reads desktop-state.json. What cannot be read is as if it were not there. */
export function parseDesktopState(text: string): DesktopState {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return freshDesktopState
  }
  const from = fields(raw)
  const window = fields(from['window'])
  const lastPlace = place(window['place'])
  const rides = fields(from['rides'])
  return {
    window: lastPlace === null ? null : { place: lastPlace, isMaximized: window['isMaximized'] === true },
    lastFolders: each(from['lastFolders'], value => (typeof value === 'string' ? value : null)),
    isStartWanted: from['isStartWanted'] === true,
    rides: {
      startsAt: each(rides['startsAt'], value =>
        Array.isArray(value) ? value.map(number).filter(at => at !== null) : null,
      ),
      toldAfter: each(rides['toldAfter'], number),
    },
  }
}

import { parseXmlTime, whyNoMoment } from './time.ts'

/** Where a point lies, in degrees. `none`: it names no place (an indoor ride); `bad`: a place that does not exist. */
export type Position =
  | { readonly kind: 'none' | 'bad' }
  | { readonly kind: 'good'; readonly latitude: number; readonly longitude: number }

const meanEarthRadiusM = 6_371_008.8

/** Reads a place from text; either half may be absent. */
export function positionOf(latitude: string | undefined, longitude: string | undefined): Position {
  if (latitude === undefined && longitude === undefined) return { kind: 'none' }
  const degrees = [latitude, longitude].map(text =>
    text === undefined || text.trim() === '' ? NaN : Number(text),
  )
  const [north = NaN, east = NaN] = degrees
  return Math.abs(north) <= 90 && Math.abs(east) <= 180
    ? { kind: 'good', latitude: north, longitude: east }
    : { kind: 'bad' }
}

/** Gathers what a track's points tell, in constant memory. */
export class Track {
  #points = 0
  #timed = 0
  #timedOnEarth = 0
  #firstMs: number | null = null
  #lastMs: number | null = null
  #oddTime: string | null = null
  #last: Position = { kind: 'none' }
  #metres: number | null = null

  get points(): number {
    return this.#points
  }

  /** Points with a time, sensible or not. */
  get timed(): number {
    return this.#timed
  }

  /** Whether there are timed points and not one of them lies in a place that exists. */
  get isOffEarth(): boolean {
    return this.#timed > 0 && this.#timedOnEarth === 0
  }

  /** Earliest sensible moment in ms since 1970. */
  get firstMs(): number | null {
    return this.#firstMs
  }

  get elapsedS(): number | null {
    return this.#firstMs === null || this.#lastMs === null ? null : (this.#lastMs - this.#firstMs) / 1000
  }

  /** Why there is no first moment though points are timed. */
  get oddTime(): string | null {
    return this.#oddTime
  }

  /** Along the good places, within segments; null without two of them in a row. */
  get metres(): number | null {
    return this.#metres
  }

  /** Distance is not counted across a gap between segments. */
  beginSegment(): void {
    this.#last = { kind: 'none' }
  }

  addPoint(time: string | null, position: Position): void {
    this.#points++
    if (time !== null && /\d/.test(time)) this.#addTime(parseXmlTime(time), position)
    if (position.kind !== 'good') return
    if (this.#last.kind === 'good') this.#metres = (this.#metres ?? 0) + metresBetween(this.#last, position)
    this.#last = position
  }

  #addTime(ms: number | null, position: Position): void {
    this.#timed++
    if (position.kind !== 'bad') this.#timedOnEarth++
    const why = ms === null ? 'its times cannot be read' : whyNoMoment(ms)
    if (ms === null || why !== null) {
      this.#oddTime ??= why
      return
    }
    this.#firstMs = Math.min(this.#firstMs ?? ms, ms)
    this.#lastMs = Math.max(this.#lastMs ?? ms, ms)
  }
}

type Place = Extract<Position, { kind: 'good' }>

/** The haversine distance on a sphere. */
function metresBetween(from: Place, to: Place): number {
  const radians = Math.PI / 180
  const north = Math.sin(((to.latitude - from.latitude) * radians) / 2)
  const east = Math.sin(((to.longitude - from.longitude) * radians) / 2)
  const square =
    north * north + Math.cos(from.latitude * radians) * Math.cos(to.latitude * radians) * east * east
  return 2 * meanEarthRadiusM * Math.asin(Math.min(1, Math.sqrt(square)))
}

import type { ActivityFacts } from '../proof.ts'
import type { XmlListener } from './reader.ts'
import { commonSport, sportFromXml } from './sports.ts'
import { positionOf, Track } from './track.ts'
import type { Position } from './track.ts'

/** Gathers the facts of a GPX 1.0 or 1.1 file. Only track points count: routes and waypoints are plans. */
export class GpxReader implements XmlListener {
  readonly track = new Track()
  #creator: string | null = null
  #routes = 0
  #waypoints = 0
  readonly #sports = new Set<string>()
  #time: string | null = null
  #position: Position = { kind: 'none' }

  open(name: string, attributes: Readonly<Record<string, string>>, above: readonly string[]): void {
    if (name === 'gpx' && above.length === 0)
      this.#creator = attributes['creator']?.trim().slice(0, 100) ?? null
    else if (name === 'rte') this.#routes++
    else if (name === 'wpt') this.#waypoints++
    else if (name === 'trk' || name === 'trkseg') this.track.beginSegment()
    else if (name === 'trkpt') {
      this.#time = null
      this.#position = positionOf(attributes['lat'], attributes['lon'])
    }
  }

  close(name: string, text: string, above: readonly string[]): void {
    if (name === 'trkpt') this.track.addPoint(this.#time, this.#position)
    else if (name === 'time' && above.at(-1) === 'trkpt') this.#time = text
    else if (name === 'type' && above.at(-1) === 'trk') {
      const sport = sportFromXml(text)
      if (sport !== null) this.#sports.add(sport)
    }
  }

  facts(): ActivityFacts {
    const { firstMs } = this.track
    return {
      startTime: firstMs === null ? null : new Date(firstMs).toISOString(),
      startTimeMissing: firstMs === null ? (this.track.oddTime ?? 'no point tells a time') : null,
      durationS: this.track.elapsedS,
      distanceM: this.track.metres,
      sport: commonSport(this.#sports),
      subSport: null,
      device: this.#creator === '' ? null : this.#creator,
      sessions: 1,
    }
  }

  /** What a GPX without a timed track point is. */
  otherDetail(): string {
    if (this.track.points > 0) return 'a track without times, so a route and not a ride'
    if (this.#routes > 0) return 'a planned route, not a ride'
    return this.#waypoints > 0 ? 'waypoints only, not a ride' : 'a GPX file without a track point'
  }
}

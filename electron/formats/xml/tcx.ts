import type { ActivityFacts, OtherContent } from '../proof.ts'
import type { XmlListener } from './reader.ts'
import { commonSport, sportFromXml } from './sports.ts'
import { positionOf, Track } from './track.ts'

/** Gathers the facts of a TCX file. Points count inside an `Activity` only: courses have timed points too. */
export class TcxReader implements XmlListener {
  /** All activities' points together. */
  readonly track = new Track()
  #activities = 0
  #courses = 0
  #workouts = 0
  #durationS: number | null = null
  #distanceM: number | null = null
  readonly #sports = new Set<string>()
  #device: string | null = null
  #author: string | null = null
  #activity = new ActivityTotals()
  #time: string | null = null
  #latitude: string | undefined
  #longitude: string | undefined

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'activity') {
      this.#activities++
      this.#activity = new ActivityTotals()
      const sport = sportFromXml(attributes['Sport'] ?? '')
      if (sport !== null) this.#sports.add(sport)
    } else if (name === 'course') this.#courses++
    else if (name === 'workout') this.#workouts++
    else if (name === 'trackpoint') {
      this.#time = null
      this.#latitude = undefined
      this.#longitude = undefined
    }
  }

  close(name: string, text: string, above: readonly string[]): void {
    const parent = above.at(-1)
    if (name === 'name' && text !== '') {
      if (parent === 'creator') this.#device ??= text.slice(0, 100)
      else if (parent === 'author') this.#author ??= text.slice(0, 100)
    }
    if (name === 'activity') this.#endActivity()
    if (!above.includes('activity')) return
    if (name === 'trackpoint') this.#endPoint()
    else if (name === 'time' && parent === 'trackpoint') this.#time = text
    else if (name === 'latitudedegrees') this.#latitude = text
    else if (name === 'longitudedegrees') this.#longitude = text
    else if (name === 'totaltimeseconds' && parent === 'lap') this.#activity.addLapTime(numberOf(text))
    else if (name === 'distancemeters' && parent === 'lap') this.#activity.addLapDistance(numberOf(text))
    else if (name === 'distancemeters' && parent === 'trackpoint') this.#activity.reach(numberOf(text))
  }

  facts(): ActivityFacts {
    const { firstMs } = this.track
    return {
      startTime: firstMs === null ? null : new Date(firstMs).toISOString(),
      startTimeMissing: firstMs === null ? (this.track.oddTime ?? 'no point tells a time') : null,
      durationS: this.#durationS ?? this.#activity.durationS,
      distanceM: this.#distanceM ?? this.#activity.distanceM,
      sport: commonSport(this.#sports),
      subSport: null,
      device: this.#device ?? this.#author,
      sessions: Math.max(this.#activities, 1),
    }
  }

  /** What a TCX without a timed track point in an activity is. */
  other(): { readonly content: OtherContent; readonly detail: string } {
    if (this.#activities > 0) return { content: 'other', detail: 'an activity without a timed track point' }
    if (this.#courses > 0) return { content: 'course', detail: 'a course, not a ride' }
    if (this.#workouts > 0) return { content: 'workout', detail: 'a workout, not a ride' }
    return { content: 'other', detail: 'a TCX file without an activity' }
  }

  #endPoint(): void {
    const position = positionOf(this.#latitude, this.#longitude)
    this.track.addPoint(this.#time, position)
    this.#activity.track.addPoint(this.#time, position)
  }

  #endActivity(): void {
    this.#durationS = added(this.#durationS, this.#activity.durationS)
    this.#distanceM = added(this.#distanceM, this.#activity.distanceM)
    this.#activity = new ActivityTotals()
  }
}

/** Time and distance of one activity: by its laps, checked against its points. */
class ActivityTotals {
  readonly track = new Track()
  #lapsS: number | null = null
  #lapsM: number | null = null
  #reachedM: number | null = null

  addLapTime(seconds: number | null): void {
    this.#lapsS = added(this.#lapsS, seconds)
  }

  addLapDistance(metres: number | null): void {
    this.#lapsM = added(this.#lapsM, metres)
  }

  reach(metres: number | null): void {
    if (metres !== null) this.#reachedM = Math.max(this.#reachedM ?? 0, metres)
  }

  /** Laps count the time without pauses, points may stop before the last lap does: the longer is nearer to elapsed time. */
  get durationS(): number | null {
    const { elapsedS } = this.track
    return elapsedS === null || this.#lapsS === null
      ? (elapsedS ?? this.#lapsS)
      : Math.max(elapsedS, this.#lapsS)
  }

  get distanceM(): number | null {
    return this.#lapsM ?? this.#reachedM
  }
}

function added(sum: number | null, more: number | null): number | null {
  return more === null ? sum : (sum ?? 0) + more
}

/** A number that can be a time or a distance; null for anything else. */
function numberOf(text: string): number | null {
  const value = text === '' ? NaN : Number(text)
  return Number.isFinite(value) && value >= 0 ? value : null
}

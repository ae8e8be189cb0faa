/** What a built TCX or GPX holds; every absent word has a plain default. */
export interface XmlRideSpec {
  /** First instant, ISO 8601 or a Date. */
  readonly startTime: string | Date
  /** Of each activity or track, in seconds; 60 unless given. */
  readonly durationS?: number
  readonly recordEveryS?: number
  /** `Biking`, `Running`, `Other`, or any word a writer might use. */
  readonly sport?: string
  /** Activities in a TCX, tracks in a GPX, one behind the other; 1 unless given. */
  readonly activities?: number
  /** The device or program named as creator. */
  readonly creator?: string
  /** Stands in for a device's serial: another number gives other bytes. */
  readonly serial?: number
  /** False leaves every time out. */
  readonly withTimes?: boolean
  readonly withPositions?: boolean
}

/** One point of a built ride. */
export interface RidePoint {
  readonly time: string
  readonly latitude: number
  readonly longitude: number
  readonly metres: number
  readonly heartRate: number
  readonly watts: number
}

/** Metres a built ride covers each second, due north. */
export const xmlSpeedMps = 8.5

/** The points of the ride's activities, each following the one before. */
export function ridePoints(spec: XmlRideSpec): readonly (readonly RidePoint[])[] {
  const durationS = spec.durationS ?? 60
  const startMs = new Date(spec.startTime).getTime()
  return Array.from({ length: spec.activities ?? 1 }, (_, activity) => {
    const points: RidePoint[] = []
    for (let second = 0; second <= durationS; second += spec.recordEveryS ?? 1) {
      const metres = second * xmlSpeedMps
      points.push({
        time: new Date(startMs + (activity * durationS + second) * 1000).toISOString(),
        latitude: 47.37 + metres / 111_320,
        longitude: 8.54,
        metres,
        heartRate: 130 + ((second + (spec.serial ?? 0)) % 20),
        watts: 180 + ((second * 7 + (spec.serial ?? 0)) % 60),
      })
    }
    return points
  })
}

/** Text for an attribute or an element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`)
}

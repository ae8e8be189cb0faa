/** The formats in which a ride is recorded. */
export type RecordingFormat = 'fit' | 'tcx' | 'gpx'

/** Facts about one recording, as far as the file tells. Nothing here is needed to send it. */
export interface ActivityFacts {
  /** First instant of the ride, ISO 8601 UTC with ms (`2026-11-20T06:31:00.000Z`); null where it is device-relative or impossible. */
  readonly startTime: string | null
  /** Why there is no start time; null when there is one. */
  readonly startTimeMissing: string | null
  /** Elapsed time in seconds. */
  readonly durationS: number | null
  /** In metres. */
  readonly distanceM: number | null
  /** In the FIT profile's words (`cycling`, `running`, ...); TCX and GPX sports are mapped to them. */
  readonly sport: string | null
  readonly subSport: string | null
  /** FIT manufacturer and product, or the creator a TCX or GPX names. */
  readonly device: string | null
  /** Sessions or activities inside: more than one for multisport and chained files. */
  readonly sessions: number
}

/** What a complete file is when it is not a ride. */
export type OtherContent =
  | 'workout'
  | 'course'
  | 'settings'
  | 'monitoring'
  | 'sport'
  | 'device'
  | 'totals'
  | 'route' // a GPX of routes or waypoints, or a track without times
  | 'other'

/** Why a file is not, or not yet, whole. `detail` is a sentence part for people, without a full stop. */
export type FaultCode =
  | 'empty'
  | 'all-zero' // right size, no content (an interrupted copy)
  | 'cut-off' // ends before its own length, closing element or trailer says it should
  | 'header-unfinished' // FIT data size 0 or unset: a recorder that has not closed the file
  | 'bad-checksum'
  | 'bad-structure'
  | 'not-well-formed' // XML
  | 'no-file-type' // FIT without a file_id type
  | 'unknown-format'
  | 'too-large' // over an output, entry or depth cap
  | 'bad-archive'

/** The answer to: is this a whole ride? Of one file that is not a gzip or zip. */
export type Proof =
  | {
      readonly kind: 'activity'
      readonly format: RecordingFormat
      /** True for a FIT with good checksums and its `activity` message: nothing more can come. */
      readonly isFinal: boolean
      readonly facts: ActivityFacts
    }
  | {
      readonly kind: 'notActivity'
      readonly format: RecordingFormat | null
      readonly content: OtherContent
      readonly detail: string
    }
  | {
      /** `incomplete` may still become whole by growing; `damaged` only by being replaced. */
      readonly kind: 'incomplete' | 'damaged'
      readonly format: RecordingFormat | null
      readonly code: FaultCode
      readonly detail: string
      /** Facts of what can be read; null when nothing can. Non-null means "upload anyway" is possible. */
      readonly readable: ActivityFacts | null
    }

/** An expected fault in a file, thrown inside the readers and turned into a Proof at their edge. */
export class FormatError extends Error {
  override readonly name = 'FormatError'
  readonly code: FaultCode

  constructor(code: FaultCode, detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.code = code
  }
}

import type { ActivityFacts } from '../proof.ts'
import { numberOf, textOf } from './message.ts'
import type { FitMessage } from './message.ts'
import { fitTimeToIso, isFitMoment, whyNoFitMoment } from './time.ts'
import { manufacturerWord, sportWord, subSportWord } from './words.ts'

/** Global message numbers of the FIT profile that tell what a ride was. */
const messages = { fileId: 0, sport: 12, session: 18, record: 20, activity: 34 }

/** What the `file_id.type` of a ride is. */
export const activityFileType = 4

/** Gathers the facts of a FIT file, message by message, in constant memory. */
export class FitFactsReader {
  #fileType: number | null = null
  #activityParts = 0
  #partHasType = false
  #partHasActivity = false
  #device: string | null = null
  #createdAt: number | null = null
  #sessions = 0
  #sessionStart: number | null = null
  #oddStart: number | null = null
  #elapsedS: number | null = null
  #distanceM: number | null = null
  readonly #sports = new Set<number>()
  readonly #subSports = new Set<number>()
  #sportMessage: { readonly sport: number | null; readonly subSport: number | null } | null = null
  #records = 0
  #firstRecord: number | null = null
  #lastRecord: number | null = null
  #recordDistanceM: number | null = null

  /** The `file_id.type` that names the file: `activity` if any part is one, else the first part's; null without one. */
  get fileType(): number | null {
    return this.#activityParts > 0 ? activityFileType : this.#fileType
  }

  /** Whether the part read last holds its `activity` message, which recorders write when the ride is closed. */
  get isClosed(): boolean {
    return this.#partHasActivity
  }

  /** Whether there is anything of a ride to show. */
  get hasContent(): boolean {
    return this.#records > 0 || this.#sessions > 0
  }

  part(): void {
    this.#partHasType = false
    this.#partHasActivity = false
  }

  message(message: FitMessage): void {
    const kind = message.definition.message
    if (kind === messages.record) {
      // Blank bytes at the end of a preallocated file read as data messages of zeros.
      if (!isBlank(message.payload)) this.#readRecord(message)
    } else if (kind === messages.fileId || kind === messages.session || kind === messages.sport) {
      if (isBlank(message.payload)) return
      if (kind === messages.fileId) this.#readFileId(message)
      else if (kind === messages.session) this.#readSession(message)
      else this.#readSport(message)
    } else if (kind === messages.activity && !isBlank(message.payload)) this.#partHasActivity = true
  }

  facts(): ActivityFacts {
    const { startTime, startTimeMissing } = this.#start()
    const recordedS =
      this.#firstRecord === null || this.#lastRecord === null ? null : this.#lastRecord - this.#firstRecord
    const isMixed = this.#sports.size > 1
    const told = this.#sports.size === 0 ? this.#sportMessage : null
    const sport = only(this.#sports) ?? told?.sport ?? null
    const subSport = only(this.#subSports) ?? told?.subSport ?? null
    return {
      startTime,
      startTimeMissing,
      durationS: this.#elapsedS ?? recordedS,
      distanceM: this.#distanceM ?? this.#recordDistanceM,
      sport: isMixed ? 'multisport' : sport === null ? null : sportWord(sport),
      subSport: isMixed || subSport === null ? null : subSportWord(subSport),
      device: this.#device,
      sessions: Math.max(this.#sessions, this.#activityParts, 1),
    }
  }

  #start(): Pick<ActivityFacts, 'startTime' | 'startTimeMissing'> {
    const told = this.#sessionStart ?? this.#firstRecord
    // The file's creation stands in only where the ride itself tells no time at all: recorders write it at the end too.
    const seconds = told ?? this.#oddStart ?? this.#createdAt
    if (seconds === null) return { startTime: null, startTimeMissing: 'the file tells no time' }
    const why = whyNoFitMoment(seconds)
    return why === null
      ? { startTime: fitTimeToIso(seconds), startTimeMissing: null }
      : { startTime: null, startTimeMissing: why }
  }

  #readFileId(message: FitMessage): void {
    const { definition, payload } = message
    if (this.#partHasType) return
    const type = numberOf(definition, payload, 0)
    if (type === null) return
    this.#partHasType = true
    const isFirst = this.#fileType === null
    this.#fileType ??= type
    if (type === activityFileType) this.#activityParts++
    if (!isFirst && !(type === activityFileType && this.#activityParts === 1)) return
    this.#device = deviceOf(message)
    this.#createdAt = numberOf(definition, payload, 4)
  }

  #readSession({ definition, payload, timestamp }: FitMessage): void {
    this.#sessions++
    const start = numberOf(definition, payload, 2)
    if (start !== null && isFitMoment(start)) this.#sessionStart = smaller(this.#sessionStart, start)
    else this.#oddStart ??= start ?? timestamp
    const elapsedMs = amountOf(definition, payload, 7) ?? amountOf(definition, payload, 8)
    if (elapsedMs !== null) this.#elapsedS = (this.#elapsedS ?? 0) + elapsedMs / 1000
    const distanceCm = amountOf(definition, payload, 9)
    if (distanceCm !== null) this.#distanceM = (this.#distanceM ?? 0) + distanceCm / 100
    const sport = numberOf(definition, payload, 5)
    if (sport !== null) this.#sports.add(sport)
    const subSport = numberOf(definition, payload, 6)
    if (subSport !== null) this.#subSports.add(subSport)
  }

  #readSport({ definition, payload }: FitMessage): void {
    this.#sportMessage ??= {
      sport: numberOf(definition, payload, 0),
      subSport: numberOf(definition, payload, 1),
    }
  }

  #readRecord({ definition, payload, timestamp }: FitMessage): void {
    this.#records++
    if (timestamp !== null && isFitMoment(timestamp)) {
      this.#firstRecord ??= timestamp
      this.#lastRecord = Math.max(this.#lastRecord ?? 0, timestamp)
    } else this.#oddStart ??= timestamp
    const distanceCm = amountOf(definition, payload, 5)
    if (distanceCm !== null) this.#recordDistanceM = Math.max(this.#recordDistanceM ?? 0, distanceCm / 100)
  }
}

/** `zwift 3`, or the product's own name, which often begins with its maker's. */
function deviceOf({ definition, payload }: FitMessage): string | null {
  const number = numberOf(definition, payload, 1)
  const maker = number === null ? '' : manufacturerWord(number)
  const product = textOf(definition, payload, 8) ?? numberOf(definition, payload, 2)?.toString() ?? ''
  return (product.toLowerCase().startsWith(maker) ? product : `${maker} ${product}`).trim() || null
}

/** A time or a distance: null also where a writer of signed numbers has one below zero. */
function amountOf(...place: Parameters<typeof numberOf>): number | null {
  const value = numberOf(...place)
  return value === null || value < 0 ? null : value
}

function isBlank(payload: DataView): boolean {
  for (let at = 0; at < payload.byteLength; at++) if (payload.getUint8(at) !== 0) return false
  return true
}

function only(values: ReadonlySet<number>): number | null {
  const [first] = values
  return values.size === 1 && first !== undefined ? first : null
}

function smaller(one: number | null, other: number): number {
  return one === null ? other : Math.min(one, other)
}

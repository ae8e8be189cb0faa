import { createHash } from 'node:crypto'
import { AppError } from '../../shared/app-error.ts'
import type {
  ActivitySummary,
  ActivityUpload,
  AthleteProfile,
  IntervalsService,
  PlannedEvent,
  UploadReply,
} from '../../electron/sync/ports/intervals-service.ts'

type EventQuery = Parameters<IntervalsService['listEvents']>[0]

/** What becomes of one upload: an answer, an error before or after the service has stored it, or a wait. */
export type UploadStep =
  | { readonly kind: 'fail'; readonly error: AppError }
  | { readonly kind: 'storeThenFail'; readonly error: AppError }
  | { readonly kind: 'answer'; readonly reply: UploadReply }
  /** Holds the request until `open` resolves, then goes on as usual. */
  | { readonly kind: 'hold'; readonly open: Promise<void> }

/** One upload as the service saw it. */
export interface SeenUpload {
  readonly athleteId: string
  readonly fileName: string
  readonly externalId: string
  readonly sha256: string
  readonly bytes: number
  readonly isBackfill: boolean
}

const lostReply = (): AppError => new AppError('outcome-unknown', 'the reply was lost', 'retry')

/** The reply is lost after the service stored the ride. */
export const lostAfterStoring = (): UploadStep => ({ kind: 'storeThenFail', error: lostReply() })
/** The reply is lost and nothing was stored. */
export const lostBeforeStoring = (): UploadStep => ({ kind: 'fail', error: lostReply() })

export function failure(error: AppError): UploadStep {
  return { kind: 'fail', error }
}

/** The service in memory: knows rides by their bytes, and fails as its script says. It reads every body whole. */
export class FakeService implements IntervalsService {
  athlete: AthleteProfile = { id: 'i1', name: 'Rider', timeZone: 'UTC' }
  /** Thrown by `profile` while set. */
  profileError: AppError | null = null
  listError: AppError | null = null
  /** The calendar, and what it was asked for. */
  events: readonly PlannedEvent[] = []
  eventsError: AppError | null = null
  readonly eventsAsked: EventQuery[] = []
  /** What becomes of the next uploads, in order. */
  readonly script: UploadStep[] = []
  /** Rides that always fail, by external id. */
  readonly poisoned = new Map<string, AppError>()
  readonly uploads: SeenUpload[] = []
  /** Names of all requests, in order. */
  readonly calls: string[] = []
  readonly activities: (ActivitySummary & { readonly sha256: string })[] = []
  mostInFlight = 0
  #inFlight = 0
  #bodies: Promise<unknown> = Promise.resolve()

  async profile(): Promise<AthleteProfile> {
    this.calls.push('profile')
    await Promise.resolve()
    if (this.profileError !== null) throw this.profileError
    return this.athlete
  }

  connections(): Promise<readonly string[]> {
    return Promise.resolve([])
  }

  async uploadActivity(upload: ActivityUpload, signal?: AbortSignal): Promise<UploadReply> {
    this.calls.push(`upload ${upload.fileName}`)
    this.#inFlight += 1
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight)
    try {
      return await this.#take(upload, signal)
    } finally {
      this.#inFlight -= 1
    }
  }

  async listActivities(query: { readonly oldest: string; readonly newest: string }) {
    this.calls.push('list')
    await Promise.resolve()
    if (this.listError !== null) throw this.listError
    return this.activities.filter(
      each =>
        each.startDateLocal !== null &&
        each.startDateLocal >= query.oldest &&
        each.startDateLocal <= query.newest,
    )
  }

  listEvents(query: EventQuery): Promise<readonly PlannedEvent[]> {
    this.eventsAsked.push(query)
    return this.eventsError === null ? Promise.resolve(this.events) : Promise.reject(this.eventsError)
  }

  /** An activity that is there already, of these bytes. */
  hold(bytes: Uint8Array, activity: Partial<ActivitySummary> = {}): void {
    this.#store(createHash('sha256').update(bytes).digest('hex'), activity)
  }

  /** The names sent so far, in order. */
  get names(): readonly string[] {
    return this.uploads.map(upload => upload.fileName)
  }

  async #take(upload: ActivityUpload, signal?: AbortSignal): Promise<UploadReply> {
    // One body after the other: which of two files the disk gives up first must not decide an order.
    const reading = this.#bodies.then(() => readBody(upload))
    this.#bodies = reading.catch(() => undefined)
    const { sha256, bytes } = await reading
    const { athleteId, fileName, externalId } = upload
    this.uploads.push({
      ...{ athleteId, fileName, externalId, sha256, bytes },
      isBackfill: upload.isBackfill ?? false,
    })
    const step = this.script.shift()
    if (step?.kind === 'hold') await Promise.race([step.open, aborted(signal)])
    signal?.throwIfAborted()
    if (step?.kind === 'answer') return step.reply
    const error = this.poisoned.get(externalId) ?? (step?.kind === 'fail' ? step.error : null)
    if (error !== null) throw error
    const known = this.activities.filter(each => each.sha256 === sha256)
    const ids =
      known.length === 0 ? [this.#store(sha256, { externalId }).id] : known.map(activity => activity.id)
    if (step?.kind === 'storeThenFail') throw step.error
    return { kind: known.length === 0 ? 'created' : 'alreadyThere', activityIds: ids }
  }

  #store(sha256: string, activity: Partial<ActivitySummary>) {
    const stored = {
      ...{ id: `a${this.activities.length + 1}`, externalId: null, source: 'UPLOAD', sourceName: null },
      ...{ name: null, type: 'Ride', startDateLocal: '2026-11-21T08:00:00', startDate: null, elapsedS: 60 },
      ...activity,
      sha256,
    }
    this.activities.push(stored)
    return stored
  }
}

async function readBody(
  upload: ActivityUpload,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of upload.body()) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { sha256: hash.digest('hex'), bytes }
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise(resolve => {
    signal?.addEventListener('abort', () => resolve(), { once: true })
  })
}

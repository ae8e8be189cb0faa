import { parseRetryAfter } from '../../../electron/intervals/retry-after.ts'
import type { Wire, WireReply, WireRequest } from '../../../electron/intervals/transport.ts'
import type { SimRandom } from '../random.ts'
import { ActivityStore } from './activity-store.ts'
import { SimCalendar } from './calendar.ts'
import { faults, FaultPlan, type FaultName, type FaultWindow } from './fault-windows.ts'
import { HungUp, Line, type Living } from './line.ts'
import { endInBody, endOnLine, endWith, type Ending } from './play-fault.ts'
import { json } from './replies.ts'
import { answer, nameOf, refuse, takeUpload, type Account } from './serve.ts'
import type { ServiceOptions } from './service-options.ts'
import { ServiceRecord, type SeenRequest, type Verdict } from './service-record.ts'
import { readUploadedFile } from './upload-body.ts'
import { codeOf, wireErrors } from './wire-errors.ts'

export interface SimServiceDeps {
  /** The service's own wall time, always right, in ms. */
  now(): number
  /** Resolves when the scheduler picks it, at the earliest after so long. */
  task(label: string, delayMs: number): Promise<void>
  readonly random: SimRandom
  readonly faults: readonly FaultWindow[]
  readonly options: ServiceOptions
  /** Told at the very moment at which the service has a whole file, whatever becomes of it. */
  onWholeBody?(sha256: string, bytes: Uint8Array, leftAtMs: number): void
  /** Told of each request as it leaves. */
  onRequest?(request: SeenRequest): void
}

/** What a request's reply told of an upload. */
interface Told {
  readonly sha256: string | null
  readonly verdict: Verdict
  readonly activityIds: readonly string[]
}

type End = Ending & { readonly told: Told | null }

/** The service and the line to it, without sockets or time of its own: the scheduler moves every step. */
export class SimService {
  readonly record = new ServiceRecord()
  readonly activities: ActivityStore
  readonly calendar: SimCalendar
  readonly #deps: SimServiceDeps
  readonly #account: Account
  readonly #plan: FaultPlan
  readonly #startMs: number

  constructor(deps: SimServiceDeps) {
    const { options, random } = deps
    this.#deps = deps
    this.#startMs = deps.now()
    this.#plan = new FaultPlan(deps.faults)
    this.activities = new ActivityStore(options, random.fork('activities'))
    this.calendar = new SimCalendar(random.fork('calendar'), this.#startMs, options.planChangesPerDay)
    this.#account = { options, activities: this.activities, calendar: this.calendar }
  }

  /** What one process of Musette talks through. Once it is killed nothing that it waits for ever comes. */
  wireFor(life: Living): Wire {
    const lines = new Set<Line>()
    let isClosed = false
    return {
      send: (request, signal) => {
        if (!life.isAlive) return new Promise(() => undefined)
        signal?.throwIfAborted()
        const seen = this.#note(request)
        const line = new Line(life, signal, () => {
          seen.outcome = { kind: 'given-up', atMs: this.#deps.now() }
        })
        if (isClosed) line.giveUp(wireErrors.destroyed())
        lines.add(line)
        void this.#carry(request, line, seen).finally(() => lines.delete(line))
        return line.reply
      },
      close: () => {
        isClosed = true
        for (const line of lines) line.giveUp(wireErrors.destroyed())
        return Promise.resolve()
      },
    }
  }

  #note(request: WireRequest): SeenRequest {
    const name = nameOf(request)
    const atMs = this.#deps.now()
    const seen: SeenRequest = {
      ...{ no: this.record.requests.length + 1, name, atMs, path: request.url.pathname },
      externalId: request.url.searchParams.get('external_id'),
      fault: this.#plan.next(name, atMs - this.#startMs),
      ...{ arrivedAtMs: null, outcome: { kind: 'open' } },
    }
    this.#deps.onRequest?.(seen)
    this.record.requests.push(seen)
    return seen
  }

  /** A bug in here is thrown at nobody, which ends the run: it must not look like weather. */
  async #carry(request: WireRequest, line: Line, seen: SeenRequest): Promise<void> {
    const random = this.#deps.random.fork(`request ${seen.no}`)
    try {
      const end = await this.#exchange(request, line, seen, random)
      await this.#pause(seen, 'ends', random, end.afterMs)
      line.throwIfHungUp()
      const atMs = this.#deps.now()
      if (end.kind === 'error') {
        seen.outcome = { kind: 'failed', code: codeOf(end.error), atMs }
        line.fail(end.error)
        return
      }
      seen.outcome = { kind: 'answered', status: end.reply.status, atMs }
      this.#noteReply(seen, end.reply, end.told)
      if (line.deliver(end.reply)) this.#noteWait(end.reply, atMs)
    } catch (error) {
      if (!(error instanceof HungUp)) throw error
      if (line.isKilled && seen.outcome.kind === 'open') seen.outcome = { kind: 'killed' }
    }
  }

  async #exchange(request: WireRequest, line: Line, seen: SeenRequest, random: SimRandom): Promise<End> {
    const { fault } = seen
    await this.#pause(seen, 'connects', random)
    line.throwIfHungUp()
    const onLine = fault === null ? null : endOnLine(fault)
    if (onLine !== null) return { ...onLine, told: null }
    const body = await this.#readBody(request, line, seen, random)
    if (!Buffer.isBuffer(body)) return body
    await this.#pause(seen, 'arrives', random)
    // What the system has taken over may still arrive after its process died, or may not.
    if (!line.isOpen && random.chance(0.5)) throw new HungUp()
    seen.arrivedAtMs = this.#deps.now()
    const doesAct = fault === null || isActedOn(fault, random)
    const { reply, told } = this.#serve(request, body, seen, doesAct)
    await this.#pause(seen, 'was served', random)
    if (fault === null) return { kind: 'reply', reply, told, afterMs: 0 }
    const end = endWith(fault, reply, random, this.#deps.now())
    return { ...end, told: told === null ? null : toldThrough(fault, told, reply, end) }
  }

  /** The whole body, or how the request ended before. */
  async #readBody(
    { body, headers, ...request }: WireRequest,
    line: Line,
    seen: SeenRequest,
    random: SimRandom,
  ): Promise<Buffer | End> {
    const cut = seen.fault === null ? null : endInBody(seen.fault, this.#deps.now())
    const told: Told | null =
      request.method === 'POST' ? { sha256: null, verdict: 'refused', activityIds: [] } : null
    const pieces: Uint8Array[] = []
    if (cut !== null && (body === null || seen.fault === 'reset-before-body')) return { ...cut, told }
    // Not for-await: it would end the iterator, which is the caller's to end, and a dead one ends nothing.
    const iterator: AsyncIterator<unknown> | null = body?.[Symbol.asyncIterator]() ?? null
    while (iterator !== null) {
      const next = await nextOf(iterator)
      line.throwIfHungUp()
      // The file's own trouble, which the caller knows better.
      if (next instanceof Error) return { kind: 'error', error: next, afterMs: 0, told: null }
      if (next === null) break
      pieces.push(next)
      await this.#pause(seen, `sent piece ${pieces.length}`, random)
      line.throwIfHungUp()
      if (cut !== null) return { ...cut, told }
    }
    const whole = Buffer.concat(pieces)
    if (body === null || whole.length === Number(headers['content-length'])) return whole
    return { kind: 'error', error: wireErrors.lengthMismatch(), afterMs: 0, told: null }
  }

  #serve(
    request: WireRequest,
    body: Buffer,
    seen: SeenRequest,
    doesAct: boolean,
  ): { readonly reply: WireReply; readonly told: Told | null } {
    const nowMs = this.#deps.now()
    const refused = refuse(this.#account, request, nowMs)
    if (seen.name !== 'upload') {
      const reply = refused ?? answer(this.#account, seen.name, request.url.searchParams, nowMs)
      return { reply, told: null }
    }
    const file = readUploadedFile(request.headers['content-type'] ?? '', body)
    if (file === null) throw new Error(`request ${seen.no} holds no file`)
    const { sha256, bytes, fileName } = file
    this.#deps.onWholeBody?.(sha256, bytes, seen.atMs)
    if (refused !== null) return { reply: refused, told: { sha256, verdict: 'key-refused', activityIds: [] } }
    if (!doesAct)
      return { reply: json(nowMs, 200, {}), told: { sha256, verdict: 'unclear', activityIds: [] } }
    const served = takeUpload(this.#account, file, seen.externalId, this.#isDormant(nowMs), nowMs)
    const { taken, activityIds, verdict, reply } = served
    if (taken !== null) {
      this.record.uploads.push({
        ...{ sha256, externalId: seen.externalId, fileName, bytes: bytes.length, atMs: nowMs },
        activityIds: taken.activities.map(activity => activity.id),
        ...{ requestNo: seen.no, kind: taken.kind, wasKnownBefore: taken.wasKnownBefore },
      })
    }
    return { reply, told: { sha256, verdict, activityIds } }
  }

  #isDormant(nowMs: number): boolean {
    const { dormant } = this.#deps.options
    const sinceMs = nowMs - this.#startMs
    return dormant !== null && sinceMs >= dormant.fromMs && sinceMs < dormant.fromMs + dormant.forMs
  }

  #noteReply(seen: SeenRequest, reply: WireReply, told: Told | null): void {
    if (told === null) return
    const atMs = this.#deps.now()
    this.record.replies.push({
      ...{ requestNo: seen.no, externalId: seen.externalId, status: reply.status, atMs },
      ...told,
      retryAfterMs: parseRetryAfter(reply.retryAfter, reply.date, atMs),
    })
  }

  #noteWait({ status, retryAfter, date }: WireReply, atMs: number): void {
    const waitMs = parseRetryAfter(retryAfter, date, atMs)
    if (waitMs !== null && (status === 429 || status === 503))
      this.record.waits.push({ fromMs: atMs, untilMs: atMs + waitMs })
  }

  #pause(seen: SeenRequest, what: string, random: SimRandom, atLeastMs = 0): Promise<void> {
    const delayMs = atLeastMs + random.int(0, this.#deps.options.mostDelayMs)
    return this.#deps.task(`${seen.name} ${seen.no} ${what}`, delayMs)
  }
}

/** The next piece, null at the end, or what the file threw. */
async function nextOf(body: AsyncIterator<unknown>): Promise<Uint8Array | Error | null> {
  try {
    const next = await body.next()
    if (next.done === true) return null
    const value: unknown = next.value
    return value instanceof Uint8Array ? value : new Error('a body of something else than bytes')
  } catch (error) {
    return error instanceof Error ? error : new Error('the body was lost', { cause: error })
  }
}

function isActedOn(fault: FaultName, random: SimRandom): boolean {
  const { acts } = faults[fault]
  return acts === 'either' ? random.chance(0.5) : acts === 'always'
}

/** What is left of an answer's meaning once the fault has been at it. */
function toldThrough(fault: FaultName, told: Told, whole: WireReply, end: Ending): Told {
  // A refusal is told by its head alone.
  if (end.kind === 'reply' && end.reply.status === whole.status && whole.status >= 400) return told
  const { effect } = faults[fault]
  const verdict = effect === 'ride' ? 'refused' : effect === 'key' ? 'key-refused' : 'unclear'
  return { ...told, verdict, activityIds: [] }
}

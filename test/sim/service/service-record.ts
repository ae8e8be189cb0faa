import type { FaultName, FaultTarget } from './fault-windows.ts'

export type RequestName = FaultTarget | 'connections' | 'other'

/**
 * How a request ended, as Musette's side saw it. `open`: it did not yet, or its process died while it read the body.
 * `failed` with the file's own code: it could not be read on.
 */
export type RequestOutcome =
  | { readonly kind: 'open' }
  | { readonly kind: 'answered'; readonly status: number; readonly atMs: number }
  | { readonly kind: 'failed'; readonly code: string; readonly atMs: number }
  /** Musette gave it up itself: by its signal, or by closing. */
  | { readonly kind: 'given-up'; readonly atMs: number }
  | { readonly kind: 'killed' }

/** One request. `atMs` is when it left Musette, by the service's clock. */
export interface SeenRequest {
  readonly no: number
  readonly name: RequestName
  readonly path: string
  readonly atMs: number
  readonly externalId: string | null
  readonly fault: FaultName | null
  /** When the service had all of it; null while it has not. */
  arrivedAtMs: number | null
  outcome: RequestOutcome
}

/** One file that the service took in: something was made of it, or its bytes were known. */
export interface StoredUpload {
  readonly sha256: string
  readonly externalId: string | null
  readonly fileName: string
  readonly bytes: number
  readonly atMs: number
  readonly activityIds: readonly string[]
  readonly requestNo: number
  /** `buried`: nothing new was made, because the athlete had deleted what was made before. */
  readonly kind: 'created' | 'known' | 'buried'
  /** The service had activities of these bytes already, deleted ones included. */
  readonly wasKnownBefore: boolean
}

/** What an answer says about the ride: the last three end or stop it, `unclear` says nothing about it. */
export type Verdict = 'created' | 'known' | 'nothing-made' | 'unclear' | 'refused' | 'key-refused'

/** An answer to an upload that a living Musette was given. */
export interface DeliveredReply {
  readonly requestNo: number
  /** Of the file; null when the service answered before it had it. */
  readonly sha256: string | null
  readonly externalId: string | null
  readonly status: number
  readonly activityIds: readonly string[]
  readonly verdict: Verdict
  /** How long the service asked us to wait; null where it did not, or in a way that makes no sense. */
  readonly retryAfterMs: number | null
  readonly atMs: number
}

/** A wait that the service asked for, whatever the request, from the moment a living Musette was told. */
export interface AskedWait {
  readonly fromMs: number
  readonly untilMs: number
}

/** All that happened at the service, for whoever judges a run. */
export class ServiceRecord {
  readonly requests: SeenRequest[] = []
  readonly uploads: StoredUpload[] = []
  readonly replies: DeliveredReply[] = []
  readonly waits: AskedWait[] = []

  /** What a living Musette was told about these bytes, in order. */
  verdictsOf(sha256: string): readonly Verdict[] {
    const externalId = `musette-${sha256.slice(0, 32)}`
    return this.replies
      .filter(reply => (reply.sha256 === null ? reply.externalId === externalId : reply.sha256 === sha256))
      .map(reply => reply.verdict)
  }

  /** Most requests that left within any such window. */
  mostWithin(windowMs: number): number {
    let [most, first] = [0, 0]
    for (const [at, request] of this.requests.entries()) {
      while ((this.requests[first]?.atMs ?? 0) <= request.atMs - windowMs) first += 1
      most = Math.max(most, at - first + 1)
    }
    return most
  }
}

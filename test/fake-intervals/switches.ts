import type { ActivitySource } from './types.ts'

/**
 * Standing answers to what is unknown or disputed about the real service, and its limits.
 * Every field can be set in `state.faults.switches` or with POST /__fake/faults {"switches": {...}}.
 */
export interface Switches {
  /** Is the duplicate hash taken over the bytes as sent, or after gunzip? */
  hashOver: 'raw' | 'unpacked'
  /** Recognise a file that is already there; false: each upload makes another activity. */
  deduplicate: boolean
  /** Answer to a file that is already there; `409-with-ids` names the activities in the 409. */
  duplicateAnswer: '200' | '409' | '409-with-ids'
  /** Answer to a file whose activities were deleted; `201` creates them again. */
  tombstoneAnswer: '200' | '409' | '422' | '201'
  unreadableAnswer: 422 | 400
  /** Answer while the athlete is dormant: an error, or 200 with no activity. */
  dormantAnswer: 422 | 200
  /** `source` of what an API key uploads. */
  keyUploadSource: ActivitySource
  /** Refuse a FIT file that is cut off or has a wrong checksum, rather than read what can be read. */
  strictFit: boolean
  /** How long lists lag behind an upload, by the server's clock. */
  listLagMs: number
  /** Does a date-only `newest` of the activities list include that whole day? */
  newestWholeDay: boolean
  /** Keep what was uploaded, so that it can be downloaded; false saves memory in long runs. */
  keepFiles: boolean
  /** Original files: HTTP Content-Encoding gzip, or a plain `.gz` body. */
  originalFile: 'content-encoding' | 'raw-gz'
  /** Status for a bearer token nobody knows. */
  invalidBearer: 401 | 403
  /** Scope that profile and connections need; null: any credential. */
  profileScope: 'SETTINGS:READ' | null
  /** Refused user agents, in lower case, matched at the start; an empty agent is always refused. */
  blockedAgents: readonly string[]
  /** 429 replies say when to come back: in seconds, as a date, or not at all. */
  retryAfter: 'seconds' | 'date' | 'none'
  /** Can a locked wellness day be unlocked through the API? */
  wellnessUnlock: boolean
  /** Body of wellness-bulk: nothing, or the records. */
  wellnessBulkBody: 'none' | 'records'
  /** Does a null OAuth client (API key) match a null OAuth client when upserting events by external_id? */
  keyUpsertsOwn: boolean
  /** Does a new token of the same app and athlete end the older ones? */
  newTokenReplaces: boolean
  /** What the athlete answers on the consent page, and which scopes are left ticked (`A:READ,B:WRITE`; null: all). */
  consent: 'grant' | 'deny'
  consentScope: string | null
  /** Accept redirects to http://127.0.0.1 without registration, as http://localhost is. */
  loopbackRedirect: boolean
  /** Added to every reported time: the Date header, created, updated. */
  clockSkewMs: number
  /** Requests a second for one address, and how many may come at once; 0 = no limit. */
  perSecond: number
  burst: number
  /** Requests for one credential; 0 = no limit. */
  per15Min: number
  perDay: number
}

/** As documented or observed; where nobody knows, the likelier answer. */
export function defaultSwitches(): Switches {
  return {
    hashOver: 'raw',
    deduplicate: true,
    duplicateAnswer: '200',
    tombstoneAnswer: '200',
    unreadableAnswer: 422,
    dormantAnswer: 422,
    keyUploadSource: 'UPLOAD',
    strictFit: false,
    listLagMs: 0,
    newestWholeDay: true,
    keepFiles: true,
    originalFile: 'content-encoding',
    invalidBearer: 401,
    profileScope: null,
    blockedAgents: ['python-urllib'],
    retryAfter: 'seconds',
    wellnessUnlock: false,
    wellnessBulkBody: 'none',
    keyUpsertsOwn: true,
    newTokenReplaces: false,
    consent: 'grant',
    consentScope: null,
    loopbackRedirect: true,
    clockSkewMs: 0,
    perSecond: 10,
    burst: 20,
    per15Min: 2500,
    perDay: 5000,
  }
}

/** Takes over every known switch whose value has the type it should have; answers the names it did not know. */
export function applySwitches(switches: Switches, given: Record<string, unknown>): string[] {
  const unknown: string[] = []
  for (const [name, value] of Object.entries(given)) {
    const current = (switches as unknown as Record<string, unknown>)[name]
    const isNullable = name === 'profileScope' || name === 'consentScope'
    if (current === undefined || (!isNullable && typeof value !== typeof current)) unknown.push(name)
    else Object.assign(switches, { [name]: value })
  }
  return unknown
}

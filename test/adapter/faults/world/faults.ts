import type { Timeouts } from '../../../../electron/intervals/transport.ts'
import { externalId } from '../../../../electron/sync/activities/look-up.ts'
import type { FaultAction } from '../../../fake-intervals/faults.ts'
import type { Switches } from '../../../fake-intervals/switches.ts'
import { athleteId, type FaultWorld } from './fault-world.ts'

/** What is wrong with a request, while it is wrong. */
export type Fault =
  /** The service plays it: on every request of the kind, or on so many. */
  | Played
  /** The request goes elsewhere, or nowhere. */
  | { readonly kind: 'road'; readonly to: Road }
  /** The service answers as it may, and knows some rides before. */
  | {
      readonly kind: 'known'
      readonly switches?: Partial<Switches>
      readonly begin?: (world: FaultWorld) => void
      readonly end?: (world: FaultWorld) => void
    }

export interface Played {
  readonly kind: 'played'
  readonly action: FaultAction
  readonly times?: number
  /** The profile is refused as well, once it has been asked. */
  readonly alsoProfile?: boolean
  /** Of the client for these very requests, in real milliseconds: what a test waits for itself must be short. */
  readonly timeouts?: Partial<Timeouts>
}

export type Road =
  'refused' | 'unknown-name' | 'nonsense' | 'other-host' | 'expired' | 'wrongHost' | 'unknownCa'

type Status = Extract<FaultAction, { kind: 'status' }>
const says = (status: number): Status => ({
  kind: 'status',
  status,
  body: { status, error: `said ${status}` },
})
const page = (status: number): Status => ({ kind: 'status', status })
const text = (status: number, body: string): Status => ({
  ...{ kind: 'status', status, body },
  headers: { 'Content-Type': 'text/plain' },
})
const once = { times: 1 }
const played = (action: FaultAction, more: Omit<Played, 'kind' | 'action'> = {}): Fault => ({
  ...{ kind: 'played', action },
  ...more,
})
const slowDown = (retryAfter: string): Fault => played({ ...says(429), retryAfter })

function seed(world: FaultWorld, owner: 'us' | 'garmin'): void {
  for (const { sha256, startMs } of world.rides.values()) {
    world.service.state.seedActivity({
      ...{ athleteId, sha256, startMs },
      externalId: owner === 'us' ? externalId(sha256) : 'garmin-1',
      source: owner === 'us' ? 'UPLOAD' : 'GARMIN_CONNECT',
    })
  }
}
const known = (owner: 'us' | 'garmin', duplicateAnswer: Switches['duplicateAnswer'] = '200'): Fault => ({
  kind: 'known',
  switches: { duplicateAnswer },
  begin: world => seed(world, owner),
})
const setStatus = (world: FaultWorld, status: 'ACTIVE' | 'DORMANT'): void => {
  const athlete = world.service.state.athletes.get(athleteId)
  if (athlete !== undefined) athlete.status = status
}

/** Every fault by its name in the tables. */
export const faults: Readonly<Record<string, Fault>> = {
  '201, one activity': { kind: 'known' },
  '201, several activities': { kind: 'known' },
  '200, known, from us': known('us'),
  '200, known, from another app': known('garmin'),
  '200, without activities': {
    kind: 'known',
    switches: { dormantAnswer: 200 },
    begin: world => setStatus(world, 'DORMANT'),
    end: world => setStatus(world, 'ACTIVE'),
  },
  '409, without ids': known('us', '409'),
  '409, with ids': known('garmin', '409-with-ids'),

  '201, without ids': played({ kind: 'status', status: 201, body: { activities: [] }, when: 'after' }),

  '400, for one': played(says(400), once),
  '404, for one': played(says(404), once),
  '404 HTML, for one': played(page(404), once),
  '413, for one': played(says(413), once),
  '422, for one': played(says(422), once),
  '400': played(says(400)),
  '404': played(says(404)),
  '413': played(says(413)),
  '422': played(says(422)),
  '401': played(says(401)),
  '403 JSON, profile good': played(says(403)),
  '403 JSON, profile refused': played(says(403), { alsoProfile: true }),
  '403 HTML': played(page(403)),
  '400 HTML, for one': played(page(400), once),
  '413 HTML, for one': played(page(413), once),
  '400 HTML': played(page(400)),
  '401 HTML': played(page(401)),
  '404 HTML': played(page(404)),
  '409 HTML': played(page(409)),
  '413 HTML': played(page(413)),
  '418 HTML': played(page(418)),
  '451 HTML': played(page(451)),
  '511 HTML': played(page(511)),
  '401, two bare words': played(text(401, 'Auth failed')),
  '409, empty': played(text(409, '')),
  '413, empty': played(text(413, '')),
  '200, a sign-in page': played(page(200)),
  '200, empty': played(text(200, '')),
  '204': played(text(204, '')),
  '302 to a sign-in page': played({ kind: 'redirect', location: '/login', status: 302 }),
  '200, ids of another type': played({
    ...{ kind: 'status', status: 200, when: 'after' },
    body: { id: { n: 1 }, activities: [{ id: true }], athlete: { id: [] } },
  }),
  '200, a list with ids of another type': played({
    ...{ kind: 'status', status: 200, when: 'after' },
    body: [{ id: { n: 1 }, start_date_local: '2026-11-22T00:00:00', category: 'WORKOUT' }],
  }),

  '429, Retry-After 90': slowDown('90'),
  '429, Retry-After a date in 90 s': slowDown('date:90'),
  '429, no Retry-After': played(says(429)),
  '429, Retry-After -5': slowDown('-5'),
  '429, Retry-After soon': slowDown('soon'),
  '429, Retry-After 1e99': slowDown('1e99'),
  '429, Retry-After 0': slowDown('0'),
  '429, Retry-After 10 years': slowDown('315360000'),
  '429, Retry-After the year 9999': slowDown('Fri, 31 Dec 9999 23:59:59 GMT'),
  '429, Retry-After a date in the past': slowDown('date:-3600'),

  '500 JSON': played(says(500)),
  '500 HTML': played(page(500)),
  '502 JSON': played(says(502)),
  '502 HTML': played(page(502)),
  '503 JSON': played(says(503)),
  '503 HTML': played(page(503)),
  '503, Retry-After 90': played({ ...says(503), retryAfter: '90' }),
  '504 JSON': played(says(504)),
  '504 HTML': played(page(504)),

  'connection refused': { kind: 'road', to: 'refused' },
  'name unknown': { kind: 'road', to: 'unknown-name' },
  'reset before the answer': played({ kind: 'cut', at: 'beforeBody' }),
  'reset mid-body': played({ kind: 'cut', at: 'midBody', afterBytes: 1 }),
  'reset after the body, stored': played({ kind: 'cut', at: 'afterStore' }),
  'reset after the body, not stored': played({ kind: 'cut', at: 'midBody', afterBytes: Infinity }),
  'reset mid-answer': played({ kind: 'cut', at: 'midReply' }),
  'no answer, four times': played(
    { kind: 'delay', ms: 86_400_000 },
    { timeouts: { headersMs: 50 }, times: 4 },
  ),
  'an answer that drips': played(
    { kind: 'slowBody', chunkBytes: 1, everyMs: 20 },
    { timeouts: { replyMs: 50 } },
  ),

  'truncated JSON': played({ kind: 'truncatedJson' }),
  'wrong content type': played({ kind: 'contentType', value: 'text/html' }),
  'gzip garbage': played({ kind: 'gzipGarbage' }),
  'JSON of another kind': played({ kind: 'status', status: 200, body: { hello: 1 }, when: 'after' }),
  'no HTTP at all': { kind: 'road', to: 'nonsense' },
  'redirect to another host': { kind: 'road', to: 'other-host' },

  'TLS: expired certificate': { kind: 'road', to: 'expired' },
  "TLS: another host's certificate": { kind: 'road', to: 'wrongHost' },
  'TLS: unknown authority': { kind: 'road', to: 'unknownCa' },
}

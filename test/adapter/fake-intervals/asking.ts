import { afterEach } from 'vitest'
import { startFakeIntervals } from '../../fake-intervals/server.ts'
import type { FakeIntervals, FakeOptions } from '../../fake-intervals/server.ts'
import { buildFit } from '../../helpers/fit-builder.ts'

/** A reply, read to its end. `body` is the JSON, or the text where it is none. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers: Headers
}

const running: FakeIntervals[] = []

/** Starts a stand-in that is stopped after the test. Without limits unless the test gives some. */
export async function startFake(options: FakeOptions = {}): Promise<FakeIntervals> {
  const fake = await startFakeIntervals({ ...options, switches: { perSecond: 0, ...options.switches } })
  running.push(fake)
  return fake
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(fake => fake.close()))
})

/** The Authorization header of an API key. */
export function keyHeader(key: string): string {
  return `Basic ${btoa(`API_KEY:${key}`)}`
}

interface Asking {
  readonly body?: unknown
  readonly auth?: string
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal
}

/** Asks the stand-in as a client does; by default as athlete i200001. JSON unless the body is a form or text. */
export async function ask(
  fake: FakeIntervals,
  method: string,
  path: string,
  how: Asking = {},
): Promise<Answer> {
  const { body } = how
  const isRaw = body instanceof FormData || body instanceof URLSearchParams || typeof body === 'string'
  const reply = await fetch(fake.url + path, {
    method,
    redirect: 'manual',
    headers: {
      'User-Agent': 'Test/1.0',
      Authorization: how.auth ?? keyHeader('key-of-i200001'),
      ...(isRaw || body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...how.headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
    ...(how.signal === undefined ? {} : { signal: how.signal }),
  })
  const text = await reply.text()
  return { status: reply.status, body: parsed(text), headers: reply.headers }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A form with a file in it, as uploads are sent. */
export function formWith(
  bytes: Uint8Array,
  name = 'ride.fit',
  fields: Record<string, string> = {},
): FormData {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  form.append('file', new Blob([Uint8Array.from(bytes)]), name)
  return form
}

interface Sending {
  readonly name?: string
  /** Starts with a question mark. */
  readonly query?: string
  readonly auth?: string
  readonly fields?: Record<string, string>
}

/** Sends a file to the athlete's activities. */
export function upload(fake: FakeIntervals, bytes: Uint8Array, how: Sending = {}): Promise<Answer> {
  const body = formWith(bytes, how.name, how.fields)
  const path = `/api/v1/athlete/0/activities${how.query ?? ''}`
  return ask(fake, 'POST', path, { body, ...(how.auth === undefined ? {} : { auth: how.auth }) })
}

/** A ride of ten minutes that starts then; other starts give other bytes. */
export function ride(startTime = '2026-11-20T06:31:00Z'): Uint8Array {
  return buildFit({ startTime, durationS: 600, recordEveryS: 60 })
}

/** What an upload answers for these activities of i200001. */
export function uploaded(...ids: readonly string[]): unknown {
  const activities = ids.map(id => ({ icu_athlete_id: 'i200001', id }))
  return { icu_athlete_id: 'i200001', id: ids[0] ?? null, activities }
}

import { asArray, asObject } from '../json.ts'
import type { FakeState } from '../state.ts'
import type { Credential, FakeAthlete, JsonObject, LoggedRequest } from '../types.ts'

/** A reply before it is sent, so that a fault can still be played on it. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** A request that was let in: who asks, for which athlete, and with what. */
export interface Call {
  readonly state: FakeState
  readonly credential: Credential
  /** The athlete in the path, or the credential's own where the path names none. */
  readonly athlete: FakeAthlete
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
  readonly log: LoggedRequest
}

/** An error that the service answers as `{"status": n, "error": "..."}`. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** A JSON reply. */
export function json(body: unknown, status = 200): Reply {
  const headers = { 'Content-Type': 'application/json;charset=UTF-8' }
  return { status, headers, body: Buffer.from(JSON.stringify(body)) }
}

/** An application error in the service's own form. */
export function errorReply(status: number, error: string): Reply {
  return json({ status, error }, status)
}

/** What the edge in front of the service sends: a page, not JSON. */
export function edgePage(status: number, title: string): Reply {
  const page = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`
  return { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' }, body: Buffer.from(page) }
}

/** The framework's own answer where no handler was reached (no such route, wrong verb). */
export function frameworkError(at: string, status: number, error: string, path: string): Reply {
  return json({ timestamp: at, status, error, path }, status)
}

/** A download with a file name. */
export function fileReply(body: Buffer, contentType: string, fileName: string): Reply {
  // Quotes and line ends would break the header; what is not Latin-1 goes in the extended form only.
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\]/g, '_')
  const disposition = `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(fileName)}`
  return { status: 200, headers: { 'Content-Type': contentType, 'Content-Disposition': disposition }, body }
}

function parseBody(call: Call): unknown {
  if (call.body.length === 0) throw new ApiError(400, 'Required request body is missing')
  try {
    return JSON.parse(call.body.toString('utf8'))
  } catch {
    throw new ApiError(400, 'Required request body is missing')
  }
}

/** The body as a JSON object. Throws ApiError 400 for anything else. */
export function bodyObject(call: Call): JsonObject {
  const object = asObject(parseBody(call))
  if (object === null) throw new ApiError(400, 'Required request body is missing')
  return object
}

/** The body as an array of JSON objects. Throws ApiError 400 for anything else. */
export function bodyObjects(call: Call): readonly JsonObject[] {
  const list = asArray(parseBody(call))?.map(asObject)
  if (list === undefined || list.includes(null)) throw new ApiError(400, 'Required request body is missing')
  return list.filter(item => item !== null)
}

/** A query parameter that must be there. Throws ApiError 422, as the service does. */
export function requiredQuery(call: Call, name: string): string {
  const value = call.query.get(name)
  if (value === null || value === '') {
    throw new ApiError(
      422,
      `Required request parameter '${name}' for method parameter type String is not present`,
    )
  }
  return value
}

/** A whole number in the query, or null. Throws ApiError 500 for a wrong type, as the service does. */
export function intQuery(call: Call, name: string): number | null {
  const value = call.query.get(name)
  if (value === null || value === '') return null
  return wholeNumber(value)
}

/** Reads an int32 the way the service's framework does: what is none is a 500. */
export function wholeNumber(value: string): number {
  if (/^-?\d{1,10}$/.test(value)) return Number(value)
  const type = 'org.springframework.web.method.annotation.MethodArgumentTypeMismatchException'
  throw new ApiError(
    500,
    `${type}: Failed to convert value of type 'java.lang.String' to required type 'int'; ` +
      `nested exception is java.lang.NumberFormatException: For input string: "${value}"`,
  )
}

/** A list parameter: comma separated, repeated, or both. */
export function listQuery(call: Call, name: string): readonly string[] {
  return call.query
    .getAll(name)
    .flatMap(value => value.split(','))
    .filter(value => value !== '')
}

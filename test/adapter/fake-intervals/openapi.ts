import { existsSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import type { AnySchema } from 'ajv'
import { asArray, asObject, asText, without } from '../../fake-intervals/json.ts'

// Checks the stand-in against the service's own OpenAPI document, where that is at hand.
export const folder = '../shared/intervals'
/** Are the service's documents not at hand? Then there is nothing to check against. */
export const isAbsent = !existsSync(`${folder}/openapi.json`)

/** One JSON file of the service's documents. */
export const read = (path: string): unknown => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'))
/** The value at that path inside a JSON document. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((inner, name) => asObject(inner)?.[name], value)

/** The OpenAPI document; empty when it is absent. */
export const document: unknown = isAbsent ? {} : read('openapi.json')

/** In real replies but not in the document. */
const undocumented: Readonly<Record<string, readonly string[]>> = {
  Event: ['plan_name', 'paired_activity_id', 'workout_filename', 'workout_file_base64'],
}

/**
 * OpenAPI 3.0 as JSON Schema: every property may be null (the document marks nothing as required or nullable, and real
 * replies hold nulls), number formats are not checked, and an object may hold only the properties that are documented.
 */
function schemaFrom(value: unknown, name: string | null = null): unknown {
  const list = asArray(value)
  if (list !== null) return list.map(item => schemaFrom(item))
  const object = asObject(value)
  if (object === null) return value
  const reference = asText(object['$ref'])
  if (reference !== null) return { $ref: reference.replace('#/components/schemas/', '#/$defs/') }
  const properties = object['properties']
  const rest = without(object, 'format', 'properties')
  const known = asObject(properties)
  // Nothing is required, so one reply may fit several of "one of": any is enough.
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, item]) => [
      key === 'oneOf' ? 'anyOf' : key,
      key === 'enum' ? item : schemaFrom(item),
    ]),
  )
  // A map of objects is how the document says "anything".
  if (at(object, 'additionalProperties', 'type') === 'object') inner['additionalProperties'] = true
  if (known === null) return inner
  const extras = (undocumented[name ?? ''] ?? []).map(extra => [extra, true])
  const own = Object.entries(known).map(([key, item]) => [
    key,
    { anyOf: [schemaFrom(item), { type: 'null' }] },
  ])
  return {
    ...inner,
    properties: Object.fromEntries([...own, ...extras]) as unknown,
    additionalProperties: false,
  }
}

const definitions = Object.fromEntries(
  Object.entries(asObject(at(document, 'components', 'schemas')) ?? {}).map(([name, value]) => [
    name,
    schemaFrom(value, name),
  ]),
)
const ajv = new Ajv({ strict: false, allErrors: true })

/** What is wrong with a reply by the schema of that operation; empty when nothing is. */
export function faultsOf(method: string, path: string, body: unknown): readonly string[] {
  const replies = at(document, 'paths', path, method.toLowerCase(), 'responses')
  const reply = at(replies, '200') ?? at(replies, 'default')
  const schema = at(reply, 'content', '*/*', 'schema')
  if (schema === undefined) return [`${method} ${path} has no documented reply`]
  return faultsAgainst(schema, body)
}

/** What is wrong with a value by a schema of the document; empty when nothing is. */
export function faultsAgainst(schema: unknown, body: unknown): readonly string[] {
  // Built above from a JSON document, so it is a schema object.
  const whole = { $defs: definitions, ...(schemaFrom(schema) as object) } as AnySchema
  const validate = ajv.compile(whole)
  if (validate(body) === true) return []
  return (validate.errors ?? []).map(
    error => `${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
  )
}

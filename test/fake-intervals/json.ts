import type { JsonObject } from './types.ts'

/** An object, or null for everything else (arrays too). */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

/** The elements, or null where it is not an array. */
export function asArray(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? (value as readonly unknown[]) : null
}

/** A text, or null. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** A finite number, or null. */
export function asNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** The same object without these fields. */
export function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
}

/** Only the named fields, and of them only those that are not null: what `fields=` does. */
export function pickFields(object: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(
    fields.filter(name => (object[name] ?? null) !== null).map(name => [name, object[name]]),
  )
}

import { AppError } from './app-error.ts'

/*
 * Typed reads of settings.json. What is not as it should be throws `settings-damaged`.
 */

export type Fields = Readonly<Record<string, unknown>>

export function wrong(what: string): never {
  throw new AppError('settings-damaged', `settings.json: ${what}`, 'give-up')
}

export function fields(value: unknown, what: string): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields) // an object has string keys
    : wrong(`${what} is not an object`)
}

export function text(from: Fields, key: string): string {
  const value = from[key]
  return typeof value === 'string' ? value : wrong(`${key} is not a text`)
}

export function number(from: Fields, key: string): number {
  const value = from[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : wrong(`${key} is not a number`)
}

export function wholeNumber(from: Fields, key: string, least: number, most: number): number {
  const value = number(from, key)
  return Number.isInteger(value) && value >= least && value <= most
    ? value
    : wrong(`${key} is not a whole number from ${least} to ${most}`)
}

/** An instant that can be compared: a date nobody can read would silently lie outside every range. */
export function moment(from: Fields, key: string): string {
  const value = text(from, key)
  return Number.isNaN(Date.parse(value)) ? wrong(`${key} is not a date`) : value
}

export function flag(from: Fields, key: string): boolean {
  const value = from[key]
  return typeof value === 'boolean' ? value : wrong(`${key} is not true or false`)
}

export function list<T>(value: unknown, what: string, parse: (item: unknown) => T): readonly T[] {
  return Array.isArray(value) ? value.map(parse) : wrong(`${what} is not a list`)
}

/** One of the words given. */
export function oneOf<T extends string>(from: Fields, key: string, words: readonly T[]): T {
  return words.find(word => word === from[key]) ?? wrong(`${key} is none of: ${words.join(', ')}`)
}

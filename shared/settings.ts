import { AppError } from './app-error.ts'

/** Which rides that were already in a folder go up: none, all, or those that start at or after an instant (ISO, UTC). */
export type Backfill =
  { readonly kind: 'none' } | { readonly kind: 'all' } | { readonly kind: 'since'; readonly at: string }

/** What to do when another source has sent the same ride. Only `upload` is built; the others come with the window. */
export type SameRidePolicy = 'upload'

export interface Source {
  readonly id: string
  readonly name: string
  /** Absolute, as the user gave it. */
  readonly folder: string
  readonly backfill: Backfill
  /** When the baseline was taken, ISO UTC. */
  readonly baselineAt: string
  readonly isPaused: boolean
  readonly sameRide: SameRidePolicy
}

export type TrainerFormat = 'zwo' | 'fit' | 'mrc' | 'erg'

export interface Trainer {
  readonly id: string
  readonly name: string
  /** Absolute, as the user gave it. */
  readonly folder: string
  readonly format: TrainerFormat
  /** Today and the days-1 after it. */
  readonly days: number
  /** Null for every sport. */
  readonly sports: readonly string[] | null
  readonly kind: 'library' | 'inbox'
  readonly isPaused: boolean
}

/** Whose home this is: the service's origin and the athlete, bound at the first connect. */
export interface BoundAccount {
  readonly origin: string
  readonly athleteId: string
  readonly name: string | null
}

export interface Settings {
  readonly version: 1
  /** Random, made once: names this home's keychain entry. */
  readonly homeId: string
  readonly account: BoundAccount | null
  /** The number the next source or trainer gets. Ids are never used twice. */
  readonly nextId: number
  readonly sources: readonly Source[]
  readonly trainers: readonly Trainer[]
  /** Below either, nothing more is archived or sent. */
  readonly keepFree: { readonly bytes: number; readonly percent: number }
}

export const settingsVersion = 1

export function newSettings(homeId: string): Settings {
  return {
    version: settingsVersion,
    homeId,
    account: null,
    nextId: 1,
    sources: [],
    trainers: [],
    keepFree: { bytes: 1_000_000_000, percent: 5 },
  }
}

type Fields = Readonly<Record<string, unknown>>

function wrong(what: string): never {
  throw new AppError('settings-damaged', `settings.json: ${what}`, 'give-up')
}

function fields(value: unknown, what: string): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields) // an object has string keys
    : wrong(`${what} is not an object`)
}

function text(from: Fields, key: string): string {
  const value = from[key]
  return typeof value === 'string' ? value : wrong(`${key} is not a text`)
}

function number(from: Fields, key: string): number {
  const value = from[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : wrong(`${key} is not a number`)
}

function wholeNumber(from: Fields, key: string, least: number, most: number): number {
  const value = number(from, key)
  return Number.isInteger(value) && value >= least && value <= most
    ? value
    : wrong(`${key} is not a whole number from ${least} to ${most}`)
}

/** An instant that can be compared: a date nobody can read would silently lie outside every range. */
function moment(from: Fields, key: string): string {
  const value = text(from, key)
  return Number.isNaN(Date.parse(value)) ? wrong(`${key} is not a date`) : value
}

function flag(from: Fields, key: string): boolean {
  const value = from[key]
  return typeof value === 'boolean' ? value : wrong(`${key} is not true or false`)
}

function list<T>(value: unknown, what: string, parse: (item: unknown) => T): readonly T[] {
  return Array.isArray(value) ? value.map(parse) : wrong(`${what} is not a list`)
}

function parseBackfill(value: unknown): Backfill {
  const from = fields(value, 'backfill')
  switch (from['kind']) {
    case 'none':
      return { kind: 'none' }
    case 'all':
      return { kind: 'all' }
    case 'since':
      return { kind: 'since', at: moment(from, 'at') }
    default:
      return wrong('backfill has an unknown kind')
  }
}

function parseSource(value: unknown): Source {
  const from = fields(value, 'a source')
  return {
    id: text(from, 'id'),
    name: text(from, 'name'),
    folder: text(from, 'folder'),
    backfill: parseBackfill(from['backfill']),
    baselineAt: moment(from, 'baselineAt'),
    isPaused: flag(from, 'isPaused'),
    sameRide: 'upload',
  }
}

const trainerFormats: readonly TrainerFormat[] = ['zwo', 'fit', 'mrc', 'erg']

export function isTrainerFormat(value: unknown): value is TrainerFormat {
  return trainerFormats.some(format => format === value)
}

function parseTrainer(value: unknown): Trainer {
  const from = fields(value, 'a trainer')
  const format = from['format']
  const sports = from['sports']
  return {
    id: text(from, 'id'),
    name: text(from, 'name'),
    folder: text(from, 'folder'),
    format: isTrainerFormat(format) ? format : wrong('a trainer has an unknown format'),
    days: wholeNumber(from, 'days', 0, 28),
    sports:
      sports === null
        ? null
        : list(sports, 'sports', sport =>
            typeof sport === 'string' ? sport : wrong('a sport is not a text'),
          ),
    kind:
      from['kind'] === 'inbox' || from['kind'] === 'library'
        ? from['kind']
        : wrong('a trainer has an unknown kind'),
    isPaused: flag(from, 'isPaused'),
  }
}

function parseAccount(value: unknown): BoundAccount | null {
  if (value === null) return null
  const from = fields(value, 'account')
  const name = from['name']
  return {
    origin: text(from, 'origin'),
    athleteId: text(from, 'athleteId'),
    name: typeof name === 'string' ? name : null,
  }
}

/** Reads settings.json's content. Throws AppError `settings-damaged` or `settings-newer`. */
export function parseSettings(content: string): Settings {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (error) {
    throw new AppError('settings-damaged', 'settings.json is not JSON', 'give-up', { cause: error })
  }
  const from = fields(value, 'the file')
  const version = number(from, 'version')
  if (version > settingsVersion) {
    throw new AppError('settings-newer', `settings.json has version ${version}`, 'give-up')
  }
  if (version !== settingsVersion) wrong(`there is no version ${version}`)
  const keepFree = fields(from['keepFree'], 'keepFree')
  return {
    version: settingsVersion,
    homeId: text(from, 'homeId'),
    account: parseAccount(from['account']),
    nextId: wholeNumber(from, 'nextId', 1, Number.MAX_SAFE_INTEGER),
    sources: list(from['sources'], 'sources', parseSource),
    trainers: list(from['trainers'], 'trainers', parseTrainer),
    keepFree: { bytes: number(keepFree, 'bytes'), percent: number(keepFree, 'percent') },
  }
}

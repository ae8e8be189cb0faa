import { AppError } from './app-error.ts'
import { parsePause, parsePreferences } from './parse-preferences.ts'
import { defaultPreferences, type Pause, type Preferences } from './preferences.ts'
import { fields, flag, list, moment, number, oneOf, text, wholeNumber, wrong } from './settings-fields.ts'

/** Which rides that were already in a folder go up: none, all, or those that start at or after an instant (ISO, UTC). */
export type Backfill =
  { readonly kind: 'none' } | { readonly kind: 'all' } | { readonly kind: 'since'; readonly at: string }

/**
 * What to do when an activity that Musette did not make covers the same ride: send it all the same (the service still
 * drops equal files), ask the user, or leave it.
 */
export type SameRidePolicy = 'upload' | 'ask' | 'skip'

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
  readonly preferences: Preferences
  readonly pause: Pause
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
    preferences: defaultPreferences,
    pause: { kind: 'none' },
  }
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

const sameRidePolicies: readonly SameRidePolicy[] = ['upload', 'ask', 'skip']

function parseSource(value: unknown): Source {
  const from = fields(value, 'a source')
  return {
    id: text(from, 'id'),
    name: text(from, 'name'),
    folder: text(from, 'folder'),
    backfill: parseBackfill(from['backfill']),
    baselineAt: moment(from, 'baselineAt'),
    isPaused: flag(from, 'isPaused'),
    sameRide: from['sameRide'] === undefined ? 'upload' : oneOf(from, 'sameRide', sameRidePolicies),
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
    preferences: parsePreferences(from['preferences']),
    pause: parsePause(from['pause']),
  }
}

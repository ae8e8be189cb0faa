import { AppError } from './app-error.ts'
import type { FileAction } from './app-snapshot.ts'
import type { RequestName, Requests } from './ipc-contract.ts'
import type { PauseChoice, Preferences } from './preferences.ts'
import { isTrainerFormat } from './settings.ts'
import { isActivityState } from './states.ts'
import type {
  FileFilter,
  FileQuery,
  FileSelection,
  SourceChange,
  SystemPage,
  TrainerChange,
  WantedSource,
  WantedTrainerFolder,
} from './window-data.ts'

/*
 * One parser a request: what comes from a window is read before any handler sees it. Each throws `bad-usage`.
 */

type Fields = Readonly<Record<string, unknown>>
type Parse<F extends (...args: never[]) => unknown> = (raw: readonly unknown[]) => Parameters<F>

/** No path, name or key comes near it. */
const longestText = 4096
const mostIds = 10_000

function bad(what: string): never {
  throw new AppError('bad-usage', `a request is malformed: ${what}`, 'give-up')
}

function fields(raw: unknown, what: string): Fields {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
    ? (raw as Fields) // an object has string keys
    : bad(what)
}

function text(raw: unknown, what: string): string {
  return typeof raw === 'string' && raw.length <= longestText ? raw : bad(what)
}

function flag(raw: unknown, what: string): boolean {
  return typeof raw === 'boolean' ? raw : bad(what)
}

function wholeNumber(raw: unknown, what: string, least: number, most: number): number {
  return typeof raw === 'number' && Number.isInteger(raw) && raw >= least && raw <= most ? raw : bad(what)
}

function orNull<T>(raw: unknown, parse: (value: unknown) => T): T | null {
  return raw === null ? null : parse(raw)
}

function list<T>(raw: unknown, what: string, most: number, parse: (value: unknown) => T): readonly T[] {
  // Not `map`, which passes over holes: a message between threads may carry some.
  return Array.isArray(raw) && raw.length <= most ? Array.from(raw, value => parse(value)) : bad(what)
}

function oneOf<T extends string>(raw: unknown, what: string, words: readonly T[]): T {
  return words.find(word => word === raw) ?? bad(what)
}

/** Reads each named field where it is given, and refuses names that are not known. */
function partial<T>(
  raw: unknown,
  what: string,
  parsers: { readonly [K in keyof T]-?: (value: unknown) => T[K] },
): Partial<T> {
  const from = fields(raw, what)
  const entries = Object.entries(from).map(([key, value]) => {
    if (!Object.hasOwn(parsers, key)) return bad(`${what}.${key}`)
    return [key, parsers[key as keyof T](value)] // just found to be one
  })
  return Object.fromEntries(entries) as Partial<T> // each value went through its own parser
}

const date = (raw: unknown): string => {
  const value = text(raw, 'date')
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : bad('date')
}

const instant = (raw: unknown): string => {
  const value = text(raw, 'instant')
  return Number.isNaN(Date.parse(value)) ? bad('instant') : value
}

const state = (raw: unknown) => {
  const value = text(raw, 'state')
  return isActivityState(value) ? value : bad('state')
}

function fileFilter(raw: unknown): FileFilter {
  const from = fields(raw, 'filter')
  return {
    text: text(from['text'], 'text'),
    states: list(from['states'], 'states', 20, state),
    sourceId: orNull(from['sourceId'], value => text(value, 'sourceId')),
    sport: orNull(from['sport'], value => text(value, 'sport')),
    from: orNull(from['from'], date),
    to: orNull(from['to'], date),
  }
}

function fileQuery(raw: unknown): FileQuery {
  const from = fields(raw, 'query')
  return {
    ...fileFilter(raw),
    offset: wholeNumber(from['offset'], 'offset', 0, Number.MAX_SAFE_INTEGER),
    limit: wholeNumber(from['limit'], 'limit', 1, 500),
  }
}

function fileId(raw: unknown): number {
  return wholeNumber(raw, 'file id', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
}

function fileSelection(raw: unknown): FileSelection {
  const from = fields(raw, 'selection')
  return oneOf(from['kind'], 'selection', ['ids', 'matching']) === 'ids'
    ? { kind: 'ids', ids: list(from['ids'], 'ids', mostIds, fileId) }
    : { kind: 'matching', filter: fileFilter(from['filter']) }
}

function backfill(raw: unknown): WantedSource['backfill'] {
  const from = fields(raw, 'backfill')
  const kind = oneOf(from['kind'], 'backfill', ['none', 'all', 'days'])
  return kind === 'days' ? { kind, days: wholeNumber(from['days'], 'days', 1, 36_500) } : { kind }
}

const name = (raw: unknown): string => {
  const value = text(raw, 'name').trim()
  return value !== '' && value.length <= 200 ? value : bad('name')
}
const days = (raw: unknown): number => wholeNumber(raw, 'days', 0, 28)
const sports = (raw: unknown): readonly string[] | null =>
  orNull(raw, value => list(value, 'sports', 100, sport => text(sport, 'sport')))
const sourceChange = (raw: unknown): SourceChange =>
  partial<Required<SourceChange>>(raw, 'change', {
    name,
    isPaused: value => flag(value, 'isPaused'),
    sameRide: value => oneOf(value, 'sameRide', ['upload', 'ask', 'skip']),
  })
const trainerChange = (raw: unknown): TrainerChange =>
  partial<Required<TrainerChange>>(raw, 'change', {
    name,
    isPaused: value => flag(value, 'isPaused'),
    days,
    sports,
  })
const preferences = (raw: unknown): Partial<Preferences> =>
  partial<Preferences>(raw, 'preferences', {
    theme: value => oneOf(value, 'theme', ['system', 'light', 'dark']),
    notifications: value => oneOf(value, 'notifications', ['all', 'needsYou', 'none']),
    snoozedUntil: value => orNull(value, instant),
    units: value => oneOf(value, 'units', ['auto', 'metric', 'imperial']),
    isFirstRunDone: value => flag(value, 'isFirstRunDone'),
    isCloseHintShown: value => flag(value, 'isCloseHintShown'),
    limits: value =>
      orNull(value, limits => {
        const from = fields(limits, 'limits')
        const number = (key: string): number => wholeNumber(from[key], key, 0, 1_000_000)
        return { perSecond: number('perSecond'), per15Min: number('per15Min'), perDay: number('perDay') }
      }),
  })

const none = (): [] => []
const id = (raw: unknown): string => text(raw, 'id')
const fileActions: readonly FileAction[] = ['retry', 'ignore', 'uploadAnyway']
const pauses: readonly PauseChoice[] = ['hour', 'tomorrow', 'untilResumed']
const systemPages: readonly SystemPage[] = ['privacySettings', 'notificationSettings', 'logFolder']

function wantedSource(raw: unknown): WantedSource {
  const from = fields(raw, 'source')
  return {
    folder: text(from['folder'], 'folder'),
    name: orNull(from['name'], name),
    backfill: backfill(from['backfill']),
  }
}

function wantedTrainer(raw: unknown): WantedTrainerFolder {
  const from = fields(raw, 'trainer')
  const format = from['format']
  return {
    folder: text(from['folder'], 'folder'),
    name: orNull(from['name'], name),
    format: isTrainerFormat(format) ? format : bad('format'),
    days: days(from['days']),
    sports: sports(from['sports']),
  }
}

function keepFree(raw: unknown): { readonly bytes: number; readonly percent: number } {
  const from = fields(raw, 'keepFree')
  return {
    bytes: wholeNumber(from['bytes'], 'bytes', 0, 1e15),
    percent: wholeNumber(from['percent'], 'percent', 0, 50),
  }
}

const parsers: { readonly [K in RequestName]: Parse<Requests[K]> } = {
  getSnapshot: none,
  connect: ([key]) => [text(key, 'key')],
  disconnect: none,
  unlock: none,
  syncNow: none,
  pause: ([choice]) => [oneOf(choice, 'pause', pauses)],
  resume: none,
  discoverFolders: none,
  previewFolder: ([folder]) => [text(folder, 'folder')],
  chooseFolder: ([purpose]) => [oneOf(purpose, 'purpose', ['source', 'trainer'])],
  addSource: ([wanted]) => [wantedSource(wanted)],
  changeSource: ([sourceId, change]) => [id(sourceId), sourceChange(change)],
  removeSource: ([sourceId]) => [id(sourceId)],
  addTrainer: ([wanted]) => [wantedTrainer(wanted)],
  changeTrainer: ([trainerId, change]) => [id(trainerId), trainerChange(change)],
  removeTrainer: ([trainerId]) => [id(trainerId)],
  showFolder: ([folderId]) => [id(folderId)],
  listFiles: ([query]) => [fileQuery(query)],
  getFileStory: ([file]) => [fileId(file)],
  actOnFiles: ([action, selection]) => [oneOf(action, 'action', fileActions), fileSelection(selection)],
  showFile: ([file]) => [fileId(file)],
  listWorkouts: none,
  changePreferences: ([change]) => [preferences(change)],
  changeKeepFree: ([wanted]) => [keepFree(wanted)],
  setStartAtLogin: ([isOn]) => [flag(isOn, 'isOn')],
  openSystemPage: ([page]) => [oneOf(page, 'page', systemPages)],
  examine: none,
  readLog: ([limit]) => [wholeNumber(limit, 'limit', 1, 5000)],
  saveDiagnostics: none,
  quit: none,
}

/** Every request there is, by name. */
export const windowRequestNames = Object.keys(parsers) as readonly RequestName[] // exactly the keys above

export function isWindowRequest(name: string): name is RequestName {
  return Object.hasOwn(parsers, name)
}

/** Reads the arguments of a window's request, no more and no fewer than it has. Throws `bad-usage`. */
export function parseArgs<K extends RequestName>(name: K, raw: unknown): Parameters<Requests[K]> {
  const given: readonly unknown[] = Array.isArray(raw) ? raw : bad('no list of arguments')
  const read = parsers[name](given)
  // A window that says more than it is heard to say belongs to another build.
  return given.length > read.length ? bad('too many arguments') : read
}

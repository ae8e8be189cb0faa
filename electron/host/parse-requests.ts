import { AppError } from '../../shared/app-error.ts'
import { isTrainerFormat, type Backfill } from '../../shared/settings.ts'
import type { Credential } from '../intervals/credential.ts'
import type { EngineRequestName, EngineRequests, FileName } from './engine-requests.ts'
import { windowAskParsers } from './parse-window-asks.ts'

type Fields = Readonly<Record<string, unknown>>
type Parsers = { readonly [K in EngineRequestName]: (raw: unknown) => EngineRequests[K]['args'] }

const bad = (what: string): never => {
  throw new AppError('bad-usage', `a request is malformed: ${what}`, 'give-up')
}

function fieldsOf(raw: unknown): Fields {
  return typeof raw === 'object' && raw !== null ? (raw as Fields) : bad('no fields')
}

function text(from: Fields, key: string): string {
  const value = from[key]
  return typeof value === 'string' ? value : bad(key)
}

function textOrNull(from: Fields, key: string): string | null {
  return from[key] === null ? null : text(from, key)
}

function backfill(raw: unknown): Backfill {
  const from = fieldsOf(raw)
  const kind = text(from, 'kind')
  if (kind === 'none' || kind === 'all') return { kind }
  return kind === 'since' ? { kind, at: text(from, 'at') } : bad('backfill')
}

function credential(raw: unknown): Credential {
  const from = fieldsOf(raw)
  const kind = text(from, 'kind')
  if (kind === 'apiKey') return { kind, key: text(from, 'key') }
  return kind === 'bearer' ? { kind, token: text(from, 'token') } : bad('credential')
}

function sports(raw: unknown): readonly string[] | null {
  if (raw === null) return null
  if (!Array.isArray(raw)) return bad('sports')
  return raw.map((sport: unknown) => (typeof sport === 'string' ? sport : bad('sports')))
}

function fileName(raw: unknown): FileName {
  const from = fieldsOf(raw)
  return { name: text(from, 'name'), workingFolder: text(from, 'workingFolder') }
}

const nothing = (): null => null
const onlyId = (raw: unknown): { id: string } => ({ id: text(fieldsOf(raw), 'id') })

/** One parser a request: what comes over a socket is read before any handler sees it. */
const parsers: Parsers = {
  sync: nothing,
  status: nothing,
  wake: nothing,
  verify: raw => ({ credential: credential(fieldsOf(raw)['credential']) }),
  useCredential: raw => {
    const from = fieldsOf(raw)
    const account = from['account'] === null ? null : fieldsOf(from['account'])
    return {
      credential: from['credential'] === null ? null : credential(from['credential']),
      account:
        account === null
          ? null
          : { id: text(account, 'id'), name: textOrNull(account, 'name'), connections: [] },
    }
  },
  addSource: raw => {
    const from = fieldsOf(raw)
    return {
      folder: text(from, 'folder'),
      backfill: backfill(from['backfill']),
      name: textOrNull(from, 'name'),
    }
  },
  removeSource: onlyId,
  pauseSource: raw => {
    const { isPaused } = fieldsOf(raw)
    return { ...onlyId(raw), isPaused: typeof isPaused === 'boolean' ? isPaused : bad('isPaused') }
  },
  addTrainer: raw => {
    const from = fieldsOf(raw)
    const format = from['format']
    const days = from['days']
    return {
      folder: text(from, 'folder'),
      format: isTrainerFormat(format) ? format : bad('format'),
      days:
        typeof days === 'number' && Number.isInteger(days) && days >= 0 && days <= 28 ? days : bad('days'),
      sports: sports(from['sports']),
      name: textOrNull(from, 'name'),
    }
  },
  removeTrainer: onlyId,
  retryFile: fileName,
  ignoreFile: fileName,
  uploadAnyway: fileName,
  ...windowAskParsers,
}

export function isRequestName(name: string): name is EngineRequestName {
  return Object.hasOwn(parsers, name)
}

/** Reads the arguments of a request that came from another process. Throws `bad-usage`. */
export function parseRequest<K extends EngineRequestName>(name: K, raw: unknown): EngineRequests[K]['args'] {
  return parsers[name](raw)
}

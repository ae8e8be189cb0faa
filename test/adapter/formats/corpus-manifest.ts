import { expect } from 'vitest'
import type { ActivityFacts } from '../../../electron/formats/proof.ts'

/** What the corpus' manifest says of one file, as far as the readers can be checked against it. */
export interface CorpusFile {
  readonly file: string
  readonly sha256: string
  readonly format: string
  readonly verdict: string
  readonly originalName: string
  readonly reasons: readonly string[]
  /** Of an archive whose entries are listed; else null. */
  readonly activitiesInside: number | null
  readonly sessions: readonly CorpusSession[]
  readonly firstTime: string | null
  readonly lastTime: string | null
  readonly tcxActivities: number | null
  readonly tcxSports: readonly string[]
}

interface CorpusSession {
  readonly start: string | null
  readonly elapsedS: number | null
  readonly distanceM: number | null
  readonly sport: string | null
}

/** Reads the manifest. Throws for one that is not of the shape its notes describe. */
export function readCorpus(json: string): readonly CorpusFile[] {
  return list(record(JSON.parse(json))['files']).map(entry => {
    const file = record(entry)
    const expected = record(file['expected'])
    return {
      file: text(file['file']),
      sha256: text(file['sha256']),
      format: text(file['format']),
      verdict: text(file['verdict']),
      originalName: text(file['original_name']),
      reasons: list(file['reasons']).map(text),
      activitiesInside: numberOrNull(expected['activities_inside']),
      sessions: list(expected['sessions'] ?? []).map(session),
      firstTime: textOrNull(expected['first_time']),
      lastTime: textOrNull(expected['last_time']),
      tcxActivities: file['format'] === 'tcx' ? numberOrNull(expected['activities']) : null,
      tcxSports: list(expected['sports'] ?? []).map(text),
    }
  })
}

type Kind = 'activity' | 'notActivity' | 'incomplete' | 'damaged'
const faulty: readonly Kind[] = ['incomplete', 'damaged']

/** Which answers fit a verdict. */
export function wantedKinds({ format, verdict, reasons }: CorpusFile): readonly Kind[] {
  if (format === 'zwo' || format === 'erg' || format === 'mrc') return ['notActivity', 'damaged']
  if (verdict === 'valid_xml_bad_coordinates') return ['activity', ...faulty]
  // Writers in the field make these two faults, and what they wrote is a ride all the same.
  const isLenient = reasons.every(reason => /unbound prefix|declaration not at start/.test(reason))
  if (verdict === 'malformed_xml') return isLenient ? ['activity'] : faulty
  if (/^valid_activity|^archive_with_/.test(verdict)) return ['activity']
  if (/^(?:valid_non_activity|valid_untimed_track|archive_without_activity|not_activity_file)$/.test(verdict))
    return ['notActivity']
  if (/^(?:damaged.*|not_fit|empty|valid_fit_type_missing)$/.test(verdict)) return faulty
  throw new Error(`a verdict the notes do not describe: ${verdict}`)
}

/** The facts that must be found, where the manifest has them. */
export function wantedFacts(file: CorpusFile): Partial<ActivityFacts> {
  if (file.format === 'fit') return fitFacts(file.sessions)
  const first = sensible(file.firstTime)
  const last = sensible(file.lastTime)
  const isInOrder = first !== null && last !== null && first <= last
  const start = isInOrder ? { startTime: new Date(first).toISOString(), startTimeMissing: null } : {}
  if (file.format !== 'tcx') return { ...start, sessions: 1 }
  if (file.tcxActivities === null) return start
  return { ...start, sessions: file.tcxActivities, sport: tcxSport(file.tcxSports) }
}

/** The least a TCX or GPX must last, in seconds: points out of order can only make it longer. 0 where nothing is known. */
export function leastDurationS(file: CorpusFile): number {
  const first = sensible(file.firstTime)
  const last = sensible(file.lastTime)
  // Activities of one file may lie years apart: what lies between is no part of them.
  return first === null || last === null || (file.tcxActivities ?? 1) > 1 ? 0 : (last - first) / 1000
}

function fitFacts(sessions: readonly CorpusSession[]): Partial<ActivityFacts> {
  if (sessions.length === 0) return { sessions: 1 }
  const starts = sessions.flatMap(one => one.start ?? []).sort()
  const sports = new Set(sessions.map(one => one.sport))
  const sum = (values: readonly (number | null)[]) => values.reduce<number>((all, one) => all + (one ?? 0), 0)
  const metres = sessions.map(one => one.distanceM)
  return {
    startTime: starts[0]?.replace('Z', '.000Z') ?? null,
    durationS: closeTo(sum(sessions.map(one => one.elapsedS))),
    sport: sports.size > 1 ? 'multisport' : (sessions[0]?.sport ?? null),
    sessions: sessions.length,
    ...(metres.includes(null) ? {} : { distanceM: closeTo(sum(metres)) }),
  }
}

/** Sums of hundredths, compared without their last binary digits. */
function closeTo(value: number): number {
  const matcher: unknown = expect.closeTo(value, 2)
  return matcher as number // stands in for the number inside toMatchObject
}

function tcxSport(names: readonly string[]): string | null {
  const words = new Map([
    ['Biking', 'cycling'],
    ['Running', 'running'],
  ])
  const known = new Set(names.flatMap(name => words.get(name) ?? []))
  return known.size > 1 ? 'multisport' : ([...known][0] ?? null)
}

/** Ms since 1970; null for no time and for one that no ride can have. A time without an offset is UTC. */
function sensible(time: string | null): number | null {
  if (time === null) return null
  const trimmed = time.trim()
  const ms = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(trimmed) ? trimmed : `${trimmed}Z`)
  return ms > Date.UTC(1990, 0, 1) && ms < Date.UTC(2100, 0, 1) ? ms : null
}

function session(value: unknown): CorpusSession {
  const one = record(value)
  return {
    start: textOrNull(one['start_time']),
    elapsedS: numberOrNull(one['total_elapsed_time']),
    distanceM: numberOrNull(one['total_distance_m']),
    sport: textOrNull(one['sport']),
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new TypeError('an object is expected')
  return Object.fromEntries(Object.entries(value))
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('a list is expected')
  return value
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('a text is expected')
  return value
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

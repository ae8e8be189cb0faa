import { reason } from '../../shared/reasons.ts'
import type { ActivityState } from '../../shared/states.ts'
import { hourMs, nowMs, type EngineHome } from './engine-home.ts'

export interface Inside {
  readonly state: ActivityState
  /** False for something that is no recording of the ledger. */
  readonly isRide?: boolean
}

let serial = 0

/** Writes a file with these contents straight into the ledger and answers its id. */
export function seedFile(
  home: EngineHome,
  name: string,
  inside: readonly Inside[],
  file: {
    state?: ActivityState
    isExamined?: boolean
    isArchive?: boolean
    source?: string
    atMs?: number
  } = {},
): number {
  const { ledger } = home.parts
  const atMs = file.atMs ?? nowMs - hourMs
  const stat = { kind: 'file' as const, size: 10, mtimeMs: atMs, ctimeMs: 1, identity: '1:1' }
  const source = file.source ?? 's1'
  const row = ledger.files.insert(source, home.folder(name), stat, 'new', nowMs, reason('not-looked-at'))
  const contents = inside.map(({ state, isRide = true }, position) => {
    serial += 1
    const sha256 = serial.toString(16).padStart(64, '0')
    const why = reason(state === 'queued' ? 'new-ride' : 'sent')
    if (isRide) {
      ledger.recordings.insert(
        {
          ...{
            sha256,
            format: 'fit',
            bytes: 10,
            baseName: name,
            sourceId: source,
            origin: 'new',
            isArchived: true,
          },
          facts: {
            ...{ startTime: null, startTimeMissing: null, durationS: 60, distanceM: 500, sport: 'cycling' },
            ...{ subSport: null, device: null, sessions: 1 },
          },
          ...{ state, reason: why },
        },
        nowMs,
      )
    }
    // The content's own word is older than its recording's, which counts.
    const own = isRide ? { state: 'queued' as const, reason: reason('new-ride') } : { state, reason: why }
    const entry = file.isArchive === true ? `${String(position)}.fit` : null
    return { position, entry, sha256: isRide ? sha256 : null, bytes: 10, ...own }
  })
  ledger.files.setContents(row.id, contents)
  ledger.files.setState(row.id, {
    ...{ state: file.state ?? 'waiting', reason: reason('settling'), checkAtMs: null },
    ...{ isExamined: file.isExamined ?? true, isArchive: file.isArchive ?? false },
  })
  return row.id
}

type Without<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never
/** What `seedFile` takes beside the home. */
export type SeedArguments = Without<Parameters<typeof seedFile>>

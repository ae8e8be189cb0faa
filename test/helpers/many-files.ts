import { createHash } from 'node:crypto'
import type { Ledger } from '../../electron/sync/ledger/ledger.ts'
import { reason, type ReasonCode } from '../../shared/reasons.ts'
import type { ActivityState } from '../../shared/states.ts'

const newestMs = Date.UTC(2026, 10, 21, 9)
const hourMs = 3_600_000

const outcomes: readonly (readonly [ActivityState, ReasonCode])[] = [
  ['uploaded', 'sent'],
  ['uploaded', 'sent'],
  ['uploaded', 'sent'],
  ['alreadyThere', 'had-it-already'],
  ['tooOld', 'before-baseline'],
]
const sports = ['cycling', 'running', 'swimming', 'rowing']

/** Fills a ledger with files of two sources: mostly sent rides, some workouts, a few that wait or are held. */
export function seedManyFiles(ledger: Ledger, count: number): void {
  ledger.db.transaction('normal', () => {
    for (let place = 0; place < count; place += 1) seedFile(ledger, place)
  })
}

function seedFile(ledger: Ledger, place: number): void {
  const atMs = newestMs - place * hourMs
  const day = new Date(atMs).toISOString().replaceAll(':', '-')
  const sourceId = place % 3 === 0 ? 's2' : 's1'
  const path = `/home/rider/Documents/${sourceId === 's1' ? 'Zwift/Activities' : 'Gärten und Wälder'}/${day}.fit`
  const stat = {
    ...{ kind: 'file' as const, size: 100_000 + place, mtimeMs: atMs, ctimeMs: atMs },
    identity: `1:${place}`,
  }
  const file = ledger.files.insert(sourceId, path, stat, 'new', atMs, reason('not-looked-at'))
  const isRide = place % 10 !== 9
  const isHeld = place % 1000 === 17
  const [state, code] = isHeld
    ? (['held', 'longer-version'] as const)
    : (outcomes[place % outcomes.length] ?? (['uploaded', 'sent'] as const))
  const sha256 = isRide ? createHash('sha256').update(path).digest('hex') : null
  if (sha256 !== null) {
    ledger.recordings.insert(
      {
        ...{
          sha256,
          format: 'fit',
          bytes: stat.size,
          baseName: day,
          sourceId,
          origin: 'new',
          isArchived: true,
        },
        facts: {
          ...{ startTime: new Date(atMs - hourMs).toISOString(), startTimeMissing: null, durationS: 3600 },
          ...{ distanceM: 30_000, sport: sports[place % sports.length] ?? null, subSport: null },
          ...{ device: null, sessions: 1 },
        },
        state,
        reason: reason(code),
      },
      atMs,
    )
  }
  const own = isRide
    ? { state, reason: reason(code) }
    : { state: 'notActivity' as const, reason: reason('not-activity') }
  ledger.files.setContents(file.id, [{ position: 0, entry: null, sha256, bytes: stat.size, ...own }])
  ledger.files.setState(file.id, { ...own, checkAtMs: null, isExamined: true, isArchive: false })
}

import { reason } from '../../../shared/reasons.ts'
import type { Source } from '../../../shared/settings.ts'
import { leastFinished } from '../../../shared/states.ts'
import type { ActivityFacts, RecordingFormat } from '../../formats/proof.ts'
import { looksUnchanged, type ContentRow, type FileRow } from '../ledger/files.ts'
import { judge, type Stillness, type Verdict } from './completeness.ts'
import { changeRecording } from './change-recording.ts'
import { wasIgnoredSince } from './ignored-meanwhile.ts'
import type { Examination, ExaminedItem } from './examine.ts'
import type { IntakeDeps } from './intake-deps.ts'
import { isoOrNever } from './iso-time.ts'
import { setFileState } from './set-file-state.ts'
import { takeRecording } from './take-recording.ts'

/** What an examination led to: a recording of the ledger, or none. */
export type Recorded = 'recording' | 'nothing'

/**
 * Takes what was found in a file into the ledger: its rides become recordings, everything else a state with a reason.
 * Throws what archiving throws; nothing is then noted and the file is looked at again.
 */
export async function applyExamination(
  deps: IntakeDeps,
  source: Source,
  before: FileRow,
  found: Extract<Examination, { kind: 'examined' }>,
  isForced: boolean,
): Promise<Recorded> {
  const file = withStat(deps, source, before, found)
  const now = deps.clock.now()
  const still: Stillness = {
    nowMs: now,
    mtimeMs: file.mtimeMs,
    stillSinceMs: file.stillSinceMs,
    wasSeenChanging: file.stillSinceMs > firstSeenMs(deps, file),
  }
  const hasLaterRide = deps.ledger.recordings.hasRideBetween(
    source.id,
    isoOrNever(file.mtimeMs),
    isoOrNever(now),
  )
  const contents: ContentRow[] = []
  const checks: number[] = []
  for (const [position, item] of found.items.entries()) {
    const ride = sendable(item, isForced)
    const verdict = isForced && ride !== null ? take : judge(item.proof, still, hasLaterRide)
    contents.push(await contentFor(deps, source, file, item, { position, verdict, isForced }))
    if (verdict.kind === 'wait') checks.push(verdict.checkAtMs)
  }
  const worst = leastFinished(contents)
  const isNothing = contents.every(item => item.state === 'notActivity')
  const inside = found.items.length === 0 ? null : `${found.items.length} other files`
  const own =
    found.isZip && isNothing
      ? { state: 'notActivity' as const, reason: reason('no-activity-inside', inside) }
      : (worst ?? { state: 'notActivity' as const, reason: reason('no-activity-inside') })
  if (!isForced && wasIgnoredSince(deps.ledger, file)) {
    ignoreTaken(deps, file, contents, now)
    return 'nothing'
  }
  deps.ledger.db.transaction('normal', () => {
    deps.ledger.files.setContents(file.id, contents)
    setFileState(deps.ledger, file, own.state, own.reason, now, {
      checkAtMs: checks.length === 0 ? null : Math.min(...checks),
      isExamined: true,
      isArchive: found.isZip,
      isToldElsewhere: contents.some(
        item => item.sha256 !== null && deps.ledger.recordings.byHash(item.sha256) !== null,
      ),
    })
  })
  return contents.some(item => item.state === 'queued') ? 'recording' : 'nothing'
}

/** The user said "ignore" while a ride was archived: it is theirs to take back. */
function ignoreTaken(
  { ledger }: IntakeDeps,
  file: FileRow,
  contents: readonly ContentRow[],
  nowMs: number,
): void {
  ledger.db.transaction('full', () => {
    const taken = contents.filter(
      ({ sha256 }) => sha256 !== null && ledger.recordings.byHash(sha256) !== null,
    )
    for (const { sha256, state } of taken) {
      if (sha256 === null || state === 'uploaded' || state === 'alreadyThere') continue
      changeRecording(ledger, sha256, { kind: 'userIgnored' }, nowMs)
    }
    // What holds no ride has nothing to tell but the user's word.
    ledger.files.setContents(file.id, taken)
  })
}

const take: Verdict = { kind: 'take' }

/** The bytes examined may be newer than the scan that named them. */
function withStat(
  deps: IntakeDeps,
  source: Source,
  file: FileRow,
  found: Extract<Examination, { kind: 'examined' }>,
): FileRow {
  if (looksUnchanged(file, found.stat)) return file
  deps.ledger.files.noteChanged(file.id, source.id, found.stat, 'new', deps.clock.now())
  return deps.ledger.files.byId(file.id) ?? file
}

/** When the path was first seen at all: still_since moves on with every change, the first history line does not. */
function firstSeenMs(deps: IntakeDeps, file: FileRow): number {
  return deps.ledger.history.firstAt(file.id) ?? Number.POSITIVE_INFINITY
}

interface Ride {
  readonly format: RecordingFormat
  readonly facts: ActivityFacts
}

/** What could be sent of an item: a whole ride, or, when forced, what can be read of a damaged one. */
function sendable(item: ExaminedItem, isForced: boolean): Ride | null {
  const { proof } = item
  if (proof.kind === 'activity') return { format: proof.format, facts: proof.facts }
  if (!isForced || proof.kind === 'notActivity' || proof.readable === null || proof.format === null)
    return null
  return { format: proof.format, facts: proof.readable }
}

async function contentFor(
  deps: IntakeDeps,
  source: Source,
  file: FileRow,
  item: ExaminedItem,
  judged: { readonly position: number; readonly verdict: Verdict; readonly isForced: boolean },
): Promise<ContentRow> {
  const { position, verdict } = judged
  const row = { position, entry: item.entry, bytes: item.bytes }
  if (item.sha256 !== null && deps.isOwnWorkout(item.sha256)) {
    return { ...row, sha256: null, state: 'notActivity', reason: reason('own-workout') }
  }
  const ride = verdict.kind === 'take' ? sendable(item, true) : null
  if (ride !== null && item.sha256 !== null && item.bytes !== null) {
    const { sha256, bytes, baseName, stagedPath } = item
    const context = {
      ledger: deps.ledger,
      archiveFolder: deps.folders.archive,
      archive: deps.examiner.archive.bind(deps.examiner),
      now: () => deps.clock.now(),
      isAsked: judged.isForced,
    }
    await takeRecording(context, { sha256, bytes, baseName, stagedPath, ...ride }, file, source)
    const known = deps.ledger.recordings.byHash(sha256)
    if (known === null) throw new TypeError(`recording ${sha256} was not taken`)
    return { ...row, sha256, state: known.state, reason: known.reason }
  }
  switch (verdict.kind) {
    case 'wait':
      return { ...row, sha256: null, state: 'waiting', reason: verdict.why }
    case 'hold':
      return { ...row, sha256: item.sha256, state: 'held', reason: verdict.why }
    case 'leave':
      return { ...row, sha256: null, state: 'notActivity', reason: verdict.why }
    case 'take':
      throw new TypeError('a ride without bytes cannot be taken')
  }
}

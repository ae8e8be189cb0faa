import { reason, type Reason } from '../../../shared/reasons.ts'
import type { Source } from '../../../shared/settings.ts'
import type { ActivityFacts, RecordingFormat } from '../../formats/proof.ts'
import type { FileRow } from '../ledger/files.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RecordingRow } from '../ledger/recordings.ts'
import type { ArchiveRequest } from './archive.ts'
import { isInBackfill } from './backfill.ts'
import { changeRecording } from './change-recording.ts'
import { verdictText } from './kept-verdict.ts'

/** A whole ride found in a file. */
export interface FoundRecording {
  readonly sha256: string
  readonly bytes: number
  readonly format: RecordingFormat
  readonly baseName: string
  readonly facts: ActivityFacts
  readonly stagedPath: string | null
}

export interface TakeContext {
  readonly ledger: Ledger
  readonly archiveFolder: string
  archive(request: ArchiveRequest): Promise<void>
  now(): number
  /** True when a person asked for this very ride, whatever became of it before. */
  readonly isAsked: boolean
}

/** Whether a backfill that reaches a ride sends it, given what the ledger knows of its bytes (null for nothing). */
export function isStillToSend(known: RecordingRow | null): boolean {
  return known === null || isUnkept(known) || wasLeftAlone(known)
}

/** What is held waits for the user's word, archived or not. */
function isUnkept(known: RecordingRow): boolean {
  return !known.isArchived && ['queued', 'retrying'].includes(known.state)
}

function wasLeftAlone(known: RecordingRow): boolean {
  return known.state === 'tooOld' || (known.state === 'ignored' && known.reason.code === 'source-removed')
}

/** Where a ride stands that we meet again: left as it is, or wanted after all. */
function isWantedNow(known: RecordingRow, file: FileRow, source: Source): boolean {
  if (!wasLeftAlone(known)) return false
  // A rename or a copy of an old ride stays old; only a backfill that reaches it changes that.
  if (file.origin === 'backfill') return isInBackfill(source.backfill, known.startTime, file.mtimeMs)
  return file.origin === 'new' && known.state === 'ignored'
}

/**
 * Makes a found ride a recording of the ledger. Its bytes are in the archive, verified, before the ledger says so.
 * A ride that is known already is linked, never queued twice. Throws what `archive` throws.
 */
export async function takeRecording(
  context: TakeContext,
  found: FoundRecording,
  file: FileRow,
  source: Source,
): Promise<void> {
  const { ledger } = context
  const known = ledger.recordings.byHash(found.sha256)
  const isBackfill = file.origin === 'backfill'
  const queuedWhy = reason(context.isAsked ? 'asked-again' : isBackfill ? 'backfill' : 'new-ride')
  if (known !== null) {
    if (!isUnkept(known) && !context.isAsked && !isWantedNow(known, file, source)) return
    await archiveOnce(context, found, known.isArchived)
    ledger.db.transaction('full', () => {
      ledger.recordings.setArchived(found.sha256, true)
      ledger.recordings.setOrigin(found.sha256, isBackfill ? 'backfill' : 'new', source.id)
      changeRecording(ledger, found.sha256, { kind: 'wanted', why: queuedWhy }, context.now())
    })
    return
  }
  // `old` and unknown: it was there at the baseline, unchanged since, and could only not be read then.
  const isLeft = isBackfill
    ? !isInBackfill(source.backfill, found.facts.startTime, file.mtimeMs)
    : file.origin === 'old' && !context.isAsked
  if (isLeft) {
    recordOld(context, found, source)
    return
  }
  await archiveOnce(context, found, false)
  ledger.db.transaction('full', () => {
    // Another file with the same bytes may have come first while this one was archived.
    if (ledger.recordings.byHash(found.sha256) !== null) return
    const at = context.now()
    // Asked only now: an earlier version may have gone out while this one was archived.
    const earlier = earlierVersions(ledger, found, file)
    for (const version of earlier.filter(isUnsent)) {
      changeRecording(ledger, version.sha256, { kind: 'superseded' }, at)
    }
    const isLonger = earlier.some(wasSent)
    const state = isLonger ? 'held' : 'queued'
    const why: Reason = isLonger ? reason('longer-version') : queuedWhy
    ledger.recordings.insert(
      {
        ...found,
        sourceId: source.id,
        origin: isBackfill ? 'backfill' : 'new',
        isArchived: true,
        state,
        reason: why,
      },
      at,
    )
    // With it, not after it: killed in between, a longer version of the file would look like another ride.
    ledger.files.noteHeld(file.id, found.sha256)
    const text = verdictText({ isArchived: true, state, reason: why, activityIds: [] })
    if (text !== '') ledger.verdicts.note({ sha256: found.sha256, text })
    ledger.history.add({ sha256: found.sha256 }, { atMs: at, state, reason: why })
  })
}

/** Notes a ride that was there before the folder was added: known by its hash, so a rename stays old. Not archived. */
export function recordOld(
  context: Pick<TakeContext, 'ledger' | 'now'>,
  found: FoundRecording,
  source: Source,
): void {
  const { ledger } = context
  if (ledger.recordings.byHash(found.sha256) !== null) return
  const at = context.now()
  const why = reason('before-baseline')
  ledger.db.transaction('normal', () => {
    ledger.recordings.insert(
      { ...found, sourceId: source.id, origin: 'old', isArchived: false, state: 'tooOld', reason: why },
      at,
    )
    ledger.history.add({ sha256: found.sha256 }, { atMs: at, state: 'tooOld', reason: why })
  })
}

async function archiveOnce(context: TakeContext, found: FoundRecording, isArchived: boolean): Promise<void> {
  if (isArchived) return
  if (found.stagedPath === null) throw new TypeError(`nothing staged for ${found.sha256}`)
  await context.archive({
    stagedPath: found.stagedPath,
    archiveFolder: context.archiveFolder,
    sha256: found.sha256,
    format: found.format,
  })
}

/** Shorter versions of this ride (same start) that the same path held before; a growing file leaves several. */
function earlierVersions(ledger: Ledger, found: FoundRecording, file: FileRow): readonly RecordingRow[] {
  if (found.facts.startTime === null) return []
  return ledger.files
    .everHeld(file.id)
    .flatMap(sha256 => ledger.recordings.byHash(sha256) ?? [])
    .filter(before => before.startTime === found.facts.startTime && before.bytes < found.bytes)
}

function wasSent(recording: RecordingRow): boolean {
  return ['uploaded', 'alreadyThere', 'uploading'].includes(recording.state) || recording.mustLookUp
}

function isUnsentState(recording: RecordingRow): boolean {
  return ['queued', 'retrying', 'held'].includes(recording.state)
}

function isUnsent(recording: RecordingRow): boolean {
  return !recording.mustLookUp && isUnsentState(recording)
}

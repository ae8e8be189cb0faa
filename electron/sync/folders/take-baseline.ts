import { AppError } from '../../../shared/app-error.ts'
import { reason } from '../../../shared/reasons.ts'
import type { Source } from '../../../shared/settings.ts'
import { isInBackfill } from '../activities/backfill.ts'
import { notActivityReason } from '../activities/completeness.ts'
import { examineSafely } from '../activities/examine-safely.ts'
import type { Examination, ExaminedItem } from '../activities/examine.ts'
import type { IntakeDeps } from '../activities/intake-deps.ts'
import { setFileState } from '../activities/set-file-state.ts'
import { stagingName } from '../activities/staging-name.ts'
import { leftOut, scanFolder, type Candidate, type FolderScan } from '../activities/scan-folder.ts'
import { recordOld } from '../activities/take-recording.ts'
import { looksUnchanged, type ContentRow, type FileRow, type Origin } from '../ledger/files.ts'

/** How many rides were found, for the answer to `source add`. */
export interface Baseline {
  readonly files: number
}

/**
 * Notes what is in a folder at the instant it is added. A ride that is whole now and outside the backfill is old, by its
 * hash, for good; one inside it will be sent; everything else is new once it is whole. Nothing is copied or sent here.
 * `trainerFolders` (real paths) are left out. Throws `missing` or `unreadable`.
 */
export async function takeBaseline(
  deps: IntakeDeps,
  source: Source,
  trainerFolders: readonly string[],
  signal: AbortSignal,
): Promise<Baseline> {
  const scan = await scanFolder(deps.disk, source.folder, leftOut(deps.disk, trainerFolders), signal)
  assertSeenWhole(scan)
  const queue = [...scan.candidates]
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift()) {
      await baselineOf(deps, source, next)
    }
  }
  await Promise.all(Array.from({ length: deps.examiner.width }, work))
  signal.throwIfAborted()
  return { files: scan.candidates.length }
}

/** What could not be seen could not be called old either, and would all go up once it can be. Throws `folder-refused`. */
export function assertSeenWhole(scan: FolderScan): void {
  const missed = scan.missedFolders[0]
  if (missed === undefined) return
  const message = missed.includes('\uFFFD')
    ? `${missed} has a name that is not valid text. Rename it or move it away, then add the folder again.`
    : `${missed} can't be read: allow Musette to read it, then add the folder again.`
  throw new AppError('folder-refused', message, 'give-up', { file: missed })
}

async function baselineOf(deps: IntakeDeps, source: Source, candidate: Candidate): Promise<void> {
  if (source.backfill.kind === 'all') {
    note(deps, source, candidate, 'backfill')
    return
  }
  const found = await examineSafely(deps, {
    path: candidate.path,
    stagingFolder: deps.folders.staging,
    stagingName: stagingName(),
    keepStaged: false,
    isForced: false,
  })
  if (found.kind !== 'examined') {
    // A file that is being written is new; one that cannot be read was there all the same.
    const isBeingWritten = found.code === 'busy' || found.code === 'changing'
    const origin = source.backfill.kind === 'none' ? 'old' : 'backfill'
    note(deps, source, candidate, isBeingWritten ? 'new' : origin)
    return
  }
  if (found.stat.size !== candidate.stat.size) {
    note(deps, source, candidate, 'new')
    return
  }
  const { mtimeMs } = found.stat
  if (!found.items.every(isSettled)) {
    // Not whole at this instant: what becomes whole later is new, but the whole rides beside it in a zip are not.
    note(deps, source, candidate, 'new')
    for (const [position, item] of found.items.entries()) {
      if (isSettled(item)) leaveOld(deps, source, item, position, true, mtimeMs)
    }
    return
  }
  const isWanted = found.items.some(
    item =>
      item.proof.kind === 'activity' && isInBackfill(source.backfill, item.proof.facts.startTime, mtimeMs),
  )
  const file = note(deps, source, { ...candidate, stat: found.stat }, isWanted ? 'backfill' : 'old')
  const contents = found.items.map((item, position) =>
    leaveOld(deps, source, item, position, isWanted, mtimeMs),
  )
  if (!isWanted) close(deps, file, found, contents)
}

function isSettled(item: ExaminedItem): boolean {
  return item.proof.kind === 'activity' || item.proof.kind === 'notActivity'
}

/** The row of a path, fresh or known from an earlier time as a source. */
function note(deps: IntakeDeps, source: Source, candidate: Candidate, origin: Origin): FileRow {
  const { files } = deps.ledger
  return deps.ledger.db.transaction('normal', () => {
    const now = deps.clock.now()
    const known = files.byPath(candidate.path)
    if (known === null)
      return files.insert(source.id, candidate.path, candidate.stat, origin, now, reason('not-looked-at'))
    if (looksUnchanged(known, candidate.stat) && known.isExamined && origin !== 'backfill') {
      files.adopt(known.id, source.id, origin)
    } else {
      files.noteChanged(known.id, source.id, candidate.stat, origin, now)
    }
    return files.byId(known.id) ?? known
  })
}

/** Rides outside the backfill become old; the others are left to the next scan, which archives them. */
function leaveOld(
  deps: IntakeDeps,
  source: Source,
  item: ExaminedItem,
  position: number,
  isFileWanted: boolean,
  mtimeMs: number,
): ContentRow {
  const { proof, sha256, bytes, entry, baseName } = item
  if (proof.kind === 'activity' && sha256 !== null && bytes !== null) {
    const isWanted = isFileWanted && isInBackfill(source.backfill, proof.facts.startTime, mtimeMs)
    if (!isWanted) {
      const found = { sha256, bytes, baseName, format: proof.format, facts: proof.facts, stagedPath: null }
      recordOld({ ledger: deps.ledger, now: () => deps.clock.now() }, found, source)
    }
    return { position, entry, sha256, bytes, state: 'tooOld', reason: reason('before-baseline') }
  }
  const why = proof.kind === 'notActivity' ? notActivityReason(proof) : reason('not-looked-at')
  return { position, entry, sha256: null, bytes, state: 'notActivity', reason: why }
}

function close(
  deps: IntakeDeps,
  file: FileRow,
  found: Extract<Examination, { kind: 'examined' }>,
  contents: readonly ContentRow[],
): void {
  const now = deps.clock.now()
  const first = contents[0]
  const isRide = contents.some(item => item.state === 'tooOld')
  const why = isRide
    ? reason('before-baseline')
    : found.isZip || first === undefined
      ? reason('no-activity-inside')
      : first.reason
  deps.ledger.db.transaction('normal', () => {
    deps.ledger.files.setContents(file.id, contents)
    setFileState(deps.ledger, file, isRide ? 'tooOld' : 'notActivity', why, now, {
      ...{ checkAtMs: null, isExamined: true, isArchive: found.isZip, isToldElsewhere: isRide },
    })
  })
}

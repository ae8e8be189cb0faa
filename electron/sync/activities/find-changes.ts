import { AppError } from '../../../shared/app-error.ts'
import { reason } from '../../../shared/reasons.ts'
import type { Source } from '../../../shared/settings.ts'
import { looksUnchanged, type FileRow } from '../ledger/files.ts'
import type { FileStat } from '../ports/disk.ts'
import { liesIn } from './folder-rules.ts'
import type { IntakeDeps, SourceHealth } from './intake-deps.ts'
import { isSameRoot } from './source-roots.ts'
import { leftOut, scanFolder, type Candidate, type FolderScan } from './scan-folder.ts'

export interface FolderChanges {
  readonly health: SourceHealth
  /** New, changed or due, newest first: today's ride does not wait behind old ones. */
  readonly toExamine: readonly FileRow[]
}

/**
 * Scans a source and compares it with the ledger. A folder that is missing or cannot be read changes nothing (P10):
 * only in a folder that was read whole does an absent file mean a file that went away.
 */
export async function findChanges(
  deps: IntakeDeps,
  source: Source,
  trainerFolders: readonly string[],
  signal: AbortSignal,
): Promise<FolderChanges> {
  const unseen = (kind: 'missing' | 'unreadable'): FolderChanges => ({
    health: { sourceId: source.id, kind, otherFiles: 0, missed: [] },
    toExamine: [],
  })
  let scan: FolderScan
  let rootBefore: FileStat | null
  let rootAfter: FileStat | null
  try {
    const root = await deps.disk.realPath(source.folder)
    if (root === null) return unseen('missing')
    rootBefore = await deps.disk.stat(root)
    scan = await scanFolder(deps.disk, source.folder, leftOut(deps.disk, trainerFolders), signal)
    // Asked after the scan: a stick may be pulled while it is read.
    rootAfter = await deps.disk.stat(root)
  } catch (error) {
    if (!(error instanceof AppError) && !signal.aborted) throw error
    const isGone = error instanceof AppError && error.code === 'missing'
    return unseen(isGone ? 'missing' : 'unreadable')
  }
  const isEmpty = scan.candidates.length === 0 && scan.missedFolders.length === 0
  const now = deps.clock.now()
  const toExamine = deps.ledger.db.transaction('normal', () => {
    const known = new Map(deps.ledger.files.ofSource(source.id).map(row => [row.path, row]))
    const due = scan.candidates.flatMap(candidate => {
      const row = known.get(candidate.path) ?? deps.ledger.files.byPath(candidate.path)
      return noteCandidate(deps, source, candidate, row, now) ?? []
    })
    // Another folder than before: mounted or unmounted while it was read, and seen whole neither way.
    const root = rootAfter?.identity === rootBefore?.identity ? (rootAfter?.identity ?? null) : null
    const isKnown = root !== null && isSameRoot(deps.ledger.meta, source.id, root, isEmpty)
    const device = isKnown ? deviceOf(root) : null
    noteAbsent(deps, [...known.values()], scan, device, now)
    return due
  })
  return {
    health: {
      sourceId: source.id,
      kind: isEmpty ? 'empty' : 'watching',
      otherFiles: scan.otherFiles,
      missed: scan.missedFolders,
    },
    toExamine: toExamine.toSorted((a, b) => b.mtimeMs - a.mtimeMs),
  }
}

/** A file that cannot be seen now is looked for again this much later, so that nobody waits for it in a circle. */
const unseenMs = 60_000

/** The row to examine, or null when there is nothing new about it. */
function noteCandidate(
  deps: IntakeDeps,
  source: Source,
  candidate: Candidate,
  row: FileRow | null,
  now: number,
): FileRow | null {
  const { files } = deps.ledger
  if (row === null) {
    return files.insert(source.id, candidate.path, candidate.stat, 'new', now, reason('not-looked-at'))
  }
  if (!looksUnchanged(row, candidate.stat)) {
    // New bytes are new, whatever the old ones were and whatever date they carry.
    const isOnlyMetadata = row.size === candidate.stat.size && row.mtimeMs === candidate.stat.mtimeMs
    files.noteChanged(row.id, source.id, candidate.stat, isOnlyMetadata ? row.origin : 'new', now)
    return files.byId(row.id)
  }
  if (row.sourceId !== source.id) files.adopt(row.id, source.id, row.origin)
  if (!row.isPresent) files.setPresent(row.id, true)
  const isDue = row.checkAtMs !== null && row.checkAtMs <= now
  const isPostponed = row.checkAtMs !== null && row.checkAtMs > now
  return isDue || (!row.isExamined && !isPostponed) ? files.byId(row.id) : null
}

/** The device of a `device:inode`. */
function deviceOf(identity: string): string | undefined {
  return identity.split(':')[0]
}

/** `device` is the one the source's folder lies on; null when the folder went away, or is not the one that had files. */
function noteAbsent(
  deps: IntakeDeps,
  known: readonly FileRow[],
  scan: FolderScan,
  device: string | undefined | null,
  now: number,
): void {
  const { files, history } = deps.ledger
  const seen = new Set(scan.candidates.map(candidate => candidate.path))
  for (const row of known) {
    if (seen.has(row.path) || !row.isPresent) continue
    // An empty mount point is not the folder that was mounted there: nothing is concluded from it.
    const isUnknowable =
      deviceOf(row.identity) !== device || scan.missedFolders.some(folder => liesIn(row.path, folder))
    if (isUnknowable) {
      if (row.checkAtMs !== null && row.checkAtMs <= now) files.setCheckAt(row.id, now + unseenMs)
      continue
    }
    files.setPresent(row.id, false)
    // Nothing of it was kept, and nothing more can come of it; what is archived keeps its own state.
    const isKept = files
      .contents(row.id)
      .some(item => item.sha256 !== null && deps.ledger.recordings.byHash(item.sha256) !== null)
    if (row.state !== 'waiting' && (row.state !== 'held' || isKept)) continue
    const why = reason('went-away')
    files.setState(row.id, {
      ...{ state: 'ignored', reason: why, checkAtMs: null, isExamined: false },
      isArchive: row.isArchive,
    })
    history.add({ fileId: row.id }, { atMs: now, state: 'ignored', reason: why })
  }
}

import { AppError } from '../../../shared/app-error.ts'
import { reason, type Reason } from '../../../shared/reasons.ts'
import type { Source } from '../../../shared/settings.ts'
import type { FileRow } from '../ledger/files.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { isLedgerTrouble } from '../ledger/ledger-trouble.ts'
import { applyExamination, type Recorded } from './apply-examination.ts'
import type { Examination } from './examine.ts'
import { examineSafely } from './examine-safely.ts'
import { mayArchive, type KeepFree } from './free-space.ts'
import { findChanges } from './find-changes.ts'
import { wasIgnoredSince } from './ignored-meanwhile.ts'
import type { IntakeDeps, SourceHealth } from './intake-deps.ts'
import { isoOrNever } from './iso-time.ts'
import { setFileState } from './set-file-state.ts'
import { stagingName } from './staging-name.ts'

/** How soon to look again at a file that could not be examined now. */
const soonMs = 2_000
const laterMs = 60_000

/**
 * One scan of one source and an examination of everything in it that is new, changed or due. One file's trouble
 * never stops the others. Says how the folder is.
 */
export async function takeInSource(
  deps: IntakeDeps,
  source: Source,
  options: {
    readonly keepFree: KeepFree
    readonly trainerFolders: readonly string[]
    readonly signal: AbortSignal
    /** False once the source was removed or paused: the rest is left. */
    readonly isWanted?: () => boolean
    /** Called after each file, so that others can start on what is ready. */
    readonly onProgress?: () => void
  },
): Promise<SourceHealth> {
  const changes = await findChanges(deps, source, options.trainerFolders, options.signal)
  if (changes.health.kind === 'missing' || changes.health.kind === 'unreadable') return changes.health
  const queue = [...changes.toExamine]
  let isDiskLow = !(await mayArchive(deps.disk, deps.folders.archive, options.keepFree))
  const work = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined && !options.signal.aborted; file = queue.shift()) {
      if (options.isWanted?.() === false) return
      isDiskLow ||= !(await mayArchive(deps.disk, deps.folders.archive, options.keepFree))
      if (isDiskLow) setWaiting(deps, file, reason('disk-low'), laterMs)
      else await takeInFile(deps, source, file, false)
      options.onProgress?.()
    }
  }
  await Promise.all(Array.from({ length: deps.examiner.width }, work))
  if (changes.toExamine.length > 0) {
    // A ride that is whole now may settle what an older, unfinished file of this folder is.
    queue.push(...overtaken(deps.ledger, source, deps.clock.now()))
    await work()
  }
  return changes.health
}

function overtaken(ledger: Ledger, source: Source, nowMs: number): readonly FileRow[] {
  return ledger.files
    .ofSource(source.id)
    .filter(file => file.isPresent && file.state === 'waiting' && file.reason.code === 'unfinished')
    .filter(file => ledger.recordings.hasRideBetween(source.id, isoOrNever(file.mtimeMs), isoOrNever(nowMs)))
}

/** Examines one file and records what it is. `isForced` sends what can be read of a damaged one. */
export async function takeInFile(
  deps: IntakeDeps,
  source: Source,
  file: FileRow,
  isForced: boolean,
): Promise<Recorded> {
  const examination = await examineSafely(deps, {
    path: file.path,
    stagingFolder: deps.folders.staging,
    stagingName: stagingName(),
    keepStaged: true,
    isForced,
  })
  if (examination.kind === 'notNow') {
    postpone(deps, file, examination)
    return 'nothing'
  }
  try {
    if (wasIgnoredSince(deps.ledger, file)) return 'nothing'
    return await applyExamination(deps, source, file, examination, isForced)
  } catch (error) {
    if (!(error instanceof AppError) || isLedgerTrouble(error)) throw error
    deps.log('warn', 'a file could not be taken in', { file: file.path, code: error.code })
    const why = error.code === 'disk-full' ? reason('disk-low') : reason('copy-failed', error.code)
    setWaiting(deps, file, why, laterMs)
    return 'nothing'
  } finally {
    for (const item of examination.items) {
      if (item.stagedPath !== null) await deps.disk.remove(item.stagedPath)
    }
  }
}

function postpone(deps: IntakeDeps, file: FileRow, found: Extract<Examination, { kind: 'notNow' }>): void {
  switch (found.code) {
    case 'busy':
      setWaiting(deps, file, reason('busy'), soonMs)
      return
    case 'changing':
      setWaiting(deps, file, reason('changing'), soonMs)
      return
    case 'missing':
      // The next scan decides what its absence means.
      return
    case 'unreadable':
      setWaiting(deps, file, reason('cannot-read'), laterMs)
      return
    case 'trouble':
      deps.log('warn', 'a file could not be examined', { file: file.path, detail: found.detail })
      setWaiting(deps, file, reason('copy-failed'), laterMs)
      return
  }
}

function setWaiting(deps: IntakeDeps, file: FileRow, why: Reason, inMs: number): void {
  if (wasIgnoredSince(deps.ledger, file)) return
  setFileState(deps.ledger, file, 'waiting', why, deps.clock.now(), {
    checkAtMs: deps.clock.now() + inMs,
    isExamined: false,
  })
}

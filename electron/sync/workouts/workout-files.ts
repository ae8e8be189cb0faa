import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import type { Clock } from '../ports/clock.ts'
import type { Db } from '../ports/db.ts'
import type { Disk } from '../ports/disk.ts'
import type { ManifestFile, PlanAction } from './plan-types.ts'
import { folderAway, lookAtRoot, statusNow } from './workout-folder.ts'
import {
  forgetFile,
  intendWrite,
  loadManifest,
  recordState,
  recordWritten,
  type UnfinishedFile,
} from './workout-manifest.ts'

export interface FileDeps {
  readonly disk: Disk
  readonly db: Db
  readonly clock: Clock
}

export interface TrainerFolder {
  readonly trainerId: string
  readonly folder: string
  readonly folderIdentity: string
  /** True where the trainer rewrites what it accepts, and a rewritten copy counts as ours. */
  readonly keepContent: boolean
}

/** No trainer reads this ending, and a dot hides it from most listings. */
const tempNamePattern = /^\.musette-[0-9a-f]{16}\.tmp$/
const orphanAgeMs = 3_600_000

/**
 * Ends what a killed pass left half done: a file that got its name is written, whatever became of it since, one that did
 * not is swept and planned anew, a removal that did not happen is decided again. Temporary files that no row knows (the
 * ledger was rebuilt) go once they are an hour old: another home may be writing into the same folder just now.
 */
export async function recoverFolder(deps: FileDeps, target: TrainerFolder): Promise<void> {
  for (const row of loadManifest(deps.db, target.trainerId).unfinished) await recoverFile(deps, target, row)
  for (const entry of await deps.disk.list(target.folder)) {
    if (entry.kind !== 'file' || !tempNamePattern.test(entry.name)) continue
    const path = join(target.folder, entry.name)
    const stat = await deps.disk.stat(path)
    if (stat !== null && deps.clock.now() - stat.mtimeMs > orphanAgeMs) await deps.disk.remove(path)
  }
}

async function recoverFile(deps: FileDeps, target: TrainerFolder, row: UnfinishedFile): Promise<void> {
  switch (row.kind) {
    case 'intended':
      // It never got its name: the same bytes there are someone else's.
      await undo(deps, target, row)
      return
    case 'placing': {
      // Its temporary name was safe, so where that is gone it was renamed; by now a trainer may have rewritten or taken it.
      const wasRenamed = (await deps.disk.stat(tempPath(target, row))) === null
      await assertSameFolder(deps.disk, target)
      if (!wasRenamed) {
        await undo(deps, target, row)
        return
      }
      await deps.disk.flushFolder(target.folder)
      recordWritten(deps.db, row.id, [])
      return
    }
    case 'removing': {
      const status = await statusNow(deps.disk, target.folder, { ...row, workout: null })
      await assertSameFolder(deps.disk, target)
      if (status !== 'gone') {
        recordState(deps.db, row.id, 'written')
        return
      }
      // Whoever removed it may have been killed before that was safe: it would come back, and nobody would know it.
      await deps.disk.flushFolder(target.folder)
      forgetFile(deps.db, row.id)
    }
  }
}

async function undo(deps: FileDeps, target: TrainerFolder, row: UnfinishedFile): Promise<void> {
  // First of all: without its temporary file it would look as if it had been renamed.
  if (row.kind === 'placing') recordState(deps.db, row.id, 'intended')
  await deps.disk.remove(tempPath(target, row))
  forgetFile(deps.db, row.id)
}

/**
 * Writes or replaces one file: intent, temporary file, flush of it and its name, second intent, one more look, rename,
 * folder flush, outcome. Between the intents it never got its name; after the second it has it where the temporary file
 * is gone. What it supersedes is not removed here. Throws AppErrors of the disk, `exists` where a foreign file appeared
 * at the last moment; what was begun is then undone, or left to recovery.
 */
export async function writeWorkout(
  deps: FileDeps,
  target: TrainerFolder,
  action: Extract<PlanAction, { kind: 'write' | 'replace' }>,
): Promise<void> {
  const { disk, db } = deps
  const replaced = action.kind === 'replace' ? action.file : null
  const { fileName, wantedName } = action.kind === 'replace' ? action.file : action
  const tempName = tempNameFor(target.trainerId, action.event.eventId, action.event.sha256)
  let row: UnfinishedFile = {
    id: intendWrite(db, { ...target, event: action.event, fileName, wantedName, tempName }),
    kind: 'intended',
    fileName,
    tempName,
    sha256: action.event.sha256,
  }
  let settle = undo
  try {
    await writeFlushed(disk, tempPath(target, row), action.event.content)
    await disk.flushFolder(target.folder)
    recordState(db, row.id, 'placing')
    row = { ...row, kind: 'placing' }
    await assertSameFolder(disk, target)
    await refuseForeign(disk, target.folder, fileName, replaced)
    // From here on an error does not tell whether the file has its name.
    settle = recoverFile
    await disk.rename(tempPath(target, row), join(target.folder, fileName))
    await disk.flushFolder(target.folder)
    const forgotten = action.forget.map(file => file.id)
    recordWritten(db, row.id, forgotten)
  } catch (error) {
    if (error instanceof AppError) await tidyUp(() => settle(deps, target, row))
    throw error
  }
}

/** Removes one file if it is still ours; answers whether it did. Throws AppErrors of the disk. */
export async function removeWorkout(
  deps: FileDeps,
  target: TrainerFolder,
  file: ManifestFile,
): Promise<boolean> {
  recordState(deps.db, file.id, 'removing')
  // The last thing before it goes: noting the intent takes a disk's time, in which the user may save the file.
  if ((await statusNow(deps.disk, target.folder, file)) !== 'ours') {
    // Gone or changed since the plan was made: the next pass sees it so, and decides.
    recordState(deps.db, file.id, 'written')
    return false
  }
  await deps.disk.remove(join(target.folder, file.fileName))
  await assertSameFolder(deps.disk, target)
  await deps.disk.flushFolder(target.folder)
  forgetFile(deps.db, file.id)
  return true
}

async function writeFlushed(disk: Disk, path: string, content: Uint8Array): Promise<void> {
  // A left-over of this very write that the ledger lost.
  await disk.remove(path)
  const file = await disk.create(path, 'shared')
  try {
    await file.write(content)
    await file.flush()
  } finally {
    await file.close()
  }
}

/** A stick may be pulled at any moment: what is seen in the empty mount point says nothing. Throws AppError `missing`. */
async function assertSameFolder(disk: Disk, { folder, folderIdentity }: TrainerFolder): Promise<void> {
  const { identity } = await lookAtRoot(disk, folder)
  if (identity !== folderIdentity) throw folderAway(folder)
}

/** A rename would silently replace whatever is there. */
async function refuseForeign(
  disk: Disk,
  folder: string,
  fileName: string,
  replaced: ManifestFile | null,
): Promise<void> {
  const path = join(folder, fileName)
  if ((await disk.stat(path)) === null) return
  if (replaced !== null && (await statusNow(disk, folder, replaced)) === 'ours') return
  throw new AppError('exists', `a file that is not ours appeared: ${path}`, 'retry', { file: path })
}

/** Trouble while tidying up is the trouble already told; the next pass's recovery does the same. */
async function tidyUp(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}

function tempPath(target: TrainerFolder, row: UnfinishedFile): string {
  return join(target.folder, row.tempName)
}

/** The same for the same write, so that a try after a crash meets its own left-over, not a stranger's. */
function tempNameFor(...parts: readonly string[]): string {
  return `.musette-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)}.tmp`
}

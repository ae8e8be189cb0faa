import { join } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import { candidateKind } from '../../formats/candidate-name.ts'
import type { Disk, FileStat } from '../ports/disk.ts'
import { deepestLevel, isSkippedFolder } from './folder-rules.ts'

export interface Candidate {
  readonly path: string
  readonly stat: FileStat
}

/** A stat is mostly waiting: this many wait together. */
const statsAtOnce = 64

/** One walk through a source. `missedFolders` could not be read: nothing may be concluded about what lies in them. */
export interface FolderScan {
  readonly candidates: readonly Candidate[]
  /** Files that are not candidates: counted, not listed. */
  readonly otherFiles: number
  readonly missedFolders: readonly string[]
}

/**
 * Lists the candidates of a source, eight folders deep, links below the root not followed. Throws `missing` or
 * `unreadable` when the root itself cannot be read; trouble further in is a missed folder.
 */
export async function scanFolder(
  disk: Disk,
  root: string,
  isLeftOut: (folder: string) => Promise<boolean>,
  signal?: AbortSignal,
): Promise<FolderScan> {
  const candidates: Candidate[] = []
  const missedFolders: string[] = []
  let otherFiles = 0

  const walk = async (folder: string, level: number): Promise<void> => {
    let entries
    try {
      entries = await disk.list(folder)
    } catch (error) {
      if (level === 0 || !(error instanceof AppError)) throw error
      missedFolders.push(folder)
      return
    }
    const recordings: string[] = []
    for (const entry of entries) {
      signal?.throwIfAborted()
      const path = join(folder, entry.name)
      if (entry.kind === 'folder') {
        if (level < deepestLevel && !isSkippedFolder(entry.name) && !(await isLeftOut(path))) {
          await walk(path, level + 1)
        }
      } else if (entry.kind === 'file') {
        if (candidateKind(entry.name) === null) otherFiles += 1
        else recordings.push(path)
      }
    }
    for (let at = 0; at < recordings.length; at += statsAtOnce) {
      signal?.throwIfAborted()
      const some = recordings.slice(at, at + statsAtOnce)
      const stats = await Promise.all(some.map(path => statOrMissed(disk, path)))
      for (const [place, path] of some.entries()) {
        const stat = stats[place]
        // A name that is not valid text cannot be asked for again: it is named as missed, not passed over.
        if (stat === 'missed' || (stat === null && path.includes('\uFFFD'))) missedFolders.push(path)
        else if (stat?.kind === 'file') candidates.push({ path, stat })
      }
    }
  }
  await walk(root, 0)
  return { candidates, otherFiles, missedFolders }
}

/** For a scan: leaves out the folders named (real paths). */
export function leftOut(disk: Disk, folders: readonly string[]): (folder: string) => Promise<boolean> {
  return async folder => {
    const real = folders.length === 0 ? null : await disk.realPath(folder)
    return real !== null && folders.includes(real)
  }
}

async function statOrMissed(disk: Disk, path: string): Promise<FileStat | null | 'missed'> {
  try {
    return await disk.stat(path)
  } catch (error) {
    if (error instanceof AppError) return 'missed'
    throw error
  }
}

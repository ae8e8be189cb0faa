import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import { readZwo } from '../../formats/workout/read-zwo.ts'
import { maxWorkoutBytes } from '../../formats/workout/workout-steps.ts'
import type { Disk } from '../ports/disk.ts'
import { statusOf } from './ownership.ts'
import type { FolderFile, FolderSnapshot, ManifestFile } from './plan-types.ts'

/** A trainer's folder itself, now. */
export interface TrainerRoot {
  readonly identity: string
  /** It is the top of a mount: it lies on another device than the folder above it. */
  readonly isMountTop: boolean
}

/** Nothing is concluded from that, nor written: it may be on a device that was unplugged. */
export function folderAway(folder: string): AppError {
  return new AppError('missing', `the trainer's folder is not there: ${folder}`, 'retry', { file: folder })
}

/** What identifies the folder now. Throws AppError `missing` where there is no folder. */
export async function lookAtRoot(disk: Disk, folder: string): Promise<TrainerRoot> {
  const real = await disk.realPath(folder)
  const stat = real === null ? null : await disk.stat(real)
  if (real === null || stat?.kind !== 'folder') throw folderAway(folder)
  const above = await disk.stat(dirname(real))
  const isMountTop = above !== null && deviceOf(above.identity) !== deviceOf(stat.identity)
  return { identity: stat.identity, isMountTop }
}

/** The device of a `device:inode`. */
function deviceOf(identity: string): string | undefined {
  return identity.split(':')[0]
}

/**
 * What is in a trainer's folder. Read and hashed are only the files we may have written (`ownNames`) and those of
 * the format that have the size of a wanted one. Throws AppErrors of the disk.
 */
export async function readTrainerFolder(
  disk: Disk,
  folder: string,
  look: {
    readonly ownNames: readonly string[]
    readonly wantedSizes: readonly number[]
    readonly format: string
    readonly parses: boolean
  },
): Promise<FolderSnapshot> {
  const { identity } = await lookAtRoot(disk, folder)
  const ownNames = new Set(look.ownNames.map(name => name.toLowerCase()))
  const files: FolderFile[] = []
  for (const entry of await disk.list(folder)) {
    const path = join(folder, entry.name)
    const name = entry.name.toLowerCase()
    const isOwn = ownNames.has(name)
    const unread: FolderFile = { name: entry.name, kind: 'file', sha256: null, workout: null }
    if (entry.kind !== 'file') {
      files.push({ ...unread, kind: 'other' })
    } else if (isOwn || (name.endsWith(`.${look.format}`) && (await hasSize(disk, path, look.wantedSizes)))) {
      const read = await readFolderFile(disk, folder, entry.name, isOwn && look.parses)
      if (read !== null) files.push(read)
    } else {
      files.push(unread)
    }
  }
  // Asked after the look: a stick may be pulled while it is read.
  if ((await lookAtRoot(disk, folder)).identity !== identity) throw folderAway(folder)
  return { identity, files }
}

async function hasSize(disk: Disk, path: string, sizes: readonly number[]): Promise<boolean> {
  const stat = await disk.stat(path)
  return stat !== null && sizes.includes(stat.size)
}

/** Null when it is not there. A file that we may not read is someone else's. */
async function readFolderFile(
  disk: Disk,
  folder: string,
  name: string,
  parses: boolean,
): Promise<FolderFile | null> {
  const path = join(folder, name)
  const stat = await disk.stat(path)
  if (stat === null) return null
  const unread: FolderFile = { name, kind: 'file', sha256: null, workout: null }
  if (stat.kind !== 'file') return { ...unread, kind: 'other' }
  if (stat.size > maxWorkoutBytes) return unread
  try {
    const bytes = await readWhole(disk, path)
    const read = parses ? readZwo(bytes) : null
    return {
      ...unread,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      workout: read?.kind === 'workout' ? read.workout : null,
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'missing') return null
    if (error instanceof AppError && error.code === 'unreadable') return unread
    throw error
  }
}

async function readWhole(disk: Disk, path: string): Promise<Uint8Array> {
  const file = await disk.openRead(path)
  try {
    return await file.read(0, file.size)
  } finally {
    await file.close()
  }
}

/** Looks once more, right before a file is replaced or removed. */
export async function statusNow(
  disk: Disk,
  folder: string,
  row: Pick<ManifestFile, 'fileName' | 'sha256' | 'workout'>,
): Promise<ReturnType<typeof statusOf>> {
  const file = await readFolderFile(disk, folder, row.fileName, row.workout !== null)
  return statusOf(row, file ?? undefined)
}

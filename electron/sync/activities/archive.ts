import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { AppError } from '../../../shared/app-error.ts'
import { gunzip } from '../../formats/gzip.ts'
import { FormatError, type RecordingFormat } from '../../formats/proof.ts'
import type { Disk } from '../ports/disk.ts'

/** Where a recording's gzipped copy lies: named by the hash of its own bytes, in one of 256 folders. */
export function archivePath(archiveFolder: string, sha256: string, format: RecordingFormat): string {
  return join(archiveFolder, sha256.slice(0, 2), `${sha256}.${format}.gz`)
}

export interface ArchiveRequest {
  readonly stagedPath: string
  readonly archiveFolder: string
  readonly sha256: string
  readonly format: RecordingFormat
}

/**
 * Moves a staged recording into the archive: gzip to a temporary file, flush, rename, flush the folder, and read it
 * all back. On return the disk holds bytes of exactly that hash. An archived copy that is already there and whole is kept.
 * Throws `disk-full`, `disk-error`, `archive-damaged`.
 */
export async function archiveRecording(disk: Disk, request: ArchiveRequest): Promise<void> {
  const target = archivePath(request.archiveFolder, request.sha256, request.format)
  const shard = dirname(target)
  if (!(await isThere(disk, target, request.sha256))) {
    // In the staging folder, which is swept at start; it is on the archive's own file system.
    const temporary = `${request.stagedPath}.gz`
    await disk.makeFolder(shard)
    try {
      await writeGzipped(disk, request.stagedPath, temporary)
      await disk.rename(temporary, target)
    } catch (error) {
      // A part of a copy on a full disk would only keep it full.
      await disk.remove(temporary)
      throw error
    }
    await flushNames(disk, request.archiveFolder, shard)
    if (!(await isWhole(disk, target, request.sha256))) {
      await disk.remove(target)
      throw new AppError('archive-damaged', 'the copy did not read back as written', 'retry', {
        file: target,
      })
    }
  } else {
    // Whoever put it there may have been killed before its name was safe.
    await flushNames(disk, request.archiveFolder, shard)
  }
  await disk.remove(request.stagedPath)
}

/** The shard itself may be new: its name lies in the folder above. */
async function flushNames(disk: Disk, archiveFolder: string, shard: string): Promise<void> {
  await disk.flushFolder(shard)
  await disk.flushFolder(archiveFolder)
}

async function writeGzipped(disk: Disk, from: string, to: string): Promise<void> {
  const source = await disk.openRead(from)
  try {
    const copy = await disk.create(to)
    try {
      await pipeline(source.stream(), createGzip({ level: 6 }), async gzipped => {
        for await (const chunk of gzipped as AsyncIterable<Uint8Array>) await copy.write(chunk)
      })
      await copy.flush()
    } finally {
      await copy.close()
    }
  } finally {
    await source.close()
  }
}

/** True when a whole copy is archived already. One that cannot be read is as good as none: a new one takes its place. */
async function isThere(disk: Disk, path: string, sha256: string): Promise<boolean> {
  if ((await disk.stat(path)) === null) return false
  try {
    return await isWhole(disk, path, sha256)
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** True when the archived copy unpacks to bytes of that hash. */
async function isWhole(disk: Disk, path: string, sha256: string): Promise<boolean> {
  try {
    const bytes = readArchived(disk, path, sha256)
    while ((await bytes.next()).done !== true);
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'archive-damaged') return false
    throw error
  }
}

/**
 * The recording's own bytes, unpacked. The last piece is handed over only once the hash of all of them is right,
 * so whoever sends them can never complete a request with other bytes. Throws `archive-damaged` or `missing`.
 */
export async function* readArchived(
  disk: Disk,
  path: string,
  sha256: string,
): AsyncGenerator<Uint8Array, void, void> {
  const file = await disk.openRead(path)
  const hash = createHash('sha256')
  let held: Uint8Array | null = null
  try {
    for await (const chunk of gunzip(file)) {
      hash.update(chunk)
      if (held !== null) yield held
      held = chunk
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new AppError('archive-damaged', `archived copy: ${error.message}`, 'give-up', {
      cause: error,
      file: path,
    })
  } finally {
    await file.close()
  }
  if (hash.digest('hex') !== sha256) {
    throw new AppError('archive-damaged', 'archived copy: the hash is wrong', 'give-up', { file: path })
  }
  if (held !== null) yield held
}

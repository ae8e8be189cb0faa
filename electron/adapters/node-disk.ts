import { constants, type BigIntStats, type Dirent } from 'node:fs'
import { lstat, mkdir, open, readdir, realpath, rm, statfs, type FileHandle } from 'node:fs/promises'
import type { Disk, EntryKind, FileStat, NewFile, OpenFile } from '../sync/ports/disk.ts'
import { diskError, folderError, systemCode } from './disk-errors.ts'
import { moveFile } from './move-file.ts'

const chunkBytes = 262_144

function entryKind(entry: Dirent | BigIntStats): EntryKind {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

function fileStat(stats: BigIntStats): FileStat {
  return {
    kind: entryKind(stats),
    size: Number(stats.size),
    // Nanoseconds to ms with their fraction kept: two writes within one ms must not look the same.
    mtimeMs: Number(stats.mtimeNs) / 1e6,
    ctimeMs: Number(stats.ctimeNs) / 1e6,
    identity: `${stats.dev.toString()}:${stats.ino.toString()}`,
  }
}

async function translated<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw diskError(error, file)
  }
}

async function openFile(path: string, handle: FileHandle): Promise<OpenFile> {
  const readAt = async (at: number, length: number): Promise<Uint8Array> => {
    const buffer = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, at + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return buffer.subarray(0, filled)
  }
  const size = Number((await handle.stat({ bigint: true })).size)
  let isOpen = true
  return {
    size,
    read: (at, length) => translated(path, () => readAt(at, Math.max(0, Math.min(length, size - at)))),
    stream: async function* () {
      for (let at = 0; at < size; at += chunkBytes) {
        yield await translated(path, () => readAt(at, Math.min(chunkBytes, size - at)))
      }
    },
    stat: () => translated(path, async () => fileStat(await handle.stat({ bigint: true }))),
    close: async () => {
      if (!isOpen) return
      isOpen = false
      await translated(path, () => handle.close())
    },
  }
}

function newFile(path: string, handle: FileHandle): NewFile {
  let isOpen = true
  return {
    write: bytes =>
      translated(path, async () => {
        for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten
      }),
    flush: () => translated(path, () => handle.sync()),
    close: async () => {
      if (!isOpen) return
      isOpen = false
      await translated(path, () => handle.close())
    },
  }
}

async function nullIfMissing<T>(file: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    const translatedError = diskError(error, file)
    if (translatedError.code === 'missing') return null
    throw translatedError
  }
}

/** The computer's file systems. Sources are only ever opened with O_RDONLY; O_NONBLOCK keeps a pipe from blocking. */
export function nodeDisk(): Disk {
  return {
    list: folder =>
      translated(folder, async () =>
        (await readdir(folder, { withFileTypes: true })).map(entry => ({
          name: entry.name,
          kind: entryKind(entry),
        })),
      ),
    stat: path => nullIfMissing(path, async () => fileStat(await lstat(path, { bigint: true }))),
    realPath: path => nullIfMissing(path, () => realpath(path)),
    openRead: path =>
      translated(path, async () =>
        openFile(path, await open(path, constants.O_RDONLY | constants.O_NONBLOCK)),
      ),
    create: (path, access = 'private') =>
      translated(path, async () =>
        newFile(path, await open(path, 'wx', access === 'shared' ? 0o666 : 0o600)),
      ),
    rename: (from, to) => translated(to, () => moveFile(from, to)),
    remove: path => translated(path, () => rm(path, { force: true })),
    makeFolder: async path => {
      try {
        await mkdir(path, { recursive: true, mode: 0o700 })
      } catch (error) {
        throw folderError(error, path)
      }
    },
    flushFolder: path =>
      translated(path, async () => {
        // Windows cannot open a folder, and NTFS journals the rename itself.
        if (process.platform === 'win32') return
        const handle = await open(path, constants.O_RDONLY)
        try {
          await handle.sync()
        } catch (error) {
          // Some network and FUSE file systems refuse it; the rename is then as safe as they make it.
          if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(systemCode(error))) throw error
        } finally {
          await handle.close()
        }
      }),
    space: folder =>
      translated(folder, async () => {
        const stats = await statfs(folder)
        return { freeBytes: stats.bavail * stats.bsize, totalBytes: stats.blocks * stats.bsize }
      }),
  }
}

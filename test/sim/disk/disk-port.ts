import { basename, dirname } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import type { Disk, FileStat, NewFile, OpenFile } from '../../../electron/sync/ports/disk.ts'
import type { SimProcess } from '../process.ts'
import type { SimRandom } from '../random.ts'
import type { SimDisk } from './sim-disk.ts'
import type { SimFile } from './sim-file.ts'

const chunkBytes = 4096

/**
 * The disk port of one process. `checkOurs` is told of each path before it is changed, and throws where nothing of ours
 * may change.
 */
export function diskPort(
  disk: SimDisk,
  process: SimProcess,
  random: SimRandom,
  checkOurs: (path: string, what: string) => void,
): Disk {
  /** Mostly at once; now and then something else keeps the disk busy. */
  const delay = (): number => (random.chance(0.03) ? random.int(1, 400) : 0)
  const look = <T>(label: string, work: () => T): Promise<T> => process.look(label, delay(), work)
  const change = <T>(label: string, path: string, work: () => T): Promise<T> =>
    process.change(`${label} ${basename(path)}`, delay(), () => {
      checkOurs(path, label)
      return work()
    })
  const roomFor = (path: string): void => {
    if (disk.isFullAt(path))
      throw new AppError('disk-full', 'no space left on device', 'retry', { file: path })
  }
  const missing = (path: string): AppError => new AppError('missing', 'no such file', 'retry', { file: path })
  const statOf = (path: string, file: SimFile): FileStat => ({
    kind: 'file',
    size: file.bytes.length,
    mtimeMs: file.mtimeMs,
    ctimeMs: file.ctimeMs,
    identity: disk.identityOf(path, file.inode),
  })
  const stat = (path: string): FileStat | null => {
    disk.looked(path)
    const entry = disk.seen(path)
    if (entry === undefined) return null
    if (entry.kind === 'file') return statOf(path, entry.file)
    // A mount point of which the mount is gone is another folder.
    const inode = disk.absences.get(path) === 'empty' ? 1_000_000 : 0
    return { kind: 'folder', size: 0, mtimeMs: 0, ctimeMs: 0, identity: disk.identityOf(path, inode) }
  }

  const openRead = (path: string): OpenFile => {
    const entry = disk.seen(path)
    if (entry?.kind !== 'file') throw missing(path)
    const { file } = entry
    const size = file.bytes.length
    const read = (at: number, length: number): Promise<Uint8Array> =>
      look(`read ${basename(path)}`, () => {
        // An open file of a stick that was pulled fails.
        if (disk.seen(path) === undefined && disk.names.get(path) !== undefined) throw missing(path)
        disk.looked(path)
        return Uint8Array.from(file.bytes.subarray(at, at + Math.max(0, Math.min(length, size - at))))
      })
    return {
      size,
      read,
      stream: async function* () {
        for (let at = 0; at < size; at += chunkBytes) yield await read(at, Math.min(chunkBytes, size - at))
      },
      stat: () => look('stat', () => statOf(path, file)),
      close: () => process.look('close', 0, () => undefined),
    }
  }

  const newFile = (path: string, file: SimFile): NewFile => ({
    write: async bytes => {
      // A write that was under way may leave a part.
      const half = random.int(0, bytes.length)
      for (const part of [bytes.slice(0, half), bytes.slice(half)]) {
        await change('write', path, () => {
          roomFor(path)
          file.write(file.bytes.length, part, file.mtimeMs)
        })
      }
    },
    flush: () =>
      change('flush', path, () => {
        roomFor(path)
        file.flush()
      }),
    close: () => process.look('close', 0, () => undefined),
  })

  return {
    list: folder =>
      look(`list ${folder}`, () =>
        disk.list(folder).map(name => ({
          name,
          kind: disk.names.get(disk.placeOf(`${folder}/${name}`))?.kind ?? 'other',
        })),
      ),
    stat: path => look('stat', () => stat(path)),
    realPath: path => look('real path', () => (disk.seen(path) === undefined ? null : path)),
    openRead: path => look(`open ${basename(path)}`, () => openRead(path)),
    create: path =>
      change('create', path, () => {
        roomFor(path)
        if (disk.seen(dirname(path))?.kind !== 'folder') throw missing(path)
        if (disk.seen(path) !== undefined) throw new AppError('exists', 'it exists', 'retry', { file: path })
        return newFile(path, disk.newFile(disk.placeOf(path), false))
      }),
    rename: (from, to) =>
      change('rename', to, () => {
        if (disk.seen(from)?.kind !== 'file' || disk.seen(dirname(to)) === undefined) throw missing(from)
        disk.names.rename(disk.placeOf(from), disk.placeOf(to))
        checkOurs(to, 'named')
      }),
    remove: path =>
      change('remove', path, () => {
        if (disk.seen(path) !== undefined) disk.names.remove(disk.placeOf(path))
      }),
    makeFolder: path => change('make folder', path, () => makeFolders(disk, path, roomFor)),
    flushFolder: path => change('flush folder', path, () => disk.names.flush(path)),
    space: () => look('space', () => disk.free()),
  }
}

function makeFolders(disk: SimDisk, path: string, roomFor: (path: string) => void): void {
  const entry = disk.seen(path)
  if (entry?.kind === 'folder') return
  if (path !== dirname(path)) makeFolders(disk, dirname(path), roomFor)
  roomFor(path)
  disk.names.add(path, { kind: 'folder' })
}

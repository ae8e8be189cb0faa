import { AppError } from '../../shared/app-error.ts'
import { memorySource } from '../../electron/formats/byte-source.ts'
import { join } from '../helpers/fit-writer.ts'
import type { Disk, FileStat, NewFile, OpenFile } from '../../electron/sync/ports/disk.ts'

/** As much of a disk as an examination needs, in memory, which counts what is left open. */
export class MemoryDisk {
  readonly files = new Map<string, Uint8Array>()
  openFiles = 0

  asDisk(): Disk {
    return {
      openRead: path => Promise.resolve().then(() => this.#open(path)),
      create: path => Promise.resolve().then(() => this.#create(path)),
      remove: path => Promise.resolve(void this.files.delete(path)),
      stat: path => Promise.resolve(this.files.has(path) ? this.#stat(path) : null),
      list: notHere,
      realPath: notHere,
      rename: notHere,
      makeFolder: notHere,
      flushFolder: notHere,
      space: notHere,
    }
  }

  #open(path: string): OpenFile {
    const bytes = this.files.get(path)
    if (bytes === undefined) throw new AppError('missing', `there is no ${path}`, 'retry', { file: path })
    return { ...memorySource(bytes), stat: () => Promise.resolve(this.#stat(path)), close: this.#closer() }
  }

  #create(path: string): NewFile {
    if (this.files.has(path)) throw new AppError('exists', `there is ${path}`, 'retry', { file: path })
    const pieces: Uint8Array[] = []
    const close = this.#closer()
    this.files.set(path, new Uint8Array(0))
    return {
      write: bytes => Promise.resolve(void pieces.push(bytes.slice())),
      flush: () => Promise.resolve(),
      close: () => {
        this.files.set(path, join(pieces))
        return close()
      },
    }
  }

  /** Closing twice is harmless. */
  #closer(): () => Promise<void> {
    let isOpen = true
    this.openFiles++
    return () => {
      if (isOpen) this.openFiles--
      isOpen = false
      return Promise.resolve()
    }
  }

  #stat(path: string): FileStat {
    const size = this.files.get(path)?.length ?? 0
    return { kind: 'file', size, mtimeMs: 1, ctimeMs: 1, identity: path }
  }
}

function notHere(): Promise<never> {
  return Promise.reject(new RangeError('an examination does not ask for this'))
}

import { basename, dirname } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import type { RecorderAct } from '../recorder.ts'
import type { SimRandom } from '../random.ts'
import { Names, type Entry } from './names.ts'
import { SimFile } from './sim-file.ts'

/** How a folder that is not simply there looks. */
export type Absence = 'missing' | 'empty' | 'unreadable'

const gigabyte = 1_000_000_000
const beneath = '/.beneath'

/** The computer's disk: what lies on it, what of it is safe, and what is wrong with it just now. */
export class SimDisk {
  readonly names = new Names()
  readonly #nowMs: () => number
  #nextInode = 1
  #onRecorded: (path: string) => void = () => undefined
  #onLooked: (path: string) => void = () => undefined
  #onListed: (folder: string) => void = () => undefined
  /** Folders that are away, unmounted or closed to us. */
  readonly absences = new Map<string, Absence>()
  /** Nothing more can be written. */
  isFull = false
  /** Folders on disks of their own that are full. */
  readonly fullFolders = new Set<string>()
  /** Told as nearly full, though there would still be room. */
  isLow = false
  /** A mount's number: it may be another after each time. */
  readonly devices = new Map<string, number>()

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
    this.names.add('/', { kind: 'folder' }, true)
  }

  /** Who is told of each change that a recorder makes. */
  onRecorded(listener: (path: string) => void): void {
    this.#onRecorded = listener
  }

  /** Who is told of each path that Musette looks at. */
  onLooked(listener: (path: string) => void): void {
    this.#onLooked = listener
  }

  /** Who is told of each folder that Musette lists. */
  onListed(listener: (folder: string) => void): void {
    this.#onListed = listener
  }

  looked(path: string): void {
    this.#onLooked(path)
  }

  /** True where nothing more can be written. */
  isFullAt(path: string): boolean {
    return this.isFull || [...this.fullFolders].some(folder => path.startsWith(`${folder}/`))
  }

  /** Makes a folder that has long been there. */
  makeOldFolder(path: string): void {
    if (path !== dirname(path)) this.makeOldFolder(dirname(path))
    if (this.names.get(path) === undefined) this.names.add(path, { kind: 'folder' }, true)
  }

  /** The folder is the top of a disk of its own. */
  mount(path: string): void {
    this.devices.set(path, 2)
    this.makeOldFolder(`${beneath}${path}`)
  }

  /** What somebody else does. `ageMs`: how long ago, by its mtime. */
  act(root: string, act: RecorderAct): void {
    const now = this.#nowMs()
    switch (act.kind) {
      case 'write': {
        const path = `${root}/${act.path}`
        this.makeOldFolder(dirname(path))
        const file = this.file(path) ?? this.newFile(path, true)
        file.write(act.at, act.bytes, now)
        file.flush()
        this.#onRecorded(path)
        return
      }
      case 'truncate': {
        const file = this.file(`${root}/${act.path}`)
        file?.truncate(act.size, now)
        file?.flush()
        this.#onRecorded(`${root}/${act.path}`)
        return
      }
      case 'rename': {
        const entry = this.names.get(`${root}/${act.from}`)
        if (entry?.kind === 'file') entry.file.ctimeMs = now
        this.makeOldFolder(dirname(`${root}/${act.to}`))
        this.names.rename(`${root}/${act.from}`, `${root}/${act.to}`, true)
        this.#onRecorded(`${root}/${act.to}`)
        return
      }
      case 'remove':
        this.names.remove(`${root}/${act.path}`, true)
        this.#onRecorded(`${root}/${act.path}`)
        return
      case 'ageMtime': {
        const file = this.file(`${root}/${act.path}`)
        if (file === null) return
        file.mtimeMs = now - act.byMs
        file.ctimeMs = now
        this.#onRecorded(`${root}/${act.path}`)
      }
    }
  }

  file(path: string): SimFile | null {
    const entry = this.names.get(path)
    return entry?.kind === 'file' ? entry.file : null
  }

  newFile(path: string, isSafe: boolean): SimFile {
    const file = new SimFile(this.#nextInode, this.#nowMs())
    this.#nextInode += 1
    if (isSafe) file.flush()
    this.names.add(path, { kind: 'file', file }, isSafe)
    return file
  }

  /** Where a path leads to: below an empty mount point that is on the disk beneath, which nobody sees once it is back. */
  placeOf(path: string): string {
    for (const [folder, absence] of this.absences)
      if (absence === 'empty' && path.startsWith(`${folder}/`)) return `${beneath}${path}`
    return path
  }

  /** As one who looks sees it: what is away is not there. Throws `unreadable`. */
  seen(path: string): Entry | undefined {
    for (const [folder, absence] of this.absences) {
      const isBelow = path.startsWith(`${folder}/`)
      if (!isBelow && path !== folder) continue
      if (absence === 'unreadable' && isBelow) throw new AppError('unreadable', path, 'retry', { file: path })
      if (absence === 'missing') return undefined
      if (isBelow) return this.names.get(this.placeOf(path))
    }
    return this.names.get(path)
  }

  /** Names in a folder. Throws `missing` and `unreadable`. */
  list(folder: string): readonly string[] {
    this.#onListed(folder)
    const entry = this.seen(folder)
    if (entry?.kind !== 'folder') throw new AppError('missing', folder, 'retry', { file: folder })
    const absence = this.absences.get(folder)
    if (absence === 'unreadable') throw new AppError('unreadable', folder, 'retry', { file: folder })
    const place = absence === 'empty' ? `${beneath}${folder}` : folder
    return this.names.in(place).map(path => basename(path))
  }

  /** `device:inode`. */
  identityOf(path: string, inode: number): string {
    for (const [folder, device] of this.devices) {
      const isIn = path === folder || path.startsWith(`${folder}/`)
      // An empty mount point belongs to the disk below.
      if (isIn && this.absences.get(folder) === undefined) return `${device}:${inode}`
    }
    return `1:${inode}`
  }

  free(): { readonly freeBytes: number; readonly totalBytes: number } {
    return {
      freeBytes: this.isFull ? 0 : this.isLow ? gigabyte / 2 : 100 * gigabyte,
      totalBytes: 500 * gigabyte,
    }
  }

  /** True when these bytes would be there after a power cut at this moment. */
  isSafe(path: string): boolean {
    const entry = this.names.durable(path)
    if (entry?.kind !== 'file' || !entry.file.isFlushed) return false
    for (let folder = dirname(path); folder !== '/'; folder = dirname(folder))
      if (this.names.durable(folder)?.kind !== 'folder') return false
    return true
  }

  /** The power goes. */
  loseUnsafe(random: SimRandom): void {
    this.names.losePending(random.fork('names'))
    const torn = random.fork('bytes')
    for (const path of this.names.below('')) this.file(path)?.loseUnflushed(torn)
  }
}

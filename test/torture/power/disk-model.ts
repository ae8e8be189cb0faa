import { createHash } from 'node:crypto'
import { simRandom, type SimRandom } from '../../sim/random.ts'
import type { Act, Tree } from '../trace/acts.ts'
import { bytesFates, FileBytes, type BytesFate } from './file-bytes.ts'
import { FileNames, namesFates, type Entry, type NamesFate } from './file-names.ts'

/** What a power cut does to what was not flushed: the same to all, or drawn for each file anew. */
export interface CutWay {
  readonly names: NamesFate
  readonly bytes: BytesFate | 'drawn'
}

/** Files whose bytes no call tells of: SQLite maps the index of its log into memory, and makes it anew. */
const untold = /-shm$/

/** A disk that remembers what of it was flushed. */
export class DiskModel {
  readonly #names: FileNames
  readonly #files = new Map<number, FileBytes>()

  /** Everything of `start` is safe. Its files have the numbers 1, 2, ... in their order. */
  constructor(root: string, start: Tree) {
    const names = new Map<string, Entry>(start.folders.map(path => [path, 'folder']))
    for (const [path, bytes] of start.files) {
      const file = this.#files.size + 1
      names.set(path, file)
      this.#files.set(file, new FileBytes(bytes))
    }
    this.#names = new FileNames(root, names)
  }

  apply(act: Act): void {
    switch (act.kind) {
      case 'create':
        this.#files.set(act.file, new FileBytes(new Uint8Array()))
        this.#names.add(act.path, act.file)
        return
      case 'write':
        this.#files.get(act.file)?.write(act.at, act.offset, act.bytes)
        return
      case 'truncate':
        this.#files.get(act.file)?.truncate(act.at, act.size)
        return
      case 'flush':
        this.#files.get(act.file)?.flush(act.at)
        return
      case 'rename':
        this.#names.rename(act.from, act.to)
        return
      case 'remove':
      case 'remove folder':
        this.#names.remove(act.path)
        return
      case 'make folder':
        this.#names.add(act.path, 'folder')
        return
      case 'flush folder':
        this.#names.flush(act.path)
    }
  }

  /** What lies there as long as there is power. */
  everything(): Tree {
    return this.after({ names: 'kept', bytes: 'kept' }, simRandom(0))
  }

  /** What could be found after a power cut now. */
  after(way: CutWay, random: SimRandom): Tree {
    const folders: string[] = []
    const files = new Map<string, Uint8Array>()
    for (const [path, entry] of this.#names.after(way.names, random.fork('names'))) {
      if (entry === 'folder') folders.push(path)
      else if (!untold.test(path)) files.set(path, this.#bytesOf(entry, way.bytes, random))
    }
    return { folders, files }
  }

  #bytesOf(file: number, fate: CutWay['bytes'], random: SimRandom): Uint8Array {
    const own = random.fork(`file ${file}`)
    const bytes = this.#files.get(file)
    if (bytes === undefined) throw new Error(`no file ${file}`)
    return bytes.after(fate === 'drawn' ? own.pick(bytesFates) : fate, own)
  }
}

/** The ways that are tried at each moment: those that are the worst of their kind, and some that are drawn. */
export function waysToCut(random: SimRandom, drawn: number): readonly CutWay[] {
  return [
    { names: 'lost', bytes: 'lost' },
    { names: 'kept', bytes: 'lost' },
    { names: 'kept', bytes: 'zeros' },
    { names: 'lost', bytes: 'kept' },
    { names: 'some', bytes: 'kept' },
    { names: 'kept', bytes: 'kept' },
    ...Array.from({ length: drawn }, (): CutWay => ({ names: random.pick(namesFates), bytes: 'drawn' })),
  ]
}

/** The same for two trees that cannot be told apart. */
export function hashOfTree(tree: Tree): string {
  const hash = createHash('sha256')
  for (const path of [...tree.folders].sort()) hash.update(`${path}\0`)
  for (const [path, bytes] of [...tree.files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

import { resolve } from 'node:path'
import type { Act, Tree } from './acts.ts'
import { bytesOf, descriptorOf, type Call } from './read-calls.ts'

interface OpenFile {
  /** Null for a folder. */
  readonly file: number | null
  readonly path: string
  readonly openedAt: number
  position: number
  readonly isAppending: boolean
}

/** Calls that change a disk in a way that is not understood: better none than a wrong picture of it. */
const notUnderstood = new Set([
  ...['writev', 'pwritev', 'pwritev2', 'sendfile', 'copy_file_range', 'truncate', 'fallocate'],
  ...['link', 'linkat', 'symlink', 'symlinkat'],
])

/** Reads what a process did below some folders out of its calls. What lies there at the start is given. */
export class ActReader {
  readonly #roots: readonly string[]
  readonly #files = new Map<string, number>()
  readonly #folders: Set<string>
  readonly #sizes = new Map<number, number>()
  #open = new Map<number, OpenFile>()
  #nextFile = 1

  constructor(roots: readonly string[], start: Tree) {
    this.#roots = roots
    this.#folders = new Set(start.folders)
    for (const [path, bytes] of start.files) this.#sizes.set(this.#newFile(path), bytes.length)
  }

  /** The files that were there at the start have the numbers 1, 2, ... in the order given. */
  fileAt(path: string): number | null {
    return this.#files.get(path) ?? null
  }

  /** The next process begins with no open files. */
  nextProcess(): void {
    this.#open = new Map()
  }

  /** What a call did; null for nothing of interest. Throws where a call changes our folders in a way that is not understood. */
  read(call: Call): Act | null {
    const { name, args, beganAt: at } = call
    if (call.result === null || call.result.startsWith('-')) return null
    const result = descriptorOf(call.result)
    switch (name) {
      case 'open':
      case 'creat':
      case 'openat':
        return this.#opened(call, result)
      case 'write':
      case 'pwrite64':
        return this.#written(call, Number(call.result))
      case 'ftruncate': {
        const file = this.#openFile(args[0])?.file ?? null
        if (file === null) return null
        this.#sizes.set(file, Number(args[1]))
        return { kind: 'truncate', at, file, size: Number(args[1]) }
      }
      case 'fsync':
      case 'fdatasync': {
        const open = this.#openFile(args[0])
        if (open === null) return null
        const { file, path } = open
        return file === null ? { kind: 'flush folder', at, path } : { kind: 'flush', at, file }
      }
      case 'close': {
        const { number } = descriptorOf(args[0] ?? '')
        // Told late, it may speak of a file whose number another has got since.
        if ((this.#open.get(number)?.openedAt ?? Infinity) < at) this.#open.delete(number)
        return null
      }
      default:
        return this.#named(call)
    }
  }

  #named(call: Call): Act | null {
    const { name, args, beganAt: at } = call
    const paths = pathsOf(args)
    const isOurs = paths.some(path => this.#isOurs(path))
    switch (name) {
      case 'rename':
      case 'renameat':
      case 'renameat2': {
        const [from = '', to = ''] = paths
        const file = this.#files.get(from)
        if (!isOurs || file === undefined) return this.#unknown(isOurs, call)
        this.#files.delete(from)
        this.#files.set(to, file)
        return { kind: 'rename', at, from, to }
      }
      case 'mkdir':
      case 'mkdirat': {
        const [path = ''] = paths
        if (!isOurs) return null
        this.#folders.add(path)
        return { kind: 'make folder', at, path }
      }
      case 'unlink':
      case 'rmdir':
      case 'unlinkat': {
        const [path = ''] = paths
        if (this.#files.delete(path)) return { kind: 'remove', at, path }
        // What is no file of ours is a socket.
        return this.#folders.delete(path) ? { kind: 'remove folder', at, path } : null
      }
      default: {
        const isOpenHere = args.some(argument => this.#openFile(argument) !== null)
        return this.#unknown((isOurs || isOpenHere) && notUnderstood.has(name), call)
      }
    }
  }

  #opened(call: Call, result: { readonly number: number; readonly path: string | null }): Act | null {
    const [path = ''] = pathsOf(call.args)
    // Whatever had this number before is closed.
    this.#open.delete(result.number)
    if (!this.#isOurs(path)) return null
    const openedAt = call.beganAt
    if (this.#folders.has(path)) {
      const folder = { file: null, path, openedAt, position: 0, isAppending: false }
      this.#open.set(result.number, folder)
      return null
    }
    const flags =
      call.name === 'creat' ? 'O_CREAT|O_TRUNC' : (call.args.find(one => one.startsWith('O_')) ?? '')
    const known = this.#files.get(path)
    // Opened to be read, and nothing we know of: a socket, or a folder that another made.
    if (known === undefined && !flags.includes('O_CREAT')) return null
    const file = known ?? this.#newFile(path)
    const isAppending = flags.includes('O_APPEND')
    this.#open.set(result.number, { file, path, openedAt, position: 0, isAppending })
    if (known === undefined) return { kind: 'create', at: openedAt, path, file }
    if (!flags.includes('O_TRUNC')) return null
    this.#sizes.set(file, 0)
    return { kind: 'truncate', at: openedAt, file, size: 0 }
  }

  #written(call: Call, length: number): Act | null {
    const open = this.#openFile(call.args[0])
    const file = open?.file ?? null
    if (open === null || file === null) return null
    const size = this.#sizes.get(file) ?? 0
    const isPlaced = call.name === 'pwrite64'
    const offset = isPlaced ? Number(call.args[3]) : open.isAppending ? size : open.position
    if (!isPlaced) open.position = offset + length
    this.#sizes.set(file, Math.max(size, offset + length))
    const bytes = bytesOf(call.args[1] ?? '').subarray(0, length)
    return { kind: 'write', at: call.beganAt, file, offset, bytes }
  }

  #openFile(argument: string | undefined): OpenFile | null {
    return this.#open.get(descriptorOf(argument ?? '').number) ?? null
  }

  #newFile(path: string): number {
    const file = this.#nextFile
    this.#nextFile += 1
    this.#files.set(path, file)
    return file
  }

  #isOurs(path: string): boolean {
    return this.#roots.some(root => path === root || path.startsWith(`${root}/`))
  }

  #unknown(isTrouble: boolean, call: Call): null {
    if (isTrouble) throw new Error(`a change of the disk that is not understood: ${call.name}`)
    return null
  }
}

/** The paths in a call's arguments, from the folder that a `...at` call names. */
function pathsOf(args: readonly string[]): readonly string[] {
  return args.flatMap((argument, place) => {
    if (!argument.startsWith('"')) return []
    const from = /^(?:AT_FDCWD|\d+)</.test(args[place - 1] ?? '') ? descriptorPath(args[place - 1]) : '/'
    return [resolve(from, Buffer.from(bytesOf(argument)).toString('utf8'))]
  })
}

function descriptorPath(argument: string | undefined): string {
  const [, hex = ''] = /<((?:\\x[0-9a-f]{2})*)>/.exec(argument ?? '') ?? []
  return Buffer.from(hex.replaceAll('\\x', ''), 'hex').toString('utf8')
}

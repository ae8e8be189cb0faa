import { dirname } from 'node:path'
import type { SimRandom } from '../random.ts'
import type { SimFile } from './sim-file.ts'

export type Entry = { readonly kind: 'file'; readonly file: SimFile } | { readonly kind: 'folder' }

/** A change of names that a power cut may undo. */
type Change =
  | { readonly kind: 'add'; readonly path: string; readonly entry: Entry }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }

/** The names on the disk: as they are, and as they would surely be after a power cut. */
export class Names {
  readonly #now = new Map<string, Entry>()
  readonly #durable = new Map<string, Entry>()
  #pending: Change[] = []

  get(path: string): Entry | undefined {
    return this.#now.get(path)
  }

  durable(path: string): Entry | undefined {
    return this.#durable.get(path)
  }

  /** Names in a folder, in the order in which they came. */
  in(folder: string): readonly string[] {
    return [...this.#now.keys()].filter(path => path !== folder && dirname(path) === folder)
  }

  /** All paths below a folder. */
  below(folder: string): readonly string[] {
    return [...this.#now.keys()].filter(path => path.startsWith(`${folder}/`))
  }

  /** `isSafe`: on the disk at once, as what another device did long ago. */
  add(path: string, entry: Entry, isSafe = false): void {
    this.#apply(this.#now, { kind: 'add', path, entry })
    if (isSafe) this.#apply(this.#durable, { kind: 'add', path, entry })
    else this.#pending.push({ kind: 'add', path, entry })
  }

  remove(path: string, isSafe = false): void {
    this.#apply(this.#now, { kind: 'remove', path })
    if (isSafe) this.#apply(this.#durable, { kind: 'remove', path })
    else this.#pending.push({ kind: 'remove', path })
  }

  rename(from: string, to: string, isSafe = false): void {
    this.#apply(this.#now, { kind: 'rename', from, to })
    if (isSafe) this.#apply(this.#durable, { kind: 'rename', from, to })
    else this.#pending.push({ kind: 'rename', from, to })
  }

  /** What was done in a folder so far is safe; a rename is so once the folder it leads to is flushed. */
  flush(folder: string): void {
    const isOfFolder = (change: Change): boolean =>
      dirname(change.kind === 'rename' ? change.to : change.path) === folder
    // What a safe change stands on is safe with it: the temporary file that was renamed.
    const needed = new Set<Change>()
    const paths = new Set<string>()
    for (const change of this.#pending.toReversed()) {
      const touched = change.kind === 'rename' ? [change.from, change.to] : [change.path]
      if (!isOfFolder(change) && !touched.some(path => paths.has(path))) continue
      needed.add(change)
      if (change.kind === 'rename') paths.add(change.from)
    }
    for (const change of this.#pending) if (needed.has(change)) this.#apply(this.#durable, change)
    this.#pending = this.#pending.filter(change => !needed.has(change))
  }

  /** The power goes: of what was not flushed the seed keeps all, nothing, the first part, or some of it. */
  losePending(random: SimRandom): void {
    const how = random.int(0, 3)
    const first = random.int(0, this.#pending.length)
    for (const [place, change] of this.#pending.entries()) {
      const isKept = how === 0 || (how === 1 && place < first) || (how === 2 && random.chance(0.5))
      if (isKept) this.#apply(this.#durable, change)
    }
    this.#pending = []
    this.#now.clear()
    for (const [path, entry] of this.#durable) {
      // A name whose folder was lost is lost with it.
      if (this.#hasFolder(path)) this.#now.set(path, entry)
    }
    this.#durable.clear()
    for (const [path, entry] of this.#now) this.#durable.set(path, entry)
  }

  #hasFolder(path: string): boolean {
    const folder = dirname(path)
    if (folder === path) return true
    return this.#durable.get(folder)?.kind === 'folder' && this.#hasFolder(folder)
  }

  #apply(names: Map<string, Entry>, change: Change): void {
    if (change.kind === 'add') names.set(change.path, change.entry)
    else if (change.kind === 'remove') names.delete(change.path)
    else {
      const entry = names.get(change.from)
      if (entry === undefined) return
      names.delete(change.from)
      names.set(change.to, entry)
    }
  }
}

import { dirname } from 'node:path'
import type { SimRandom } from '../../sim/random.ts'

/** A file's number, or a folder. */
export type Entry = number | 'folder'

type Change =
  | { readonly kind: 'add'; readonly path: string; readonly entry: Entry }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }

/** What becomes of names whose folder was not flushed. */
export type NamesFate = 'kept' | 'lost' | 'first ones' | 'some'

export const namesFates: readonly NamesFate[] = ['kept', 'lost', 'first ones', 'some']

/** The names below some folders: those that are safe, and what was done to them since. */
export class FileNames {
  readonly #root: string
  readonly #safe: Map<string, Entry>
  #since: Change[] = []

  /** What lies right in `root` can always be reached. */
  constructor(root: string, safe: ReadonlyMap<string, Entry>) {
    this.#root = root
    this.#safe = new Map(safe)
  }

  add(path: string, entry: Entry): void {
    this.#since.push({ kind: 'add', path, entry })
  }

  remove(path: string): void {
    this.#since.push({ kind: 'remove', path })
  }

  rename(from: string, to: string): void {
    this.#since.push({ kind: 'rename', from, to })
  }

  /** What was done in a folder is safe from now on; a rename is so where it leads to that folder. */
  flush(folder: string): void {
    const needed = new Set<Change>()
    const froms = new Set<string>()
    for (const change of this.#since.toReversed()) {
      const path = change.kind === 'rename' ? change.to : change.path
      // What a safe rename stands on is safe with it: the name that it had before.
      if (dirname(path) !== folder && !froms.has(path)) continue
      needed.add(change)
      if (change.kind === 'rename') froms.add(change.from)
    }
    for (const change of this.#since) if (needed.has(change)) apply(this.#safe, change)
    this.#since = this.#since.filter(change => !needed.has(change))
  }

  /** The names that could be found after a power cut now. One whose folder is lost is lost with it. */
  after(fate: NamesFate, random: SimRandom): ReadonlyMap<string, Entry> {
    const names = new Map(this.#safe)
    for (const change of this.#kept(fate, random)) apply(names, change)
    const isReached = (path: string): boolean =>
      path === this.#root || (names.get(path) !== undefined && isReached(dirname(path)))
    return new Map([...names].filter(([path]) => isReached(path)))
  }

  #kept(fate: NamesFate, random: SimRandom): readonly Change[] {
    switch (fate) {
      case 'kept':
        return this.#since
      case 'lost':
        return []
      case 'first ones':
        return this.#since.slice(0, random.int(0, this.#since.length))
      case 'some':
        return this.#since.filter(() => random.chance(0.5))
    }
  }
}

function apply(names: Map<string, Entry>, change: Change): void {
  switch (change.kind) {
    case 'add':
      names.set(change.path, change.entry)
      return
    case 'remove':
      names.delete(change.path)
      return
    case 'rename': {
      const entry = names.get(change.from)
      // The name that it had before was lost.
      if (entry === undefined) return
      names.delete(change.from)
      names.set(change.to, entry)
    }
  }
}

import { relative, isAbsolute, sep } from 'node:path'

/** Folders that hold no rides of the user's own: trash, snapshots, and what sync tools keep for themselves. */
const skippedFolders = new Set(
  [
    '$recycle.bin',
    'recycler',
    'recycled',
    'system volume information',
    'lost+found',
    '#recycle',
    '@eadir',
    '@recently-snapshot',
    '#snapshot',
    'node_modules',
    '__macosx',
    '~syncthing',
  ].map(name => name.toLowerCase()),
)

/** How deep below its root a source is read. */
export const deepestLevel = 8

/** True for hidden, trash and sync-tool folders (`.stversions`, `.dropbox.cache`, `.Trash-1000`, ...). */
export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || skippedFolders.has(name.toLowerCase())
}

/** True when `inner` is `outer` or lies in it. Both real paths. */
export function liesIn(inner: string, outer: string): boolean {
  const way = relative(outer, inner)
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`))
}

/** Folders that matter when a new source is chosen; all real paths. */
export interface TakenFolders {
  readonly home: string
  readonly sources: readonly string[]
  readonly backups: readonly string[]
}

/** Why a folder may not become a source; null when it may. */
export function refusal(folder: string, taken: TakenFolders): string | null {
  const clash = (other: string): boolean => liesIn(folder, other) || liesIn(other, folder)
  if (clash(taken.home)) return "it overlaps Musette's own home"
  if (taken.backups.some(clash)) return 'it overlaps a backup folder'
  const source = taken.sources.find(clash)
  if (source === folder) return 'it is a source already'
  return source === undefined ? null : `it overlaps the source ${source}`
}

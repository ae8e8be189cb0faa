import type { ByteSource } from '../../formats/byte-source.ts'

export type EntryKind = 'file' | 'folder' | 'link' | 'other'

/** What one stat says. Two equal stats mean: take it that the bytes are the same. */
export interface FileStat {
  readonly kind: EntryKind
  readonly size: number
  readonly mtimeMs: number
  /** Changes with every write and cannot be set back by copying tools. 0 where the platform has none. */
  readonly ctimeMs: number
  /** Device and inode: survives a rename. */
  readonly identity: string
}

export interface FolderEntry {
  readonly name: string
  readonly kind: EntryKind
}

/** A file open for reading only. Closing twice is harmless. */
export interface OpenFile extends ByteSource {
  /** The stat of the open file, now. */
  stat(): Promise<FileStat>
  close(): Promise<void>
}

/** A new file being written. Nothing is safe before `flush`. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<void>
  flush(): Promise<void>
  close(): Promise<void>
}

/**
 * The disk. All failures are AppErrors: `missing`, `unreadable`, `busy`, `exists`, `disk-full`, `disk-error`.
 * A rename is durable only once its folder is flushed.
 */
export interface Disk {
  /** Entries of a folder, links reported as links. */
  list(folder: string): Promise<readonly FolderEntry[]>
  /** Null when nothing is there. Does not follow a link in the last part. */
  stat(path: string): Promise<FileStat | null>
  /** The real path, all links followed; null when nothing is there. */
  realPath(path: string): Promise<string | null>
  openRead(path: string): Promise<OpenFile>
  /**
   * Creates a file that must not exist yet: for its owner alone, or `shared` with whom the folder's own rules let in
   * (a trainer may run as another user).
   */
  create(path: string, access?: 'private' | 'shared'): Promise<NewFile>
  rename(from: string, to: string): Promise<void>
  /** Removes one file; one that is already gone is fine. */
  remove(path: string): Promise<void>
  /** Makes a folder and those above it. */
  makeFolder(path: string): Promise<void>
  flushFolder(path: string): Promise<void>
  space(folder: string): Promise<{ readonly freeBytes: number; readonly totalBytes: number }>
}

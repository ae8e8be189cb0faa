/** Tells that something may have happened in a folder. A hint only: events may be lost, doubled or late. */
export interface FolderWatcher {
  /** `onLost`: the folder itself went away, and this watch may tell nothing more, even once it is back. */
  watch(folder: string, onHint: () => void, onLost?: () => void): { close(): Promise<void> }
}

/** How a folder's file system behaves: only a local one tells of changes by itself. */
export type FolderPlace = 'local' | 'removable' | 'network'

export interface Mounts {
  placeOf(folder: string): Promise<FolderPlace>
}

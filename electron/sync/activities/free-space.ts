import type { Disk } from '../ports/disk.ts'

/** What must stay free: below either, nothing more is archived or sent. */
export interface KeepFree {
  readonly bytes: number
  readonly percent: number
}

/** Pure: is there room to archive? */
export function hasRoom(
  space: { readonly freeBytes: number; readonly totalBytes: number },
  keepFree: KeepFree,
): boolean {
  // With nothing to be kept free there must still be something to write to.
  const leastBytes = Math.max(1, keepFree.bytes)
  return space.freeBytes >= leastBytes && space.freeBytes >= (space.totalBytes * keepFree.percent) / 100
}

/** Asks the disk that holds the archive. */
export async function mayArchive(disk: Disk, folder: string, keepFree: KeepFree): Promise<boolean> {
  return hasRoom(await disk.space(folder), keepFree)
}

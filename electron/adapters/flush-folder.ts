import { closeSync, constants, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Makes the names in a folder safe, as far as its file system and our rights to it allow. Never throws. */
export function flushFolderSync(folder: string): void {
  // Windows cannot open a folder, and NTFS journals its names itself.
  if (process.platform === 'win32') return
  try {
    const handle = openSync(folder, constants.O_RDONLY)
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch {
    // A folder above ours may be closed to us, and some file systems refuse: its names are as safe as they make them.
  }
}

/**
 * Makes a folder for its owner alone, and those above it, and flushes the name of each that was not there: what is
 * flushed in a folder whose own name is lost, is lost. Throws what `mkdirSync` throws.
 */
export function makeFolderSafely(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = resolve(folder); ; made = dirname(made)) {
    flushFolderSync(dirname(made))
    if (made === resolve(first) || made === dirname(made)) return
  }
}

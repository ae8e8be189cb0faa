import { chmodSync, closeSync, openSync, statSync } from 'node:fs'
import { AppError } from '../../shared/app-error.ts'

/**
 * Takes from other users what they may not do in a folder. Whoever can write to it could put a folder or a link of
 * their own in place of ours. Throws AppError `folder-refused` where it belongs to one of them. Root may work in
 * anybody's, and root's may be anybody's to work in. Where the file system keeps no modes (a memory stick) there is
 * nothing to be done.
 */
export function keepToOurselves(folder: string, others: 'look' | 'nothing'): void {
  const us = process.geteuid?.()
  if (us === undefined) return
  const { uid, mode } = statSync(folder)
  if (uid !== us && uid !== 0 && us !== 0) {
    const message = `${folder} belongs to another user, who could read and change all of it. Name a folder of your own in MUSETTE_HOME.`
    throw new AppError('folder-refused', message, 'give-up', { file: folder })
  }
  const allowed = mode & 0o7777 & ~(others === 'look' ? 0o022 : 0o077)
  if (allowed === (mode & 0o7777)) return
  try {
    chmodSync(folder, allowed)
  } catch {
    // Not ours to change, or a file system without modes.
  }
}

/** Makes an empty file that only its owner may read, for a library that would make it for all; leaves one that is there. */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600))
  } catch {
    // There already, or it can't be made: whoever opens it next tells which.
  }
}

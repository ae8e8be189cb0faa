import { isAbsolute, join } from 'node:path'
import type { Disk } from '../../sync/ports/disk.ts'
import { passedOver } from './expand-pattern.ts'
import { noUserFolders, type UserFolders } from './user-folders.ts'

/** Real ones are under 1 kB. */
const longestFile = 64 * 1024

type Variables = Readonly<Record<string, string | undefined>>

/** Reads where a Linux desktop keeps this user's folders; null for each that is not told. Never rejects with AppErrors. */
export async function readXdgUserDirs(disk: Disk, env: Variables, userHome: string): Promise<UserFolders> {
  const config = env['XDG_CONFIG_HOME'] ?? ''
  // A relative path is to be ignored (XDG base directory specification).
  const folder = isAbsolute(config) ? config : join(userHome, '.config')
  return passedOver(readUserDirs(disk, join(folder, 'user-dirs.dirs'), userHome), noUserFolders)
}

async function readUserDirs(disk: Disk, path: string, userHome: string): Promise<UserFolders> {
  const real = await disk.realPath(path)
  // A pipe in its place would hold us up for ever.
  if (real === null || (await disk.stat(real))?.kind !== 'file') return noUserFolders
  const file = await disk.openRead(real)
  try {
    return parseXdgUserDirs(new TextDecoder().decode(await file.read(0, longestFile)), userHome)
  } finally {
    await file.close()
  }
}

/**
 * What user-dirs.dirs says, read as its own library does, without a shell: `XDG_X_DIR="$HOME/y"` or an absolute path,
 * a backslash before what stands for itself, the last one counts.
 */
export function parseXdgUserDirs(text: string, userHome: string): UserFolders {
  const found = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name, value] = /^\s*XDG_([A-Z]+)_DIR\s*=\s*"((?:[^"\\]|\\.)*)"/.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    const path = pathFrom(value, userHome)
    if (path !== null) found.set(name, path)
  }
  return {
    home: null,
    documents: found.get('DOCUMENTS') ?? null,
    downloads: found.get('DOWNLOAD') ?? null,
  }
}

function pathFrom(value: string, userHome: string): string | null {
  const isBelowHome = /^\$HOME(?:\/|$)/.test(value)
  const rest = isBelowHome ? value.slice('$HOME'.length) : value
  // A shell would put something else in its place.
  if (/(?<!\\)(?:\\\\)*[$`]/.test(rest)) return null
  const plain = rest.replaceAll(/\\(.)/g, '$1')
  if (isBelowHome) return join(userHome, plain)
  return isAbsolute(plain) ? plain : null
}

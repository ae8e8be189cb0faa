import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tree } from './acts.ts'

/** What lies in some folders, themselves included where they are there. Sockets are left out. */
export function readTree(folders: readonly string[]): Tree {
  const found: string[] = []
  const files = new Map<string, Uint8Array>()
  const look = (folder: string): void => {
    const entries = readdirSync(folder, { withFileTypes: true })
    found.push(folder)
    for (const entry of entries) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) look(path)
      else if (entry.isFile()) files.set(path, readFileSync(path))
    }
  }
  for (const folder of folders) {
    try {
      look(folder)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
  return { folders: found, files }
}

/** Puts a tree where it was, in the place of whatever lies in those folders now. A folder that stays is the same one. */
export function layOut(folders: readonly string[], tree: Tree): void {
  for (const folder of folders) {
    if (tree.folders.includes(folder) && existsSync(folder)) empty(folder)
    else rmSync(folder, { recursive: true, force: true })
  }
  for (const folder of [...tree.folders].sort()) mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const [path, bytes] of tree.files) writeFileSync(path, bytes, { mode: 0o600 })
}

function empty(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
}

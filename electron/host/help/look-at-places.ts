import { lstatSync, statSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../../../shared/window-data.ts'
import type { HomeFolders } from '../home.ts'
import { wrong } from './finding.ts'

/** What lies in the home where something of Musette's own should lie, and is something else: no sync begins with it. */
export function misplaced(folders: HomeFolders): readonly Finding[] {
  const own = [folders.archive, folders.staging, join(folders.profile, 'control')]
  return [
    ...own.flatMap(path => trouble(path, 'is no folder', stat => stat.isDirectory())),
    ...trouble(folders.lock, 'is no file', stat => stat.isFile()),
  ].map(text => wrong('home', text))
}

function trouble(path: string, what: string, isRight: (stat: Stats) => boolean): readonly string[] {
  try {
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined && isLink) return [`${path} leads to what is not there. Plug it in or mount it.`]
    if (stat === undefined || isRight(stat)) return []
    return [`${path} ${what}. Move away what lies there: Musette makes it itself.`]
  } catch {
    // It can't even be looked at: told by whoever needs it.
    return []
  }
}

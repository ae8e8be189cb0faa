import { homedir, userInfo } from 'node:os'
import { previewFolder } from '../../sync/folders/preview-folder.ts'
import { discoverFolders } from '../discovery/discover-folders.ts'
import { placesOf, type Places } from '../discovery/places.ts'
import { noUserFolders, type UserFolders } from '../discovery/user-folders.ts'
import { readXdgUserDirs } from '../discovery/xdg-user-dirs.ts'
import type { Disk } from '../../sync/ports/disk.ts'
import type { HandlersOf } from '../handle-requests.ts'

/** What the window asks before a folder is added. */
export const findingAsks: HandlersOf<'discoverFolders' | 'previewFolder'> = {
  discoverFolders: async ({ parts, userFolders, signal }) =>
    discoverFolders(parts, await thisComputer(parts.disk, userFolders), signal),
  previewFolder: (host, { folder }) => previewFolder(host.parts, folder, host.signal),
}

async function thisComputer(disk: Disk, told: UserFolders | null): Promise<Places> {
  const { platform, env } = process
  const userHome = homedir()
  const userFolders = told ?? (await foldersFrom(disk, platform, env, userHome))
  return placesOf({ platform, env, userHome, userFolders, ...thisUser(env) })
}

/** What can be known of the user's folders without a desktop: only Linux has it in a file. */
function foldersFrom(
  disk: Disk,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  userHome: string,
): Promise<UserFolders> {
  if (platform === 'win32' || platform === 'darwin') return Promise.resolve(noUserFolders)
  return readXdgUserDirs(disk, env, userHome)
}

/** A user id without an account (a container's) has no name to look up. */
function thisUser(env: NodeJS.ProcessEnv): { readonly userName: string; readonly userId: number | null } {
  try {
    const { username, uid } = userInfo()
    return { userName: username, userId: uid < 0 ? null : uid }
  } catch {
    return { userName: env['USER'] ?? '', userId: process.getuid?.() ?? null }
  }
}

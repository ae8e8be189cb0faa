import type { App } from 'electron'
import type { UserFolders } from '../host/discovery/user-folders.ts'
import type { Log } from '../sync/ports/log.ts'

/** Where the system keeps this user's folders, redirected and in any language; null where it tells of none. */
export function readUserFolders(app: Pick<App, 'getPath'>, log: Log): UserFolders | null {
  const told = (name: 'home' | 'documents' | 'downloads'): string | null => {
    try {
      return app.getPath(name)
    } catch (error) {
      // Electron throws for a folder that the system does not have.
      log('warn', 'the system does not tell of a folder', { name, why: String(error) })
      return null
    }
  }
  const folders = { home: told('home'), documents: told('documents'), downloads: told('downloads') }
  return Object.values(folders).every(folder => folder === null) ? null : folders
}

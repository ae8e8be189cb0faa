import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { folderError } from '../adapters/disk-errors.ts'
import { makeFolderSafely } from '../adapters/flush-folder.ts'
import { keepToOurselves } from '../adapters/private-files.ts'

/** Where everything of one profile lies. More profiles come later; the layout is ready for them. */
export interface HomeFolders {
  readonly home: string
  readonly profile: string
  readonly settings: string
  readonly ledger: string
  readonly lock: string
  readonly staging: string
  readonly archive: string
  readonly log: string
}

export function homeFolders(home: string, profileName = 'default'): HomeFolders {
  const profile = join(home, 'profiles', profileName)
  return {
    home,
    profile,
    settings: join(profile, 'settings.json'),
    ledger: join(profile, 'ledger.sqlite'),
    lock: join(profile, 'lock'),
    staging: join(profile, 'staging'),
    archive: join(profile, 'archive'),
    log: join(profile, 'logs', 'musette.log'),
  }
}

/**
 * Makes the home, readable by its owner only, and answers its folders by real path. One that is there already is closed
 * to other users. Throws AppError `folder-refused` where it, or what lies in it, belongs to another user or is no folder.
 */
export function makeHome(home: string): HomeFolders {
  const { profile } = homeFolders(home)
  let folder = home
  try {
    // From the outside in: what lies in a folder is safe once nobody else can write to that folder.
    for (folder of [home, dirname(profile), profile]) {
      makeFolderSafely(folder)
      keepToOurselves(folder, folder === home ? 'look' : 'nothing')
    }
    return homeFolders(realpathSync(home))
  } catch (error) {
    throw folderError(error, folder)
  }
}

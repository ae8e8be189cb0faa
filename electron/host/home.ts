import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { diskError } from '../adapters/disk-errors.ts'

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

/** Makes the home, readable by its owner only, and answers its folders by real path. */
export function makeHome(home: string): HomeFolders {
  try {
    mkdirSync(homeFolders(home).profile, { recursive: true, mode: 0o700 })
    return homeFolders(realpathSync(home))
  } catch (error) {
    throw diskError(error, home)
  }
}

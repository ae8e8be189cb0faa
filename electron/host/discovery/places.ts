import { join } from 'node:path'
import { noUserFolders, usableFolders, type UserFolders } from './user-folders.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** Where programs keep things on one computer; patterns, so that tests can lay out any system in a folder of theirs. */
export interface Places {
  readonly platform: 'win32' | 'darwin' | 'linux'
  readonly env: Variables
  /** Patterns for what stands in braces in the table of known folders. */
  readonly bases: Readonly<Record<Base, readonly string[]>>
}

/** `volume`: the root of a drive, card or device that may be plugged in. */
export type Base = 'home' | 'documents' | 'downloads' | 'localAppData' | 'programData' | 'volume'

interface Computer {
  readonly platform: NodeJS.Platform
  readonly env: Variables
  readonly userHome: string
  readonly userName: string
  /** Null where the system has none. */
  readonly userId: number | null
  /** Where the system says that the user's folders are. They come first; programs may still use the usual ones. */
  readonly userFolders?: UserFolders
}

/** The places of a computer. Any other system is read as Linux is. */
export function placesOf(computer: Computer): Places {
  const usual = usualPlaces(computer)
  const { home, documents, downloads } = usableFolders(
    computer.userFolders ?? noUserFolders,
    computer.userHome,
  )
  const { bases } = usual
  return {
    ...usual,
    bases: {
      ...bases,
      home: eachOnce(home, bases.home),
      documents: eachOnce(documents, bases.documents),
      downloads: eachOnce(downloads, bases.downloads),
    },
  }
}

function eachOnce(first: string | null, others: readonly string[]): readonly string[] {
  return first === null ? others : [...new Set([first, ...others])]
}

function usualPlaces(computer: Computer): Places {
  switch (computer.platform) {
    case 'win32':
      return windowsPlaces(computer)
    case 'darwin':
      return macPlaces(computer)
    default:
      return linuxPlaces(computer)
  }
}

function windowsPlaces({ env, userHome }: Computer): Places {
  const oneDrives = ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'].flatMap(name => env[name] ?? [])
  const documents = [userHome, ...oneDrives, join(userHome, 'OneDrive'), join(userHome, 'OneDrive - *')]
  // A: and B: are floppy drives, which whirr when asked; C: holds the system.
  const drives = Array.from('DEFGHIJKLMNOPQRSTUVWXYZ', letter => `${letter}:\\`)
  return {
    platform: 'win32',
    env,
    bases: {
      home: [userHome],
      documents: documents.map(folder => join(folder, 'Documents')),
      downloads: [join(userHome, 'Downloads')],
      localAppData: [env['LOCALAPPDATA'] ?? join(userHome, 'AppData', 'Local')],
      programData: [env['ProgramData'] ?? 'C:\\ProgramData'],
      volume: drives,
    },
  }
}

function macPlaces({ env, userHome }: Computer): Places {
  const iCloud = join(userHome, 'Library', 'Mobile Documents', 'com~apple~CloudDocs')
  return {
    platform: 'darwin',
    env,
    bases: {
      home: [userHome],
      documents: [join(userHome, 'Documents'), join(iCloud, 'Documents')],
      downloads: [join(userHome, 'Downloads')],
      localAppData: [],
      programData: [],
      volume: ['/Volumes/*'],
    },
  }
}

/** The users' folders inside Wine's and Proton's drives are laid out as on Windows. */
function linuxPlaces({ env, userHome, userName, userId }: Computer): Places {
  const steams = [
    '.steam/steam',
    '.local/share/Steam',
    '.var/app/com.valvesoftware.Steam/.local/share/Steam',
    'snap/steam/common/.local/share/Steam',
  ]
  const wineUsers = [
    ...[env['WINEPREFIX'] ?? [], join(userHome, '.wine')]
      .flat()
      .map(prefix => join(prefix, 'drive_c/users/*')),
    ...steams.map(steam => join(userHome, steam, 'steamapps/compatdata/*/pfx/drive_c/users/steamuser')),
  ]
  const runtime = env['XDG_RUNTIME_DIR'] ?? (userId === null ? null : `/run/user/${userId}`)
  // Devices that speak MTP are shown by GNOME as folders; each of their storages is a volume.
  const mtp = runtime === null ? [] : [join(runtime, 'gvfs', 'mtp*', '*')]
  return {
    platform: 'linux',
    env,
    bases: {
      home: [userHome],
      documents: [join(userHome, 'Documents'), ...wineUsers.map(user => join(user, 'Documents'))],
      downloads: [join(userHome, 'Downloads')],
      localAppData: wineUsers.map(user => join(user, 'AppData/Local')),
      programData: [],
      volume: [`/media/${userName}/*`, `/run/media/${userName}/*`, '/media/*', '/mnt/*', ...mtp],
    },
  }
}

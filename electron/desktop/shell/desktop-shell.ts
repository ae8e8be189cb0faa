import type { Shell as SystemShell } from 'electron'
import { stat } from 'node:fs/promises'
import { AppError } from '../../../shared/app-error.ts'
import type { HostAbilities } from '../../../shared/app-snapshot.ts'
import type { SystemPage } from '../../../shared/window-data.ts'
import { diskError } from '../../adapters/disk-errors.ts'
import type { Shell } from '../../host/window/shell.ts'
import type { Dialogs } from './dialogs.ts'
import type { LoginItem } from '../login/login-item.ts'
import { systemPageAddress } from './system-pages.ts'

export interface DesktopShellDeps {
  readonly system: Pick<SystemShell, 'openExternal' | 'openPath' | 'showItemInFolder'>
  readonly dialogs: Dialogs
  readonly loginItem: LoginItem
  readonly platform: NodeJS.Platform
  readonly canNotify: boolean
  readonly quit: () => void
}

/** What Electron offers around the window. */
export function desktopShell({
  system,
  dialogs,
  loginItem,
  platform,
  canNotify,
  quit,
}: DesktopShellDeps): Shell {
  const openFolder = async (folder: string): Promise<void> => {
    const trouble = await system.openPath(folder)
    if (trouble !== '') throw new AppError('disk-error', trouble, 'give-up', { file: folder })
  }
  return {
    abilities: abilities(platform, canNotify),
    chooseFolder: purpose => dialogs.chooseFolder(purpose),
    showInFolder: async path => {
      // Opening runs a file, and a macOS bundle too: only what is a plain folder is opened, all else is pointed at.
      const isFolder = await stat(path).then(
        found => found.isDirectory() && !/\.\w+$/.test(path),
        (error: unknown) => {
          throw diskError(error, path)
        },
      )
      if (isFolder) await openFolder(path)
      else system.showItemInFolder(path)
    },
    startup: () => Promise.resolve().then(() => loginItem.read()),
    setStartAtLogin: isOn => Promise.resolve().then(() => loginItem.set(isOn)),
    openSystemPage: async (page: SystemPage, logFolder: string) => {
      if (page === 'logFolder') {
        await openFolder(logFolder)
        return
      }
      const address = systemPageAddress(page, platform)
      if (address === null) throw new AppError('bad-usage', noSuchPage(page), 'give-up')
      await system.openExternal(address)
    },
    saveFile: (name, content) => dialogs.saveFile(name, content),
    quit,
  }
}

function noSuchPage(page: SystemPage): string {
  return page === 'notificationSettings'
    ? 'Musette can\'t open that page here. Look for "Notifications" in your system settings.'
    : 'Musette can\'t open that page here. Look for "Privacy" in your system settings, or change the folder\'s permissions.'
}

function abilities(platform: NodeJS.Platform, canNotify: boolean): HostAbilities {
  const known = (['linux', 'darwin', 'win32'] as const).find(name => name === platform)
  return {
    kind: 'desktop',
    platform: known ?? 'other',
    canChooseFolder: true,
    canShowInFolder: true,
    canStartAtLogin: known !== undefined,
    canNotify,
    canConnect: true,
    canQuit: true,
  }
}

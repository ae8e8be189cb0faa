import type { BrowserWindow } from 'electron'
import type { Shell } from '../../host/window/shell.ts'
import type { DesktopDeps } from './desktop-deps.ts'
import type { DesktopStateFile } from '../desktop-state-file.ts'
import { desktopShell } from '../shell/desktop-shell.ts'
import { Dialogs } from '../shell/dialogs.ts'
import { loginItem } from '../login/login-item.ts'
import { loginCommand } from '../start-arguments.ts'

export interface ShellSurroundings {
  readonly state: DesktopStateFile
  /** The window a dialog belongs to; null while there is none. */
  readonly parent: () => BrowserWindow | null
  readonly quit: () => void
}

/** Joins dialogs, file browser and start at login into the window service's port. */
export function joinShell(deps: DesktopDeps, { state, parent, quit }: ShellSurroundings): Shell {
  const { electron, platform, env, execPath, root, userHome } = deps
  const { app, dialog, Notification, shell } = electron
  const { isPackaged } = app
  return desktopShell({
    system: shell,
    dialogs: new Dialogs({
      open: options => {
        const window = parent()
        return window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options)
      },
      save: options => {
        const window = parent()
        return window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options)
      },
      lastFolder: purpose => state.current.lastFolders[purpose] ?? null,
      keepFolder: (purpose, folder) => {
        state.change({ lastFolders: { ...state.current.lastFolders, [purpose]: folder } })
      },
      userHome,
    }),
    loginItem: loginItem({
      ...{ app, platform, env, userHome, isPackaged },
      command: loginCommand({ platform, env, execPath, isPackaged, root }),
      isWanted: () => state.current.isStartWanted,
      want: isOn => {
        state.change({ isStartWanted: isOn })
      },
    }),
    platform,
    canNotify: Notification.isSupported(),
    quit,
  })
}

import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../shared/app-error.ts'
import { errorText } from '../../shared/error-text.ts'
import { diskError } from '../adapters/disk-errors.ts'
import { keepToOurselves } from '../adapters/private-files.ts'
import { readEnvironment, type Environment } from '../host/environment.ts'
import { makeHome } from '../host/home.ts'
import type { ElectronParts } from './join/electron-parts.ts'
import { appSchemes } from './window/app-scheme.ts'

/** The same word that the installer gives its shortcuts: Windows groups windows and notifications by it. */
export const appUserModelId = 'icu.musette.desktop'

/** Reads the environment for a window: the key is the keychain's here, so one in a variable is dropped unread. */
export function readDesktopEnvironment(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Environment {
  delete env['MUSETTE_API_KEY']
  delete env['MUSETTE_API_KEY_FILE']
  return readEnvironment(env, platform)
}

/** Where it can't be written Electron would refuse its lock, and this start would end as if another Musette ran. */
function makeWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    keepToOurselves(folder, 'nothing')
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw diskError(error, folder)
  }
}

export interface EarlyStart {
  readonly environment: Environment
  readonly desktopFolder: string
}

/**
 * What must be done before Electron is ready, in this order: the name and the folder, then the lock of the single
 * instance, which lies in that folder, then the sandbox and the scheme. Null when this start is over.
 */
export function startEarly(
  { app, dialog, protocol }: Pick<ElectronParts, 'app' | 'dialog' | 'protocol'>,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): EarlyStart | null {
  app.setName('Musette')
  let environment: Environment
  let desktopFolder: string
  try {
    const read = readDesktopEnvironment(env, platform)
    const { home } = makeHome(read.home)
    environment = { ...read, home }
    // Chromium keeps its own files here, apart from the athlete's.
    desktopFolder = join(home, 'desktop')
    makeWritable(desktopFolder)
    app.setPath('userData', desktopFolder)
  } catch (error) {
    // Whoever sets variables is told of them by name, as on the command line.
    const why = error instanceof AppError ? errorText(error) : String(error)
    const say = (): void => {
      dialog.showErrorBox("Musette can't start", why)
    }
    const end = (): void => {
      app.exit(2)
    }
    say()
    // Before Electron is ready Linux has no box: that was a line for the terminal, which few people see.
    if (platform === 'linux') void app.whenReady().then(say).finally(end)
    else end()
    return null
  }
  if (!app.requestSingleInstanceLock()) {
    // The one that runs has been told, and shows its window.
    app.exit(0)
    return null
  }
  if (platform === 'win32') app.setAppUserModelId(appUserModelId)
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged(appSchemes)
  return { environment, desktopFolder }
}

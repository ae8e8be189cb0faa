import { AppError } from '../../shared/app-error.ts'
import type { HostAbilities } from '../../shared/app-snapshot.ts'
import type { Environment } from '../host/environment.ts'
import type { Shell } from '../host/window/shell.ts'

/** The surroundings of a window that a browser shows: there is no desktop that could be asked for anything. */
export function headlessShell(environment: Pick<Environment, 'apiKey'>): Shell {
  return {
    abilities: {
      ...{
        kind: 'headless',
        platform: platformOf(process.platform),
        canConnect: environment.apiKey === null,
      },
      ...{ canChooseFolder: false, canShowInFolder: false, canStartAtLogin: false },
      ...{ canNotify: false, canQuit: false },
    },
    chooseFolder: () => Promise.resolve(null),
    showInFolder: refuse,
    startup: () => Promise.resolve(null),
    setStartAtLogin: refuse,
    openSystemPage: refuse,
    // The browser keeps it where it keeps its downloads.
    saveFile: (name, content) =>
      Promise.resolve({ kind: 'handedOver', name, base64: Buffer.from(content).toString('base64') }),
    quit: () => {
      throw needsDesktop()
    },
  }
}

function platformOf(platform: NodeJS.Platform): HostAbilities['platform'] {
  return platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other'
}

function needsDesktop(): AppError {
  return new AppError('bad-usage', 'Only the desktop app can do this.', 'give-up')
}

function refuse(): Promise<never> {
  return Promise.reject(needsDesktop())
}

import type { App } from 'electron'
import { AppError } from '../../../shared/app-error.ts'
import type { StartupView } from '../../../shared/app-snapshot.ts'
import { errorText } from '../../../shared/error-text.ts'
import type { StartCommand } from './desktop-entry.ts'
import { autostartPath, readAutostart, writeAutostart } from './autostart-file.ts'

/** Start at login: what is so, and the switch. */
export interface LoginItem {
  read(): StartupView
  set(isOn: boolean): StartupView
}

export interface LoginItemDeps {
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly userHome: string
  readonly isPackaged: boolean
  readonly command: StartCommand
  /** Whether the user has asked for it here: one that is gone is then noticed. */
  readonly isWanted: () => boolean
  readonly want: (isOn: boolean) => void
}

/** The one place that knows how each system starts programs at login. */
export function loginItem(deps: LoginItemDeps): LoginItem {
  const { platform, env, userHome, command } = deps
  switch (platform) {
    case 'win32':
      return remembering(
        deps,
        () => readWindows(deps),
        isOn => {
          deps.app.setLoginItemSettings({ ...windowsItem(command), openAtLogin: isOn, enabled: isOn })
          return readWindows(deps)
        },
      )
    case 'darwin':
      if (!deps.isPackaged) return absent('Only an installed Musette can start at login.')
      return remembering(
        deps,
        () => readMac(deps),
        isOn => {
          deps.app.setLoginItemSettings({ openAtLogin: isOn })
          return readMac(deps)
        },
      )
    case 'linux': {
      const path = autostartPath(env, userHome)
      return remembering(
        deps,
        () => readAutostart(path, command, deps.isWanted()),
        isOn => writeAutostart(path, command, isOn),
      )
    }
    default:
      return absent('Musette does not know how this system starts programs at login.')
  }
}

/**
 * Only what the user has said here is remembered, and only once the system took it. Looking never throws: Musette must
 * start also where nobody can say whether it starts by itself.
 */
function remembering(
  deps: LoginItemDeps,
  read: () => StartupView,
  set: (isOn: boolean) => StartupView,
): LoginItem {
  return {
    read: () => {
      try {
        return read()
      } catch (error) {
        const why = error instanceof AppError ? errorText(error, 'window') : cannotTell
        return { kind: 'unavailable', why }
      }
    },
    set: isOn => {
      const before = deps.isWanted()
      deps.want(isOn)
      try {
        const view = set(isOn)
        if (view.kind === 'unavailable') deps.want(false)
        return view
      } catch (error) {
        deps.want(before)
        throw error
      }
    },
  }
}

const cannotTell = 'Musette could not find out whether it starts at login.'

function absent(why: string): LoginItem {
  const view: StartupView = { kind: 'unavailable', why }
  return { read: () => view, set: () => view }
}

/**
 * Windows keeps one command line, and Electron puts no quotes into it. The program always gets them: without, "Jo Doe's"
 * Musette is looked for at `C:\Users\Jo`, and any other program under such a path passes for it when it is read back.
 */
function windowsItem({ program, args }: StartCommand): { path: string; args: string[] } {
  return { path: `"${program}"`, args: args.map(word => (/\s/.test(word) ? `"${word}"` : word)) }
}

function readWindows({ app, command, isWanted }: LoginItemDeps): StartupView {
  const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings(windowsItem(command))
  if (openAtLogin && executableWillLaunchAtLogin) return { kind: 'on' }
  if (!isWanted()) return { kind: 'off' }
  return {
    kind: 'broken',
    why: openAtLogin
      ? 'Windows has it switched off: Task Manager, Startup apps. Switch it on there, or again here.'
      : 'Its entry in the registry is gone or altered. Switch it on again.',
  }
}

/** macOS passes no arguments; that it was the login that started Musette is told by the system at start. */
function readMac({ app, isWanted }: LoginItemDeps): StartupView {
  const { status } = app.getLoginItemSettings()
  switch (status) {
    case 'enabled':
      return { kind: 'on' }
    case 'requires-approval':
      return {
        kind: 'broken',
        why: 'macOS waits for your approval: System Settings, General, Login Items. Switch Musette on there.',
      }
    default:
      return isWanted()
        ? { kind: 'broken', why: 'macOS no longer has it among its login items. Switch it on again.' }
        : { kind: 'off' }
  }
}

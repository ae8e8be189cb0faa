import { isAbsolute, resolve } from 'node:path'
import type { StartCommand } from './login/desktop-entry.ts'

/** The word that login adds, so that no window opens. */
export const hiddenFlag = '--hidden'

/** True when this command line asks for a start without a window. */
export function asksForHidden(argv: readonly string[]): boolean {
  return argv.includes(hiddenFlag)
}

/** How Electron starts this Musette again by the user's word: with its window, at a path that stays. */
export function restartCommand(
  env: NodeJS.ProcessEnv,
  argv: readonly string[],
  platform: NodeJS.Platform,
): { readonly args: string[]; readonly execPath?: string } {
  const args = argv.slice(1).filter(word => word !== hiddenFlag)
  const appImage = env['APPIMAGE'] ?? ''
  return platform === 'linux' && isAbsolute(appImage) ? { args, execPath: appImage } : { args }
}

export interface StartFacts {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly execPath: string
  readonly isPackaged: boolean
  /** The project's folder, which an unpackaged Electron is started with. */
  readonly root: string
}

/** The command that starts this very Musette again, hidden, at a path that stays. */
export function loginCommand({ platform, env, execPath, isPackaged, root }: StartFacts): StartCommand {
  const appImage = env['APPIMAGE'] ?? ''
  const home = env['MUSETTE_HOME'] ?? ''
  return {
    // Inside an AppImage the program lies on a mount that is another one at each start.
    program: platform === 'linux' && isAbsolute(appImage) ? appImage : execPath,
    args: isPackaged ? [hiddenFlag] : [root, hiddenFlag],
    variables: platform === 'linux' && home !== '' ? { MUSETTE_HOME: resolve(home) } : {},
  }
}

import type { Environment } from '../../host/environment.ts'
import type { HandedSession, OwnSession } from '../../host/session.ts'
import type { Clock } from '../../sync/ports/clock.ts'
import type { Log } from '../../sync/ports/log.ts'
import type { ElectronParts } from './electron-parts.ts'

/** All that the desktop app gets from its composition root. */
export interface DesktopDeps {
  readonly electron: ElectronParts
  readonly environment: Environment
  readonly clock: Clock
  readonly log: Log
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly argv: readonly string[]
  /** The program itself, as the system started it. */
  readonly execPath: string
  readonly userHome: string
  readonly locale: string
  /** The folder of package.json, which an unpackaged Electron is started with. */
  readonly root: string
  readonly preload: string
  readonly rendererFolder: string
  readonly imageFolder: string
  /** Of the desktop's own state, and Chromium's. */
  readonly desktopFolder: string
  open(stop: AbortSignal): Promise<OwnSession | HandedSession>
}

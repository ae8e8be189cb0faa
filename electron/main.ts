import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
} from 'electron'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { logFile } from './adapters/log-file.ts'
import { systemClock } from './adapters/system-clock.ts'
import type { ElectronParts } from './desktop/join/electron-parts.ts'
import { runDesktop } from './desktop/run-desktop.ts'
import { startEarly } from './desktop/start-early.ts'
import { readUserFolders } from './desktop/user-folders.ts'
import { homeFolders } from './host/home.ts'
import { openSession } from './host/session.ts'
import { workerFiles } from './workers/worker-files.ts'

/** The composition root of the desktop app. It runs as dist/desktop/main.js, beside dist/preload and dist/renderer. */
const electron: ElectronParts = {
  ...{ app, BrowserWindow, dialog, ipcMain, Menu, nativeImage, nativeTheme, net, Notification },
  ...{ powerMonitor, protocol, screen, session, shell, Tray },
}
const early = startEarly(electron, process.env, process.platform)
if (early !== null) start(early)

function start({ environment, desktopFolder }: NonNullable<typeof early>): void {
  const dist = dirname(dirname(fileURLToPath(import.meta.url)))
  const root = dirname(dist)
  const log = logFile(homeFolders(environment.home).log)
  const logBug = (error: unknown): void => {
    log('error', 'a bug', { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
  // A bug in one corner must not end the syncing.
  process.on('uncaughtException', logBug)
  process.on('unhandledRejection', logBug)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
  runDesktop({
    ...{ electron, environment, desktopFolder, log, root },
    clock: systemClock(),
    platform: process.platform,
    env: process.env,
    argv: process.argv,
    execPath: process.execPath,
    userHome: homedir(),
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    preload: join(dist, 'preload', 'preload.cjs'),
    rendererFolder: join(dist, 'renderer'),
    imageFolder: app.isPackaged ? join(process.resourcesPath, 'tray') : join(root, 'build', 'tray'),
    open: stop =>
      openSession(environment, workerFiles(import.meta.url), stop, {
        userFolders: readUserFolders(app, log),
      }),
  }).catch((error: unknown) => {
    logBug(error)
    dialog.showErrorBox(
      "Musette can't start",
      'Something went wrong inside Musette. Nothing was lost; details are in the log.',
    )
    app.quit()
  })
}

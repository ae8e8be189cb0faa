import type { BrowserWindow } from 'electron'
import type { DesktopDeps } from './desktop-deps.ts'
import type { DesktopStateFile } from '../desktop-state-file.ts'
import type { HostTheme } from '../theme.ts'
import { hasTrayHost } from '../tray/tray-host.ts'
import type { TrayIcon } from '../tray/tray-icon.ts'
import { MainWindow, type MainWindowDeps } from '../window/main-window.ts'

export interface WindowSurroundings extends Pick<MainWindowDeps, 'onClosed' | 'onGivenUp' | 'onSessionEnd'> {
  readonly state: DesktopStateFile
  readonly theme: HostTheme
  readonly tray: TrayIcon
}

/** Joins the window with screens, theme, tray and dock. */
export function joinWindow(deps: DesktopDeps, around: WindowSurroundings): MainWindow<BrowserWindow> {
  const { electron, platform, env, preload, clock, log } = deps
  const { app, BrowserWindow: Window, screen } = electron
  return new MainWindow<BrowserWindow>({
    build: options => new Window(options),
    preload,
    isPackaged: app.isPackaged,
    isDark: () => around.theme.isWindowDark,
    workAreas: () => screen.getAllDisplays().map(({ workArea }) => workArea),
    savedPlace: () => around.state.current.window,
    keepPlace: window => {
      around.state.change({ window })
    },
    hasTray: async () => around.tray.isThere && (await hasTrayHost({ platform, env })),
    onClosed: around.onClosed,
    onVisible: isVisible => {
      // Only macOS has a dock: its icon stays as long as there is a window to switch to.
      if (isVisible) void app.dock?.show()
      else app.dock?.hide()
    },
    onGivenUp: around.onGivenUp,
    onSessionEnd: around.onSessionEnd,
    monotonic: () => clock.monotonic(),
    log,
  })
}

import type { DesktopDeps } from './desktop-deps.ts'
import type { HostTheme } from '../theme.ts'
import { TrayIcon } from '../tray/tray-icon.ts'
import type { TrayAction } from '../tray/tray-menu.ts'

/** Joins the tray with Electron's pictures and menus. */
export function joinTray(
  { electron, platform, log, imageFolder, locale, clock }: DesktopDeps,
  theme: HostTheme,
  onAction: (action: TrayAction) => void,
): TrayIcon {
  return new TrayIcon({
    build: image => new electron.Tray(image),
    readImage: path => electron.nativeImage.createFromPath(path),
    buildMenu: template => electron.Menu.buildFromTemplate(template),
    ...{ platform, log, imageFolder, locale },
    isDark: () => theme.isPanelDark,
    perform: onAction,
    now: () => clock.now(),
  })
}

import type { TrayState } from './tray-state.ts'

/**
 * The file of a state's picture. macOS takes a template, which it colours itself by the name's ending; elsewhere the ink
 * is chosen to stand out from the panel. Files named `…@2x.png` beside it are found by Electron.
 */
export function trayImageName(platform: NodeJS.Platform, state: TrayState, isDark: boolean): string {
  switch (platform) {
    case 'darwin':
      return `${state}Template.png`
    default:
      return `${state}-${isDark ? 'onDark' : 'onLight'}.png`
  }
}

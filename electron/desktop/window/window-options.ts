import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'

export interface WindowLook {
  readonly preload: string
  readonly isDark: boolean
  /** Developer tools only where Musette is being developed. */
  readonly isPackaged: boolean
  /** Null: where the system puts new windows. */
  readonly place: Rectangle | null
}

export const smallestWindow = { width: 480, height: 420 } as const
const usualSize = { width: 1100, height: 720 } as const

/** The page's own paper, so that nothing flashes before it is drawn. */
export function paperColour(isDark: boolean): string {
  return isDark ? '#16191a' : '#f7f4ee'
}

/** The window, with every point of Electron's security checklist said out loud. */
export function windowOptions({
  preload,
  isDark,
  isPackaged,
  place,
}: WindowLook): BrowserWindowConstructorOptions {
  return {
    ...usualSize,
    ...place,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    title: 'Musette',
    show: false,
    backgroundColor: paperColour(isDark),
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      enableBlinkFeatures: '',
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      devTools: !isPackaged,
      // It would fetch dictionaries from a server that is not ours.
      spellcheck: false,
    },
  }
}

import type { NativeTheme } from 'electron'
import type { Theme } from '../../shared/preferences.ts'

export interface HostThemeDeps {
  readonly nativeTheme: Pick<
    NativeTheme,
    'themeSource' | 'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI' | 'on'
  >
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  onChange(): void
}

/** Light or dark: the window by the user's preference, the tray by the panel it lies on. */
export class HostTheme {
  readonly #deps: HostThemeDeps
  #isSystemDark: boolean

  constructor(deps: HostThemeDeps) {
    this.#deps = deps
    this.#isSystemDark = deps.nativeTheme.shouldUseDarkColors
    deps.nativeTheme.on('updated', () => {
      this.#look()
      deps.onChange()
    })
  }

  get isWindowDark(): boolean {
    return this.#deps.nativeTheme.shouldUseDarkColors
  }

  get isPanelDark(): boolean {
    const { platform, env, nativeTheme } = this.#deps
    switch (platform) {
      case 'win32':
      case 'darwin':
        return nativeTheme.shouldUseDarkColorsForSystemIntegratedUI
      default:
        // The top bar of these is dark in either theme.
        return /gnome|unity/i.test(env['XDG_CURRENT_DESKTOP'] ?? '') || this.#isSystemDark
    }
  }

  use(theme: Theme): void {
    if (this.#deps.nativeTheme.themeSource !== theme) this.#deps.nativeTheme.themeSource = theme
  }

  /** While the preference overrides it, the system's own theme can't be asked for on Linux: the last known counts. */
  #look(): void {
    const { themeSource, shouldUseDarkColors } = this.#deps.nativeTheme
    if (themeSource === 'system') this.#isSystemDark = shouldUseDarkColors
  }
}

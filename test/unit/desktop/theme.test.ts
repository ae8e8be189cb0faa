import type { NativeTheme } from 'electron'
import { expect, test } from 'vitest'
import { HostTheme } from '../../../electron/desktop/theme.ts'
import { FakeEmitter } from '../../helpers/fake-emitter.ts'

/** The system's theme, and the preference over it. */
class FakeNativeTheme extends FakeEmitter {
  isSystemDark = false
  #source: NativeTheme['themeSource'] = 'system'
  get themeSource(): NativeTheme['themeSource'] {
    return this.#source
  }
  set themeSource(source: NativeTheme['themeSource']) {
    this.#source = source
    this.happen('updated')
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.isSystemDark : this.#source === 'dark'
  }
  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.isSystemDark
  }
}

function stage(platform: NodeJS.Platform, desktop = 'KDE') {
  const native = new FakeNativeTheme()
  const told: string[] = []
  const theme = new HostTheme({
    nativeTheme: native as unknown as NativeTheme, // every member that is picked is there
    platform,
    env: { XDG_CURRENT_DESKTOP: desktop },
    onChange: () => told.push('changed'),
  })
  return { native, theme, told }
}

test.each(['linux', 'win32', 'darwin'] as const)(
  'on %s the window follows the preference, the tray its panel',
  platform => {
    const { theme, told } = stage(platform)
    theme.use('dark')
    theme.use('dark')
    expect(theme.isWindowDark).toBe(true)
    expect(theme.isPanelDark).toBe(false)
    expect(told).toEqual(['changed'])
  },
)

test.each(['linux', 'win32', 'darwin'] as const)('on %s both follow the system', platform => {
  const { native, theme } = stage(platform)
  native.isSystemDark = true
  native.happen('updated')
  expect([theme.isWindowDark, theme.isPanelDark]).toEqual([true, true])
})

test.each(['ubuntu:GNOME', 'Unity'])('the bar of %s is dark in a light theme too', desktop => {
  expect(stage('linux', desktop).theme.isPanelDark).toBe(true)
})
